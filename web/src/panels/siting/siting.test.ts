// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { County } from '../../api/county'
import type { PlannedSite, Progress, SitingResult } from '../../api/siting'
import type { Config, Kind } from '../../api/types'
import { addSite, forbid, noPlan } from '../../state/plan'
import { setLanguage } from '../../text/language'
import type { Asked } from '../coverage/asked'
import { paysUpTo, sitesCurve, sitesTable } from './curve'
import { readList } from './list'
import { SitingPanel, type SitingShown } from './panel'
import { Track } from './track'
import { gapInWords, inUnit } from './value'
import { firstWish, furtherSet, lacking, sitingRequest } from './wish'

afterEach(() => setLanguage('zh'))

const kind = { id: 'school', name: { zh: '学校', en: 'School' }, visibility: 'public', count: 7 } as unknown as Kind
const area = { properties: { id: 't1', name: { zh: '铜城街道', en: 'Tongcheng' } } }
const county = new County({} as Config, { kinds: [kind], attributes: [] } as never, [area] as never)
const asked: Asked = {
  kind: 'reading_space',
  minutes: 15,
  profile: { id: 'child_6_9' } as Asked['profile'],
  at: null,
  ages: { from: 0, to: 14 },
  only: {},
}

const site = (children: number, more: Partial<PlannedSite> = {}): PlannedSite => ({
  lon: 116.2 + children / 1e5,
  lat: 36.3,
  candidate: 'junction',
  area: 't1',
  pinned: false,
  cost: 1,
  children,
  loses: children,
  serves: {
    children: children + 20,
    by_age: [{ from: 6, to: 9, children }],
    by_town: [{ area: 't1', children: children + 20 }],
  },
  runner_up: { lon: 116.3, lat: 36.31, loses: 12 },
  ...more,
})

const result: SitingResult = {
  kind: 'reading_space',
  objective_name: 'maximal_covering',
  minutes: 15,
  profile: 'child_6_9',
  at: null,
  ages: { from: 0, to: 14 },
  unit: 'children',
  mark: 'm1',
  children_beyond: 0,
  children_total: 20_000,
  children_before: 6000,
  children_after: 7700,
  objective: 1700,
  bound: 1700,
  gap: 0,
  optimal: true,
  status: 'optimal',
  candidates: 3120,
  says: { zh: '新增 2 处可多覆盖 1,700 名儿童，已证明最好', en: 'Two more cover 1,700 more, proven best' },
  sites: [site(1000), site(700, { name: '<b>文化馆</b>', candidate: 'list', runner_up: null })],
  curve: [0, 1000, 1700, 1760, 1800].map((objective, sites) => ({ sites, objective, bound: objective })),
}

const shown: SitingShown = {
  wish: firstWish,
  pinned: 0,
  forbidden: 0,
  editing: false,
  running: null,
  failed: null,
  result: null,
  chosen: null,
}
const choices = (): ConstructorParameters<typeof SitingPanel>[1] => ({
  change: vi.fn(),
  start: vi.fn(),
  cancel: vi.fn(),
  edit: vi.fn(),
  accept: vi.fn(),
  save: vi.fn(),
  show: vi.fn(),
  pin: vi.fn(),
  forbid: vi.fn(),
  runnerUp: vi.fn(),
  open: vi.fn(),
})
const found = (of = result): SitingShown['result'] => ({
  of,
  track: new Track(of.unit),
  stale: false,
  moved: false,
  pinned: new Set(),
  forbidden: new Set(),
})

const noChange = { remove: [], hours: [], posts: [] }

test('what is usual asks for no more than it has to', () => {
  expect(sitingRequest(asked, firstWish, noPlan, noChange, new Date())).toEqual({
    kind: 'reading_space',
    minutes: 15,
    profile: 'child_6_9',
    ages: '0-14',
    objective: 'maximal_covering',
    add: 5,
    existing: true,
    candidates: { from: 'junctions' },
    seconds: 60,
  })
})

test('pinned sites must be in the plan, forbidden places must not, and every condition has its field', () => {
  const plan = forbid(addSite(addSite(noPlan, { lon: 1, lat: 2, pinned: true }), { lon: 3, lat: 4 }), {
    lon: 5,
    lat: 6,
  })
  const wish = {
    ...firstWish,
    objective: 'capacitated_covering' as const,
    source: 'kinds' as const,
    kinds: ['school'],
    existing: false,
    onePerTown: true,
    floor: 40,
    budget: 100,
    cost: 20,
    capacity: 80,
    apart: 500,
  }
  expect(
    sitingRequest({ ...asked, only: { setting: 'library' } }, wish, plan, { ...noChange, remove: [3] }, new Date()),
  ).toMatchObject({
    only: { setting: 'library' },
    existing: false,
    remove: [3],
    candidates: { from: 'kinds', kinds: ['school'] },
    must: [{ lon: 1, lat: 2 }],
    must_not: [{ lon: 5, lat: 6 }],
    one_per_town: true,
    floor_per_town: 0.4,
    budget: 100,
    cost: 20,
    capacity: 80,
    apart_m: 500,
  })
  expect(furtherSet(wish)).toBe(4)
  expect(lacking({ ...wish, kinds: [] })).toBe('kinds')
  expect(lacking({ ...wish, source: 'list' })).toBe('list')
})

