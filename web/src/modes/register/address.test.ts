import { expect, test } from 'vitest'
import { readAddress } from './address'

test('an address is its words and its query', () => {
  const { parts, query } = readAddress('#/sheets/%E8%A1%A8?x=1')
  expect(parts).toEqual(['sheets', '表'])
  expect(query.get('x')).toBe('1')
})

test('a broken address names no room, and breaks nothing', () => {
  expect(readAddress('#/%').parts).toEqual(['%'])
  expect(readAddress('#/desk/%E8%').parts).toEqual(['desk', '%E8%'])
  expect(readAddress('').parts).toEqual([''])
})
