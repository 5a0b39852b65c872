// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { County } from '../../api/county'
import type { NearFeature } from '../../api/nearby'
import type { Attribute, Config, Kind } from '../../api/types'
import type { Ways } from '../../api/ways'
import { noWish } from '../../state/wish'
import type { Opening } from '../../text/hours/state'
import { setLanguage } from '../../text/language'
import { marked } from '../search'
import { refusal } from './invitation'
import { needsOf, needsRow, onWheels } from './needs'
import { closesFirst, nearRow, nothingNear, openingInWords } from './results'
import { type Shown, wayPanel } from './way'

afterEach(() => setLanguage('zh'))

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll('\u2009', ' ')
const attribute = (id: string, type: Attribute['type'], choices?: string[]): Attribute => ({
  id,
  name: { zh: `${id}名`, en: id },
  type,
  choices: choices?.map((choice) => ({ id: choice, name: { zh: choice, en: choice } })) ?? null,
})
const kind = (id: string, attributes: Attribute[]): Kind =>
  ({
    id,
    name: { zh: id, en: id },
    visibility: 'public',
    count: 1,
    shape: 'circle',
    glyph: 'dot',
    colour: '#0f766e',
    attributes,
  }) as unknown as Kind
const county = new County(
  {} as Config,
  {
    attributes: [
      attribute('accessibility', 'choice', ['yes', 'limited', 'no']),
      attribute('phone', 'phone'),
      attribute('fee', 'choice', ['no', 'yes']),
      attribute('nursing_room', 'bool'),
    ],
    kinds: [
      kind('reading_space', [attribute('demonstration', 'bool')]),
      kind('playground', [attribute('shade', 'bool')]),
    ],
  },
  [],
)

test('needs come from the catalogue: those of every place, and those of the chosen kinds', () => {
  expect(needsOf(county, [])).toEqual([
    { id: 'accessibility', label: '轮椅、婴儿车', value: 'yes,limited' },
    { id: 'fee', label: 'no', value: 'no' },
    { id: 'nursing_room', label: 'nursing_room名', value: 'true' },
  ])
  expect(needsOf(county, ['playground', 'reading_space']).map(({ id }) => id)).toEqual([
    'accessibility',
    'fee',
    'nursing_room',
    'shade',
  ])
  expect(onWheels({ ...noWish, needs: ['accessibility'] })).toBe(true)
})

test('a chip tells what it changes, and the others stay', () => {
  const change = vi.fn()
  const row = needsRow({ ...noWish, age: 6 }, needsOf(county, []), change)
  row.querySelector<HTMLElement>('[data-need="nursing_room"]')?.click()
  expect(change).toHaveBeenCalledWith({ ...noWish, age: 6, needs: ['nursing_room'] })
  row.querySelector<HTMLElement>('[data-need="open"]')?.click()
  expect(change).toHaveBeenLastCalledWith({ ...noWish, age: 6, open: true })
  expect(row.querySelector<HTMLSelectElement>('[data-need="age"]')?.value).toBe('6')
})

const site = (properties: object): NearFeature =>
  ({
    type: 'Feature',
    id: 7,
    geometry: { type: 'Point', coordinates: [116.25, 36.33] },
    properties: { id: 7, kind: 'reading_space', name: '县图书馆', ...properties },
  }) as NearFeature
const choices = { choose: () => undefined, point: () => undefined }

test('a row says minutes, metres, until when, and what is unguarded', () => {
  const open = { state: 'open', until: { at: '2026-11-28T20:00:00', sure: true }, closes_soon: false, comment: null }
  const found = site({ walk_secs: 401, walk_m: 420, unguarded: 2, opening: open })
  const row = nearRow(found, { at: '2026-11-28T16:25', county, choices, kinds: false, chosen: false })
  const text = plain(row.textContent)
  expect(text).toContain('7 分钟')
  expect(text).toContain('420 米')
  expect(text).toContain('开放至 20:00')
  expect(text).toContain('2 处过大路无人看护')
  expect(
    plain(nearRow(site({ distance_m: 350 }), { at: '', county, choices, kinds: true, chosen: false }).textContent),
  ).toContain('350 米')
})