test('a pasted list is read with or without headings, in either order and either language', () => {
  expect(readList('116.2, 36.3, 文化馆, 20, 60\n116.3,36.4').list).toEqual([
    { lon: 116.2, lat: 36.3, name: '文化馆', cost: 20, capacity: 60 },
    { lon: 116.3, lat: 36.4 },
  ])
  const table = '\uFEFF名称\t纬度\t经度\t备注\r\n"县, 图书馆"\t36.3\t116.2\tx\r\n\r\n'
  expect(readList(table).list).toEqual([{ lon: 116.2, lat: 36.3, name: '县, 图书馆' }])
  expect(readList('lat,lon\n36.3,116.2\n').list).toEqual([{ lon: 116.2, lat: 36.3 }])
  expect(readList('name;"lon";lat\n"a ""b""";1.5;2').list).toEqual([{ lon: 1.5, lat: 2, name: 'a "b"' }])
  expect(readList('')).toEqual({ list: [], bad: [] })
})

test('lines that are no places are told by their number', () => {
  expect(readList('116.2,36.3\n北街,36\n116.2,96\n116,36,x,dear').bad).toEqual([
    { line: 2, found: '北街,36' },
    { line: 3, found: '116.2,96' },
    { line: 4, found: '116,36,x,dear' },
  ])
})

test('values and gaps are told in the unit of the objective', () => {
  expect(inUnit(9412, 'children')).toBe('9,412 名')
  expect(inUnit(11, 'sites')).toBe('11 处')
  expect(inUnit(504, 'seconds')).toBe('8.4\u2009分钟')
  expect([0, 0.00004, 0.0019, 0.02, 0.1, 0.5].map(gapInWords)).toEqual(
    ['0', '<0.01', '0.19', '2', '10', '50'].map((n) => `${n}\u2009%`),
  )
})

test('found and bound only come closer, whatever is reported, and a still stretch is kept short', () => {
  const track = new Track('children')
  const report = (at: number, objective: number | null, bound: number | null): void =>
    track.add(at, { objective, bound })
  report(0, 100, null)
  expect(track.gap).toBeNull()
  report(1, 90, 400)
  report(2, 300, 450)
  expect(track.last).toEqual({ at: 2, found: 300, bound: 400 })
  expect(track.gap).toBeCloseTo(0.25)
  for (let at = 3; at < 90; at++) report(at, 300, 400)
  expect(track.moments.length).toBeLessThan(6)
  const least = new Track('sites')
  least.add(0, { objective: 14, bound: 9 })
  least.add(1, { objective: 15, bound: 8 })
  expect(least.last).toEqual({ at: 1, found: 14, bound: 9 })
})

test('the curve marks what was asked for and says from where on more hardly pays', () => {
  expect(paysUpTo(result)).toBe(3)
  expect(paysUpTo({ unit: 'children', curve: result.curve.slice(0, 3) })).toBeNull()
  const seconds = [900, 500, 470].map((objective, i) => ({ sites: i + 1, objective, bound: objective }))
  expect(paysUpTo({ unit: 'seconds', curve: seconds })).toBe(3)
  expect(sitesCurve(result, 2).getAttribute('aria-label')).toBe('建几处与结果。2 处时为 1,700 名')
  expect(sitesCurve(result, 2).textContent).toContain('2 处 1,700 名')
  expect(sitesTable(result).querySelectorAll('tbody tr')).toHaveLength(5)
  expect(sitesTable(result).querySelector('tbody tr:nth-child(3)')?.textContent).toBe('21,700 名700 名1,700 名')
})

test('the form shows only what the objective and the source need', () => {
  const panel = new SitingPanel(county, choices())
  panel.update(shown)
  const hidden = (selector: string): boolean | undefined =>
    panel.element.querySelector(selector)?.closest<HTMLElement>('.wish-row, .wish-inset')?.hidden
  expect([hidden('#wish-share'), hidden('#wish-capacity'), hidden('.wish-text')]).toEqual([true, true, true])
  panel.update({ ...shown, wish: { ...firstWish, objective: 'set_covering', source: 'list' } })
  expect([hidden('#wish-share'), hidden('#wish-capacity'), hidden('.wish-text')]).toEqual([false, true, false])
  expect(panel.complete({ ...firstWish, source: 'list' })).toBe(false)
  expect(panel.element.textContent).toContain('清单里还没有地点')
})

