import { expect, test } from 'vitest'
import type { Reach, TownReach } from './coverage'
import { classesAt, countedFrom, figuresAt, townsAt, wholeMinutes } from './minutes'

/** 10 children more with every minute, of 700 in all. */
const reach: Reach = {
  children_total: 700,
  children_covered: 150,
  children_unreached: 0,
  share: 150 / 700,
  bands: [],
  curve: Array.from({ length: 61 }, (_, minutes) => 10 * minutes),
  mean_secs: null,
  median_secs: null,
  worst_decile_secs: null,
}

test('the share at any limit is read from the curve', () => {
  expect(figuresAt(reach, 15)).toEqual({ covered: 150, total: 700, share: 150 / 700 })
  expect(figuresAt(reach, 60).covered).toBe(600)
  expect(figuresAt({ ...reach, children_total: 0, curve: [0] }, 15)).toEqual({ covered: 0, total: 0, share: 0 })
})

test.each([
  [15, ['0–5', '5–10', '10–15', '15–']],
  [5, ['0–5', '5–']],
  [7, ['0–5', '5–7', '7–']],
  [30, ['0–5', '5–10', '10–15', '15–30', '30–']],
  [1, ['0–1', '1–']],
])('classes end at 5, 10 and 15 minutes and at a limit of %i', (minutes, wanted) => {
  expect(classesAt(reach, minutes).map(({ from, to }) => `${from}–${to ?? ''}`)).toEqual(wanted)
})

test('classes hold every child once, whatever the limit', () => {
  for (let minutes = 1; minutes <= 60; minutes++) {
    const classes = classesAt(reach, minutes)
    expect(classes.reduce((sum, { children }) => sum + children, 0)).toBe(700)
    expect(classes.slice(0, -1).reduce((sum, { children }) => sum + children, 0)).toBe(10 * minutes)
  }
})

const town = (id: string, total: number, at5: number, at15: number): TownReach => ({
  ...reach,
  id,
  name: { zh: id },
  children_total: total,
  curve: Array.from({ length: 61 }, (_, minutes) => (minutes >= 15 ? at15 : minutes >= 5 ? at5 : 0)),
  places_per_1000: null,
})

test('towns stand worst first at the limit that is asked, and one without children last', () => {
  const towns = [
    town('far', 100, 40, 50),
    town('near', 100, 10, 90),
    town('empty', 0, 0, 0),
    town('large', 900, 90, 810),
  ]
  expect(townsAt(towns, 15).map((row) => row.town.id)).toEqual(['far', 'large', 'near', 'empty'])
  expect(townsAt(towns, 5).map((row) => row.town.id)).toEqual(['large', 'near', 'far', 'empty'])
})

test('minutes are never told shorter than the way is', () => {
  expect([1, 60, 61, 900, 901].map(wholeMinutes)).toEqual([1, 1, 2, 15, 16])
})

test('a curve counted from cells says what the server would', () => {
  const times = { site: Uint32Array.of(1, 1, 1, 0), secs: Uint16Array.of(0, 60, 61, 65535) }
  const { curve, children_total: total } = countedFrom(times, [1, 10, 100, 1000], 1111, 3)
  expect([curve, total]).toEqual([[1, 11, 111, 111], 1111])
})
