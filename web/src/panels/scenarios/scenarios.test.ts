// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { County } from '../../api/county'
import type { Comparison, Scenario } from '../../api/scenarios'
import type { Config } from '../../api/types'
import type { Kept } from '../../state/kept'
import { setLanguage } from '../../text/language'
import { comparisonView } from './compare'
import { difference } from './conflict'
import { ScenarioList } from './list'
import { movedOn } from './moved'
import { OpenedScenario } from './opened'
import { taskList } from './tasks'
import { keptOf, planInWords, signed } from './words'

afterEach(() => setLanguage('zh'))

const towns = [
  { properties: { id: 't1', name: { zh: '铜城街道', en: 'Tongcheng' } } },
  { properties: { id: 't2', name: { zh: '新城街道', en: 'Xincheng' } } },
]
const county = new County({} as Config, { kinds: [], attributes: [] } as never, towns as never)
const figures = {
  children_total: 20_000,
  children_before: 6000,
  children_after: 7700,
  gained: 1700,
  lost: 0,
  by_town: [],
}
const scenario: Scenario = {
  id: 'abc',
  version: 3,
  name: '城北再建 2 处',
  note: '',
  plan: {
    kind: 'school',
    minutes: 15,
    add: [
      { lon: 1, lat: 2, name: '<i>北街</i>' },
      { lon: 3, lat: 4 },
    ],
    remove: [7],
  },
  siting: null,
  saved: '2026-11-24T07:20:00Z',
  created: '2026-11-24T07:20:00Z',
  made_on: { mark: 'm', sites: 's', children: 1, network: 1 },
  moved_on: [],
  figures,
  tasks: [],
}
const kept = (id: string, more: Partial<Kept> = {}): Kept => ({
  ...keptOf(scenario, 'k'),
  id,
  name: `方案${id}`,
  ...more,
})

test('changes carry their sign and a plan says what it does', () => {
  expect([signed(412), signed(-35), signed(0)]).toEqual(['+412', '−35', '0'])
  expect(planInWords(2, 1)).toBe('新建 2 处、关闭 1 处')
  expect(planInWords(0, 0)).toBe('')
  setLanguage('en')
  expect(planInWords(1, 0)).toBe('1 place more')
})

test('two or three of the list can be compared, in the order of the list, and never more', () => {
  const compare = vi.fn()
  const list = new ScenarioList({ open: vi.fn(), forget: vi.fn(), compare })
  const all = ['a', 'b', 'c', 'd'].map((id) => kept(id))
  document.body.append(list.element)
  list.update({ kept: all, here: 'a', gone: new Set() })
  const check = (i: number): HTMLInputElement | undefined =>
    [...list.element.querySelectorAll<HTMLInputElement>('input')][i]
  expect(list.element.querySelector('[data-compare]')).toBeNull()
  for (const i of [2, 0, 1]) check(i)?.click()
  expect(check(3)?.disabled).toBe(true)
  list.element.querySelector<HTMLElement>('[data-compare]')?.click()
  expect(compare).toHaveBeenCalledWith(['a', 'b', 'c'])
  list.update({ kept: all, here: 'a', gone: new Set(['a']) })
  expect(list.element.textContent).toContain('服务器上已经没有了')
  expect(list.element.querySelector('[data-compare]')?.textContent).toBe('比较选中的 2 个')
})

test('data that have moved on are named, and the figures of today stand beside those of then', () => {
  expect(movedOn(scenario, null, vi.fn())).toBeNull()
  const look = vi.fn()
  const moved = { ...scenario, moved_on: ['sites', 'rules'] }
  const notice = movedOn(moved, null, look)
  expect(notice?.textContent).toContain('变了的有：场所名册、步行规则。')
  notice?.querySelector('button')?.click()
  expect(look).toHaveBeenCalled()
  const today = movedOn(moved, { ...figures, children_after: 7600 }, look)
  expect(today?.querySelector('.is-other')?.textContent).toBe('建好后走得到7,7007,600')
})

