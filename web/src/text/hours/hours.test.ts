import { afterEach, expect, test } from 'vitest'
import { setLanguage } from '../language'
import { type Opening, stateInWords } from './state'
import { type Day, restInWords, rowsOf, type Week } from './table'

afterEach(() => setLanguage('zh'))

const plain = (text: string): string => text.replaceAll('\u2009', ' ')
const open = (at: string | null, soon = false, sure = true): Opening => ({
  state: 'open',
  until: at === null ? null : { at, sure },
  closes_soon: soon,
  comment: null,
})
const closed = (at: string | null, sure = true): Opening => ({
  state: 'closed',
  opens: at === null ? null : { at, sure },
  comment: null,
})

// a Monday
const now = '2026-03-02T10:20'

test.each([
  [open('2026-03-02T17:00:00'), '已开放，17:00 关门', 'Open, closes 17:00'],
  [open('2026-03-02T10:40:00', true), '即将关门，10:40 关门', 'Closes soon, 10:40'],
  [open('2026-03-03T02:00:00'), '已开放，明天 02:00 关门', 'Open, closes tomorrow 02:00'],
  [open('2026-03-03T00:00:00'), '已开放，今晚 24:00 关门', 'Open, closes midnight'],
  [open('2026-03-02T14:00:00', false, false), '已开放，14:00 之后不确定', 'Open, uncertain after 14:00'],
  [open(null), '开放中', 'Open'],
  [closed('2026-03-02T11:00:00'), '40 分钟后开门', 'Opens in 40 min'],
  [closed('2026-03-02T14:00:00'), '不开放，14:00 开门', 'Closed, opens 14:00'],
  [closed('2026-03-03T08:00:00'), '不开放，明天 08:00 开门', 'Closed, opens tomorrow 08:00'],
  [closed('2026-03-08T08:00:00'), '不开放，周日 08:00 开门', 'Closed, opens Sunday 08:00'],
  [closed('2026-03-09T08:00:00'), '不开放，3月9日 08:00 开门', 'Closed, opens 9 March, 08:00'],
  [closed('2026-03-03T08:00:00', false), '不开放，明天 08:00 起不确定', 'Closed, uncertain from tomorrow 08:00'],
  [closed(null), '近两周不开放', 'Closed for the next two weeks'],
])('%j is said in both languages', (state, zh, en) => {
  expect(plain(stateInWords(state, now))).toBe(zh)
  setLanguage('en')
  expect(plain(stateInWords(state, now))).toBe(en)
})

test('what nobody knows says why, and what the hours add stands behind', () => {
  const state: Opening = { state: 'unknown', why: 'said', until: null, comment: '电话预约' }
  expect(stateInWords(state, now)).toBe('不一定开放（电话预约）')
  expect(stateInWords({ ...state, why: 'school_holidays', comment: null }, now)).toContain('寒暑假')
})

function week(change: (day: Day) => Partial<Day>, names = { public: true, school: false }): Week {
  const days = Array.from({ length: 7 }, (_, weekday): Day => {
    const day: Day = {
      date: `2026-03-0${weekday + 2}`,
      weekday,
      spans: [{ from: 540, to: 1020, kind: 'open', why: null, comment: null }],
      closed_comment: null,
      holiday: null,
      worked_as: null,
      school: null,
      public_known: true,
      school_known: true,
    }
    return { ...day, ...change(day) }
  })
  return { days, names_public_holidays: names.public, names_school_holidays: names.school }
}

test('a week has a row for each day, and its days of rest in one line', () => {
  const museum = week(({ weekday }) => (weekday === 0 ? { spans: [], closed_comment: '馆内整理' } : {}))
  const rows = rowsOf(museum, '2026-03-03')
  expect(rows.map(({ label }) => label)).toEqual(['周一', '周二', '周三', '周四', '周五', '周六', '周日'])
  expect(rows[0]?.times).toEqual(['休息（馆内整理）'])
  expect(rows[1]).toEqual({ date: '2026-03-03', label: '周二', times: ['09:00–17:00'], notes: [], today: true })
  expect(restInWords(museum)).toBe('周一休息')
  expect(restInWords(week(() => ({})))).toBe('')
  expect(restInWords(week(() => ({ spans: [] })))).toBe('')
  setLanguage('en')
  expect(restInWords(museum)).toBe('Closed Monday')
})

test('times over midnight, whole days, open ends and uncertain times are told apart', () => {
  const span = { from: 1200, to: 1560, kind: 'open', why: null, comment: null } as const
  const times = (change: object) =>
    rowsOf(
      week(() => ({ spans: [{ ...span, ...change }] })),
      '',
    )[0]?.times
  expect(times({})).toEqual(['20:00–次日 02:00'])
  expect(times({ to: 1440 })).toEqual(['20:00–24:00'])
  expect(times({ from: 0, to: 1440 })).toEqual(['全天开放'])
  expect(times({ kind: 'unknown', why: 'open_end' })).toEqual(['20:00 起，关门时间未写明'])
  expect(times({ to: 1320, kind: 'unknown', why: 'said', comment: '须预约' })).toEqual(['20:00–22:00 不确定（须预约）'])
})

test('holidays, worked days and school holidays are noted', () => {
  const holiday = { zh: '春节', en: 'Spring Festival' }
  const notes = (change: Partial<Day>, names = { public: true, school: false }) =>
    rowsOf(
      week(() => change, names),
      '',
    )[0]?.notes
  expect(notes({ holiday })).toEqual(['春节放假'])
  expect(notes({ holiday }, { public: false, school: false })).toEqual(['春节放假，节假日是否开放未写明'])
  expect(notes({ worked_as: 4 })).toEqual(['调休上班，按周五'])
  const school = { zh: '暑假' }
  expect(notes({ school })).toEqual([])
  expect(notes({ school }, { public: true, school: true })).toEqual(['暑假'])
  expect(notes({ school, school_known: false }, { public: true, school: true })).toEqual(['可能在暑假，日期待确认'])
  expect(notes({ public_known: false })).toEqual(['节假日安排尚未公布'])
})

test('of a time that was chosen nothing is said of today or tomorrow', () => {
  const said = (state: Opening): string => plain(stateInWords(state, now, true))
  expect(said(closed('2026-03-02T11:00:00'))).toBe('不开放，11:00 开门')
  expect(said(closed('2026-03-03T08:00:00'))).toBe('不开放，周二 08:00 开门')
  expect(said(open('2026-03-03T00:00:00'))).toBe('已开放，24:00 关门')
  expect(said(open(null))).toBe('开放')
})