test('typing and stepping change the wish, and what is no number changes nothing', () => {
  const hands = choices()
  const panel = new SitingPanel(county, hands)
  panel.update(shown)
  const field = panel.element.querySelector<HTMLInputElement>('#wish-add')
  panel.element.querySelector<HTMLButtonElement>('[aria-label="多一处"]')?.click()
  expect(hands.change).toHaveBeenLastCalledWith({ add: 6 })
  if (field) field.value = ''
  field?.dispatchEvent(new Event('input'))
  expect(hands.change).toHaveBeenCalledTimes(1)
  const floor = panel.element.querySelector<HTMLInputElement>('#wish-floor')
  if (floor) floor.value = '140'
  floor?.dispatchEvent(new Event('input'))
  expect(hands.change).toHaveBeenCalledTimes(1)
  if (floor) floor.value = '40'
  floor?.dispatchEvent(new Event('input'))
  expect(hands.change).toHaveBeenLastCalledWith({ floor: 40 })
})

test('a search under way shows both numbers and how far apart they are, and can be stopped', () => {
  const hands = choices()
  const panel = new SitingPanel(county, hands)
  const progress: Progress = {
    stage: 'bound',
    share: null,
    objective: 9412,
    bound: 9430,
    gap: 0.002,
    sites: [{ lon: 1, lat: 2 }],
  }
  const track = new Track('children')
  track.add(5, progress)
  panel.update({ ...shown, running: { progress, track, stopping: false } })
  const text = panel.element.querySelector('.run')?.textContent ?? ''
  expect(text).toMatch(/已找到9,412 名上限9,430 名.*差 0.19\u2009%/)
  const cancel = panel.element.querySelector<HTMLButtonElement>('.run-cancel')
  expect(cancel?.textContent).toBe('停下，用现在这个')
  cancel?.click()
  expect(hands.cancel).toHaveBeenCalled()
})

test('a result says its proof, lists whom each site serves, and gives its sites to the plan', () => {
  const hands = choices()
  const panel = new SitingPanel(county, hands)
  panel.update({ ...shown, result: found() })
  const text = panel.element.textContent ?? ''
  expect(text).toContain('已证明最好')
  expect(text).toContain('30% → 39%')
  expect(text).toContain('铜城街道的路口')
  expect(text).toContain('少了它，1,000 名儿童走不到')
  expect(text).toContain('最好的替补是路口，会少 12 名儿童')
  expect(text).toContain('没有别的地点可以替它')
  expect(panel.element.querySelector('b')).toBeNull()
  panel.element.querySelector<HTMLElement>('[data-accept]')?.click()
  expect(hands.accept).toHaveBeenCalled()
  panel.element.querySelector<HTMLElement>('[data-planned="1"] [data-action="pin"]')?.click()
  expect(hands.pin).toHaveBeenCalledWith(1)
})

test('a result that answers other conditions says so and offers to search again', () => {
  const hands = choices()
  const panel = new SitingPanel(county, hands)
  panel.update({ ...shown, result: { ...(found() as NonNullable<SitingShown['result']>), stale: true } })
  panel.element.querySelector<HTMLElement>('[data-again]')?.click()
  expect(hands.start).toHaveBeenCalled()
})

test('a failure is told in the words that came with it, above the form', () => {
  setLanguage('en')
  const panel = new SitingPanel(county, choices())
  panel.update({ ...shown, failed: { title: 'No plan can meet these', detail: 'apart_m and one_per_town conflict' } })
  expect(panel.element.querySelector('.siting-failed')?.textContent).toBe(
    'No plan can meet theseapart_m and one_per_town conflict',
  )
  expect(panel.element.querySelector<HTMLElement>('.wish')?.closest<HTMLElement>('[hidden]')).toBeNull()
})

test('whoever is not signed in is told where to, and comes back to what they see', () => {
  location.hash = '#panel=plan&kind=school'
  const panel = new SitingPanel(county, choices())
  panel.update({ ...shown, failed: { title: '请先登录', detail: '登录后再试', status: 401 } })
  const link = panel.element.querySelector<HTMLAnchorElement>('.siting-failed a')
  expect(link?.getAttribute('href')).toBe('register.html#/signin?back=panel%3Dplan%26kind%3Dschool')
  panel.update({ ...shown, failed: { title: '没有权限', detail: '', status: 403 } })
  expect(panel.element.querySelector('.siting-failed a')).toBeNull()
})
