import { expect, test } from 'vitest'
import { groupWeek, readWeek, writeWeek } from './week'

const span = (from: string, to: string) => ({ from, to })

test('working days and weekends become two groups', () => {
  const week = readWeek('Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00')
  expect(week && groupWeek(week)).toEqual([
    { days: [0, 1, 2, 3, 4], spans: [span('08:00', '18:00')] },
    { days: [5, 6], spans: [span('09:00', '17:00')] },
  ])
})

test('a day that no rule names is closed, and so is one that a later rule closes', () => {
  expect(readWeek('Mo-Fr 08:00-12:00,14:00-17:30')?.days[6]).toEqual([])
  expect(readWeek('09:00-17:00; Mo off')?.days[0]).toEqual([])
  expect(readWeek('09:00-17:00; Mo off')?.days[1]).toEqual([span('09:00', '17:00')])
  expect(readWeek('Mo-Fr 08:00-12:00,14:00-17:30')?.days[0]).toEqual([span('08:00', '12:00'), span('14:00', '17:30')])
})

test('ranges may run over the end of the week and hours need no leading zero', () => {
  expect(readWeek('Sa-Mo 8:00-9:30')?.days.map((d) => d.length)).toEqual([1, 0, 0, 0, 0, 1, 1])
  expect(readWeek('Sa-Mo 8:00-9:30')?.days[0]).toEqual([span('08:00', '09:30')])
})

test('public holidays are kept apart from the week', () => {
  expect(readWeek('Mo-Fr 07:30-17:00; PH off')?.holidays).toEqual([])
  expect(readWeek('Mo-Su,PH 09:00-17:00')?.holidays).toEqual([span('09:00', '17:00')])
  expect(readWeek('Mo-Fr 07:30-17:00; PH off; SH off')?.schoolHolidays).toEqual([])
  expect(readWeek('Mo-Fr 07:30-17:00')?.holidays).toBeNull()
})

test('always open is a week of whole days', () => {
  const week = readWeek('24/7')
  expect(week && groupWeek(week)).toEqual([{ days: [0, 1, 2, 3, 4, 5, 6], spans: [span('00:00', '24:00')] }])
})

test.each([
  'Apr-Oct: Mo-Fr 08:00-18:00',
  'Mo-Fr sunrise-sunset',
  'week 1-20 Mo 10:00-12:00',
  'Mo[1] 10:00-12:00',
  'Mo-Fr 10:00-12:00 "by appointment"',
  'Mo-Fr 10:00+',
  '周一至周五',
  'Mo-Fr 25:00-26:00',
  'Mo-Fr',
  '',
])('what is more than a simple week is left as written: %s', (hours) => {
  expect(readWeek(hours)).toBeNull()
})

test.each([
  'Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00',
  'Mo-We,Sa 08:00-12:00,14:00-17:30; PH off',
  '24/7',
  'Mo-Su 09:00-17:00; PH 10:00-16:00; SH off',
  'Tu-Su 09:00-17:00',
  '',
])('what the week table writes, it reads again: %s', (hours) => {
  const week = readWeek(hours) ?? { days: Array.from({ length: 7 }, () => []), holidays: null, schoolHolidays: null }
  expect(writeWeek(week)).toBe(hours)
})
