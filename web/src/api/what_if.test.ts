import { expect, test } from 'vitest'
import { noWay, type Times } from './packed'
import { difference, laidOver } from './what_if'

const base: Times = { site: Uint32Array.of(7, 7, 0, 9), secs: Uint16Array.of(60, 1200, noWay, 300) }
const changed = { index: [1, 2, 3], secs: [240, 900, noWay], site: [-1, -1, 0] }

test('a change is laid over the times, which stay as they were', () => {
  const after = laidOver(base, changed)
  expect([...after.secs]).toEqual([60, 240, 900, noWay])
  expect([...after.site]).toEqual([7, 0, 0, 0])
  expect([...base.secs]).toEqual([60, 1200, noWay, 300])
  expect(laidOver(base, null)).toBe(base)
  expect(laidOver(base, { index: [], secs: [], site: [] })).toBe(base)
})

test('children who come within the limit are gained and those who fall out of it lost', () => {
  const children = [10, 20, 30, 40]
  expect([...difference(base, changed, children, 15)]).toEqual([
    [1, 20],
    [2, 30],
    [3, -40],
  ])
  expect([...difference(base, changed, children, 4)]).toEqual([[1, 20]])
  expect([...difference(base, changed, [10, 0, 0, 0], 15)]).toEqual([])
  expect(difference(base, null, children, 15).size).toBe(0)
})
