import { expect, test } from 'vitest'
import { type Door, minus, type Stretches, within } from './reach'

function cut(a: number, b: number, whole: number, limit: number, doors?: Door[]): Stretches {
  const out: Stretches = []
  within(a, b, whole, doors, limit, out)
  return out
}
const none = Number.POSITIVE_INFINITY

test('a street is reached from its ends as far as the limit allows', () => {
  expect(cut(100, none, 200, 200)).toEqual([0, 0.5])
  expect(cut(none, 100, 200, 200)).toEqual([0.5, 1])
  expect(cut(100, 150, 200, 200)).toEqual([0, 0.5, 0.75, 1])
  expect(cut(100, 150, 200, 250)).toEqual([0, 1])
  expect(cut(300, 310, 200, 200)).toEqual([])
  expect(cut(none, none, 200, 60_000)).toEqual([])
})

test('a site on the street is near although both ends are not', () => {
  const door = [{ share: 0.5, secs: 20 }]
  expect(cut(300, 300, 400, 60, door)).toEqual([0.4, 0.6])
  expect(cut(220, 220, 400, 220, door)).toEqual([0, 1])
  expect(cut(300, 300, 400, 10, door)).toEqual([])
})

test('stretches of several sites join where they touch', () => {
  const doors = [
    { share: 0.2, secs: 0 },
    { share: 0.4, secs: 0 },
    { share: 0.9, secs: 0 },
  ]
  const found = cut(none, none, 100, 10, doors)
  expect(found.map((share) => Math.round(share * 100))).toEqual([10, 50, 80, 100])
})

test('a street of no length is reached with its end', () => {
  expect(cut(60, none, 0, 60)).toEqual([0, 1])
  expect(cut(61, none, 0, 60)).toEqual([])
})

test('a larger limit never reaches less, and times are those of the shortest way', () => {
  let seed = 7
  const random = (): number => {
    seed = (seed * 48271) % 2147483647
    return seed / 2147483647
  }
  for (let round = 0; round < 300; round++) {
    const whole = 1 + 600 * random()
    const a = 900 * random()
    const b = random() < 0.2 ? none : Math.min(a + whole, Math.max(0, a - whole + 2 * whole * random()))
    const doors = random() < 0.3 ? [{ share: random(), secs: 30 * random() }] : undefined
    const time = (share: number): number =>
      Math.min(
        a + share * whole,
        b + (1 - share) * whole,
        ...(doors ?? []).map((door) => door.secs + Math.abs(share - door.share) * whole),
      )
    const limit = 900 * random()
    const stretches = cut(a, b, whole, limit, doors)
    for (let share = 0.005; share < 1; share += 0.01) {
      // Within a millisecond of the limit either answer is right.
      if (Math.abs(time(share) - limit) < 1e-3) continue
      const inside = stretches.some((from, i) => i % 2 === 0 && share >= from && share <= (stretches[i + 1] ?? 0))
      expect(inside).toBe(time(share) < limit)
    }
  }
})

test('what is in one and not in the other is left', () => {
  const left = (a: Stretches, b: Stretches): Stretches => {
    const out: Stretches = [9]
    minus(a, b, out)
    return out
  }
  expect(left([0, 1], [])).toEqual([0, 1])
  expect(left([], [0, 1])).toEqual([])
  expect(left([0, 1], [0, 1])).toEqual([])
  expect(left([0, 1], [0.25, 0.5])).toEqual([0, 0.25, 0.5, 1])
  expect(left([0, 0.5, 0.75, 1], [0.25, 0.875])).toEqual([0, 0.25, 0.875, 1])
  expect(left([0.25, 0.5], [0, 0.375, 0.4375, 1])).toEqual([0.375, 0.4375])
})