test('two versions are set side by side and what differs is marked, other places of the same number too', () => {
  const mine = {
    name: scenario.name,
    note: '',
    plan: {
      ...scenario.plan,
      add: [
        { lon: 9, lat: 9 },
        { lon: 3, lat: 4 },
      ],
    },
  }
  const rows = difference(mine, { ...scenario, note: 'x' }, (kind) => kind)
  expect(rows.filter(({ other }) => other).map(({ what }) => what)).toEqual(['说明', '新建'])
  expect(rows.find(({ what }) => what === '关闭')).toMatchObject({ mine: '1 处', theirs: '1 处', other: false })
})

test('only who has the key may change it; everybody may save a copy', () => {
  const choices = {
    leave: vi.fn(),
    share: vi.fn(),
    save: vi.fn(),
    saveAs: vi.fn(),
    delete: vi.fn(),
    today: vi.fn(),
    hand: vi.fn(),
    show: vi.fn(),
  }
  const opened = new OpenedScenario(choices)
  const shown = { scenario, units: [], unsaved: true, today: null, address: 'https://x.example/#scenario=abc' }
  opened.update({ ...shown, writable: false })
  const does = (): (string | undefined)[] =>
    [...opened.element.querySelectorAll<HTMLElement>('[data-do]')].map(({ dataset }) => dataset.do)
  expect(does()).toEqual(['save-as', 'share', 'csv', 'geojson'])
  opened.update({ ...shown, writable: true })
  expect(does()).toEqual(['save', 'save-as', 'share', 'csv', 'geojson', 'delete'])
  expect(opened.element.querySelector('i')).toBeNull()
})

test('a place is handed over to a chosen unit, and whom it was handed to stays to be read', () => {
  const hand = vi.fn(async () => undefined)
  const units = [
    { id: 'u001', name: '县妇联', confirmed: true, demonstration: false, version: 1 },
    { id: null, name: '县教体局', confirmed: false, demonstration: false, version: 0 },
  ]
  const task = {
    id: '1',
    place: 1,
    unit: '县妇联',
    note: '年底前',
    handed: '2026-11-24T07:20:00Z',
    state: 'draft',
    name: '',
    kind: 'school',
    lon: 3,
    lat: 4,
  }
  const list = taskList(
    { scenario: { ...scenario, tasks: [task] }, units, writable: true, unsaved: false },
    { hand, show: vi.fn() },
  )
  expect(list.querySelector('[data-task="1"]')?.textContent).toContain('2026年11月24日交给县妇联 · 等待登记年底前')
  const select = list.querySelector('select')
  const send = list.querySelector<HTMLButtonElement>('.task-fields button')
  expect(send?.disabled).toBe(true)
  expect(select?.textContent).toContain('县教体局（待核实）')
  if (select) select.value = '县教体局'
  select?.dispatchEvent(new Event('change'))
  send?.click()
  expect(hand).toHaveBeenCalledWith(0, '县教体局', '')
  const unsaved = taskList({ scenario, units, writable: true, unsaved: true }, { hand, show: vi.fn() })
  expect(unsaved.textContent).toContain('先保存方案')
})

test('scenarios are compared by figures and towns, the largest difference first', () => {
  const comparison: Comparison = {
    scenarios: [
      { id: 'a', name: '甲', version: 1, figures },
      { id: 'b', name: '乙', version: 1, figures: { ...figures, children_after: 8000 } },
    ],
    by_town: [
      { area: 't1', children: 900, before: 100, covered: [200, 210] },
      { area: 't2', children: 500, before: 100, covered: [100, 390] },
      { area: null, children: 0, before: 0, covered: [0, 0] },
    ],
    cells: { index: [4], secs: [[100], [2000]] },
    mark: 'm',
  }
  const pair = vi.fn()
  const view = comparisonView({ comparison, pair: { from: 0, to: 1 }, apart: { onlyFrom: 1, onlyTo: 300 } }, county, {
    back: vi.fn(),
    pair,
    town: vi.fn(),
  })
  const codes = [...view.querySelectorAll<HTMLElement>('[data-town-compared]')].map((row) => row.dataset.townCompared)
  expect(codes).toEqual(['t2', 't1'])
  expect(view.querySelector('[data-compared="1"]')?.textContent).toContain('最多')
  expect(view.querySelector('.apart')?.textContent).toBe('300 名儿童只在“乙”里走得到1 名儿童只在“甲”里走得到')
})
