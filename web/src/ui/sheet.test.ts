import { expect, test } from 'vitest'
import { settle, stops } from './sheet'

const at = stops(844)

test('the three stops rise in order and leave the search field free', () => {
  expect(at.peek).toBeLessThan(at.half)
  expect(at.half).toBeLessThan(at.full)
  expect(844 - at.full).toBeGreaterThanOrEqual(70)
})

test('a sheet let go at rest goes to the nearest stop', () => {
  expect(settle(at.peek + 30, 0, at)).toBe('peek')
  expect(settle(at.half - 40, 0.1, at)).toBe('half')
  expect(settle(at.full - 10, -0.1, at)).toBe('full')
})

test('a flick goes on to the next stop in its direction', () => {
  expect(settle(at.peek + 30, 0.9, at)).toBe('half')
  expect(settle(at.half + 10, 0.9, at)).toBe('full')
  expect(settle(at.full - 10, -0.9, at)).toBe('half')
  expect(settle(at.half - 5, -0.9, at)).toBe('peek')
  expect(settle(at.full, 0.9, at)).toBe('full')
})
