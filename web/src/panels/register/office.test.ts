// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { County } from '../../api/county'
import type { Person } from '../../api/session'
import { merged } from '../../modes/review/merge'
import { kindsPage } from '../admin/kinds'
import { HomesPanel } from '../review/homes'
import { doorsOf } from './frame'

afterEach(() => document.body.replaceChildren())

const attribute = {
  id: 'setting',
  name: { zh: '所在场所' },
  type: 'choice',
  choices: [{ id: 'a', name: { zh: '小区' } }],
}
const kind = (id: string, zh: string, visibility: string, attributes: unknown[] = []) => ({
  ...{ id, name: { zh }, visibility, attributes, walk_minutes: 15, radius_m: 500, count: 0 },
  ...{ standard: { zh: '导则', en: 'guide', confirmed: false }, glyph: 'dot', shape: 'circle', colour: '#0f766e' },
})
const county = new County(
  {} as never,
  {
    attributes: [{ id: 'phone', name: { zh: '公开电话' }, type: 'phone' }],
    kinds: [kind('school', '学校', 'public', [attribute]), kind('cabin', '希望小屋', 'aggregate')],
  } as never,
  [{ properties: { id: 't1', name: { zh: '刘集镇' }, counts: {} } }] as never,
)
const person = (roles: Person['roles'], may: Person['may']): Person => ({
  ...{ id: 1, account: 'a', name: 'a', unit: null },
  ...{ roles, may },
})

test('who may see homes has a door to them, and administrators one to the catalogue', () => {
  expect(doorsOf(person(['reviewer'], ['register', 'review', 'see_homes']))).toContain('homes')
  expect(doorsOf(person(['member'], ['register']))).not.toContain('homes')
  expect(doorsOf(person(['administrator'], []))).toEqual(['people', 'units', 'kinds', 'audit', 'account'])
})

test('homes are told only to whoever says why, in words and without a map', async () => {
  const look = vi.fn(async () => undefined)
  const panel = new HomesPanel(county, { look, file: async () => undefined })
  document.body.append(panel.element)
  const send = async (reason: string): Promise<void> => {
    const input = panel.element.querySelector<HTMLInputElement>('#h-reason')
    if (input) input.value = reason
    panel.element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await Promise.resolve()
  }
  expect(panel.element.textContent).toContain('每次查看和下载都会记下')
  await send('  ')
  await send('核对')
  expect(look).not.toHaveBeenCalled()
  await send('核对走访名单')
  expect(look).toHaveBeenCalledWith('核对走访名单')
  const home = { id: -1, kind: 'cabin', name: '小屋一', lon: 116.24321, lat: 36.33591, area: 't1', unit: '团县委' }
  panel.show({ at: '2026-11-29T10:00:00+08:00', homes: [home] }, '核对走访名单')
  const cells = [...panel.element.querySelectorAll('tbody th, tbody td')].map((cell) => cell.textContent)
  expect(cells).toEqual(['希望小屋', '刘集镇', '小屋一', '36.33591, 116.24321', '团县委'])
  panel.show({ at: '', homes: [] }, '核对走访名单')
  expect(panel.element.querySelector('table, #homes-csv')).toBeNull()
})

test('the catalogue is read: how each kind is shown, what is known of it, and where it is changed', () => {
  const page = kindsPage(county)
  expect(page.textContent).toContain('data/catalogue.toml')
  const [school, cabin] = page.querySelectorAll('.kind-row')
  expect(school?.textContent).toMatch(/学校.*在地图上显示 · 步行 15 分钟 · 半径 500.*所在场所.*选一项: 小区/)
  expect(cabin?.textContent).toMatch(/希望小屋.*只公布各乡镇的数量/)
  expect(cabin?.textContent).not.toContain('步行')
  expect(school?.querySelector('a')?.getAttribute('href')).toBe('api/kinds/school/template.xlsx')
})

test('a merge adds what the kept site lacks, and changes nothing that it says', () => {
  const kept = {
    ...{ kind: 'school', name: '图书馆', lon: 116, lat: 36, closed_on: null },
    ...{ attributes: { capacity: 20 }, photos: [{ id: 'a', width: 1, height: 1 }] },
  }
  const photos = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ id, width: 1, height: 1 }))
  const other = { ...kept, name: '图书 馆', attributes: { capacity: 99, phone: '1' }, photos }
  const made = merged(kept, other)
  expect(made).toMatchObject({ name: '图书馆', attributes: { capacity: 20, phone: '1' } })
  expect(made.photos.map(({ id }) => id).join('')).toBe('abcdef')
})
