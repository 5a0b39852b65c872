import { expect, test } from 'vitest'
import { Problem } from './client'
import { noWay, readCells, readStreets, readTimes } from './packed'

/** Writes an answer by hand, number by number, as the contract says and not as the reader does. */
function packed(name: string, ...parts: ['u32' | 'i32' | 'u16', number][]): ArrayBuffer {
  const size = parts.reduce((sum, [type]) => sum + (type === 'u16' ? 2 : 4), 8)
  const view = new DataView(new ArrayBuffer(size))
  for (let i = 0; i < 8; i++) view.setUint8(i, name.charCodeAt(i))
  let at = 8
  for (const [type, value] of parts) {
    if (type === 'u32') view.setUint32(at, value, true)
    if (type === 'i32') view.setInt32(at, value, true)
    if (type === 'u16') view.setUint16(at, value, true)
    at += type === 'u16' ? 2 : 4
  }
  return view.buffer as ArrayBuffer
}
const u32 = (n: number): ['u32', number] => ['u32', n]
const i32 = (n: number): ['i32', number] => ['i32', n]
const u16 = (n: number): ['u16', number] => ['u16', n]

test('cells come back column by column, west and south of the origin too', () => {
  const answer = packed(
    'YMCELLS1',
    u32(3),
    ...[1160544500, -1, 0].map(i32),
    ...[361985500, -361985500, 7].map(i32),
    ...[47, 0, 4_000_000_000].map(u32),
    ...[0, 65535, 9].map(u16),
  )
  const cells = readCells(answer)
  expect([...cells.lon]).toEqual([1160544500, -1, 0])
  expect([...cells.lat]).toEqual([361985500, -361985500, 7])
  expect([...cells.children]).toEqual([47, 0, 4_000_000_000])
  expect([...cells.area]).toEqual([0, 65535, 9])
})

test('times tell the site and the seconds, and no way from a long one', () => {
  const times = readTimes(packed('YMTIMES1', u32(3), ...[325, 0, 7].map(u32), ...[900, noWay, 65534].map(u16)))
  expect([...times.site]).toEqual([325, 0, 7])
  expect([...times.secs]).toEqual([900, 65535, 65534])
})

test('streets come with their junctions and inner points', () => {
  const streets = readStreets(
    packed(
      'YMSTREET',
      ...[2, 1, 2].map(u32),
      ...[10, 20, 30, 40].map(i32),
      ...[0, 1, 123_456, 0].map(u32),
      ...[11, 21, 12, 22].map(i32),
    ),
  )
  expect([...streets.nodes]).toEqual([10, 20, 30, 40])
  expect([...streets.edges]).toEqual([0, 1, 123_456, 0])
  expect([...streets.points]).toEqual([11, 21, 12, 22])
})

test('nothing at all is a right answer too', () => {
  expect(readCells(packed('YMCELLS1', u32(0))).children).toHaveLength(0)
  expect(readTimes(packed('YMTIMES1', u32(0))).secs).toHaveLength(0)
  expect(readStreets(packed('YMSTREET', u32(0), u32(0), u32(0))).edges).toHaveLength(0)
})

test.each([
  ['another answer', packed('YMCELLS1', u32(0))],
  ['an error page', new TextEncoder().encode('<html>').buffer as ArrayBuffer],
  ['nothing', new ArrayBuffer(0)],
  ['an answer cut short', packed('YMTIMES1', u32(2), u32(1))],
  ['a count that would fill the memory', packed('YMTIMES1', u32(4_294_967_295))],
])('%s is a problem in words, not a wrong map', (_, answer) => {
  expect(() => readTimes(answer)).toThrow(Problem)
})
