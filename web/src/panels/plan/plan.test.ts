// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import type { County } from '../../api/county'
import type { WhatIf } from '../../api/what_if'
import { noPlan, type Plan } from '../../state/plan'
import { setLanguage } from '../../text/language'
import { ChangeList } from './changes'
import { fine, signed } from './figure'
import { hoursForm, hoursInWords } from './hours'
import { aboutPost, aboutSite, type Told } from './told'

afterEach(() => setLanguage('zh'))

const answer = (part: Partial<WhatIf>): WhatIf => ({
  kind: 'reading_space',
  minutes: 15,
  profile: 'child_6_9',
  at: null,
  ages: { from: 0, to: 14 },
  children_total: 100,
  children_before: 40,
  children_after: 50,
  gained: 10,
  lost: 0,
  by_town: [],
  add: [],
  remove: [],
  posts: [],
  cells: null,
  streets: null,
  gaps: null,
  mark: 'm',
  ...part,
})
const site = { on_street: true, away_m: 12, open: true, children: 1204, alone: 412 }
const plan: Plan = {
  ...noPlan,
  add: [
    { id: 2, lon: 116, lat: 36 },
    { id: 5, lon: 116, lat: 36, name: '新图书室' },
  ],
  remove: [17],
  hours: [{ site: 18, opening_hours: 'Sa-Su 09:00-20:00' }],
  posts: [{ lon: 116, lat: 36 }],
}
const told = (part: Partial<WhatIf>): Told => ({ plan, answer: answer(part) })

test('what a proposed site would do belongs to its own number, wherever it stands in the plan', () => {
  const said = told({ add: [site, { ...site, children: 7, alone: 0 }] })
  expect(aboutSite(2, said).words).toBe('范围内 1,204 名儿童，其中 412 名只有它')
  expect(aboutSite(5, said).words).toBe('范围内 7 名儿童，都另有去处')
  expect(aboutSite(9, said).words).toBe('正在算…')
  expect(aboutSite(2, null).words).toBe('正在算…')
})

test('off the streets it says how far, to the metre while that is near', () => {
  const about = (away_m: number | null): string =>
    aboutSite(2, told({ add: [{ ...site, on_street: false, away_m, children: 0, alone: 0 }] })).words
  expect(about(312.4)).toBe('离最近的路 312\u2009米，走不到')
  expect(about(1849)).toBe('离最近的路 1.8\u2009公里，走不到')
  expect(about(null)).toBe('附近没有路，走不到')
  const shut = aboutSite(2, told({ add: [{ ...site, open: false }] }))
  expect([shut.words, shut.amiss]).toEqual(['那时不开放，不算在内', true])
})

test('a guard says how many crossings it guards, or that it guards none', () => {
  expect(aboutPost(0, told({ posts: [{ crossing: true, crossings: 3 }] })).words).toBe('看护 3 处过街')
  expect(aboutPost(0, told({ posts: [{ crossing: false, crossings: 0 }] })).amiss).toBe(true)
})

test('figures are told with their sign and one decimal', () => {
  expect([signed(1412), signed(-88), signed(0)]).toEqual(['+1,412', '−88', '±0'])
  expect([fine(1, 3), fine(0, 0)]).toEqual(['33.3%', '0.0%'])
})

test('hours are told in words, and as written where they are not simple', () => {
  expect(hoursInWords('Sa-Su 09:00-20:00')).toBe('周六、周日 09:00–20:00')
  expect(hoursInWords('Mo-Su 09:00-17:00')).toBe('每天 09:00–17:00')
  expect(hoursInWords('sunrise-sunset')).toBe('sunrise-sunset')
})

test('the form writes hours as the server reads them, and refuses an end before the start', () => {
  const use = vi.fn()
  const form = hoursForm('Sa-Su 09:00-20:00', use)
  const [from, to] = form.querySelectorAll('input')
  const press = (): void => form.querySelector('button')?.click()
  press()
  expect(use).toHaveBeenLastCalledWith('Sa-Su 09:00-20:00')
  if (to) to.value = '08:00'
  press()
  expect(use).toHaveBeenCalledTimes(1)
  expect(form.textContent).toContain('结束要晚于开始')
  if (from) from.value = '07:30'
  press()
  expect(use).toHaveBeenLastCalledWith('Sa-Su 07:30-08:00')
})

test('every change has a line, and a new figure changes words and not lines', () => {
  const kinds = { kind: () => undefined } as unknown as County
  const removed = vi.fn()
  const list = new ChangeList(kinds, () => undefined, { show: vi.fn(), remove: removed, clear: vi.fn() })
  list.update(plan, null, 'reading_space', false)
  const rows = [...list.element.querySelectorAll('li')]
  expect(rows.map((row) => row.querySelector('.row-name')?.textContent)).toEqual([
    '新场所 2',
    '新图书室',
    '场所 17',
    '场所 18',
    '新护学岗 1',
  ])
  expect(rows[3]?.textContent).toContain('没有指定时间')
  list.update(plan, told({ add: [site, site], remove: [{ site: 17, children: 554 }] }), 'reading_space', true)
  expect([...list.element.querySelectorAll('li')]).toEqual(rows)
  expect(rows[2]?.textContent).toContain('554 名儿童走不到别处')
  rows[2]?.querySelector<HTMLElement>('.icon-button')?.click()
  expect(removed).toHaveBeenCalledWith({ what: 'existing', site: 17 }, 'closed')
  list.update(noPlan, null, 'reading_space', false)
  expect(list.element.hidden).toBe(true)
})