test('hours that nobody knows say so, and those that end soon say that', () => {
  const now = '2026-11-28T19:40'
  const soon = {
    state: 'open',
    until: { at: '2026-11-28T20:00:00', sure: true },
    closes_soon: true,
    comment: null,
  } as const
  expect(openingInWords(null, now)).toBe('开放时间未登记')
  expect(openingInWords(soon, now)).toBe('即将关门，20:00 关门')
})

test('nothing found says why; what was not asked for cannot be dropped', () => {
  const nothing = { open: true, filtered: true, explain: '', clear: () => undefined }
  expect(nothingNear(nothing, []).textContent).toContain('没有确定开放')
  expect(nothingNear({ ...nothing, explain: '两小时内都不开放。' }, []).textContent).toContain('两小时内都不开放。')
  expect(nothingNear({ ...nothing, open: false, filtered: false }, []).querySelector('button')).toBeNull()
  expect(refusal('denied').textContent).toContain('也没关系')
})

const way = (safest: boolean): Ways => {
  const crossing = { lon: 116, lat: 36, protection: 'none' as const, on_duty: false, delay_secs: 90 }
  const properties = {
    length_m: 420,
    walk_secs: 401,
    profile: 'child_6_9',
    crossings: [crossing, { ...crossing, on_duty: true }],
    steps: [
      { at: [116, 36] as [number, number], act: 'cross' as const, text: { zh: '过马路:府前街', en: 'Cross' }, m: 0 },
    ],
  }
  const geometry = { coordinates: [[116, 36] as [number, number]] }
  const other = { geometry, properties: { ...properties, crossings: [], walk_secs: 600, extra_secs: 199 } }
  return { geometry, properties: { ...properties, safest: safest ? other : null } }
}

test('the way shows both choices where they differ, its crossings by protection, and its steps as a list', () => {
  const turn = vi.fn()
  const shown: Shown = {
    name: '县图书馆',
    to: [116, 36],
    ways: way(true),
    home: false,
    choice: 'quickest',
    walker: '6–9岁儿童',
  }
  const from = document.createElement('div')
  const panel = wayPanel(shown, { choose: () => undefined, turn }, from, null)
  expect(plain(panel.querySelector('[data-way="safest"]')?.textContent)).toContain('多走 3 分钟')
  expect(plain(panel.querySelector('[data-way="quickest"]')?.textContent)).toContain('1 处无人看护')
  expect([...panel.querySelectorAll('.way-crossings li')].map((li) => plain(li.textContent))).toEqual([
    '没有红绿灯和斑马线，请牵好孩子：1 处',
    '有红绿灯或护学岗：1 处 · 护学岗值守中',
  ])
  expect(panel.querySelectorAll('ol.steps-list > li')).toHaveLength(1)
  panel.querySelector<HTMLElement>('[data-way="home"]')?.click()
  expect(turn).toHaveBeenCalledWith(true)
  const one = wayPanel({ ...shown, ways: way(false), home: true }, { choose: () => undefined, turn }, from, null)
  expect(one.querySelector('.way-choices')).toBeNull()
  expect(one.querySelector('.way-apps')).toBeNull()
})

test('marks are of characters, whatever their order, overlap or length', () => {
  const html = (name: string, marks: [number, number][]): string =>
    marked(name, marks)
      .map((part) => (typeof part === 'string' ? part : `[${(part as HTMLElement).textContent}]`))
      .join('')
  expect(html('县图书馆少儿阅览室', [[1, 4]])).toBe('县[图书馆]少儿阅览室')
  expect(html('𠮷祥阅读', [[2, 4]])).toBe('𠮷祥[阅读]')
  expect(
    html('县图书馆', [
      [3, 9],
      [0, 1],
    ]),
  ).toBe('[县]图书[馆]')
  expect(html('县图书馆', [])).toBe('县图书馆')
})

test('what closes before one gets there is told', () => {
  const open = (until: string) => ({ state: 'open' as const, closes_soon: false, until: { at: until, sure: true } })
  const at = '2026-11-29T23:20'
  expect(closesFirst(open('2026-11-30T00:00') as Opening, at, 2400)).toBe(true)
  expect(closesFirst(open('2026-11-30T00:00') as Opening, at, 2399)).toBe(false)
  expect(closesFirst({ state: 'closed' } as Opening, at, 2400)).toBe(false)
  expect(closesFirst(open('2026-11-30T00:00') as Opening, at, null)).toBe(false)
  expect(closesFirst(null, at, 2400)).toBe(false)
})
