import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { coarse, inside, Places, padded } from './places'
import type { Box } from './types'

type Asked = { bbox: string | null; kind: string | null; cursor: string | null }
let asked: Asked[] = []
/** How many sites the server has in every box; given out in pages. */
let stock = 0

beforeEach(() => {
  asked = []
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (address: string, { signal }: { signal: AbortSignal | null }) => {
    const query = new URL(address, 'http://test/').searchParams
    asked.push({ bbox: query.get('bbox'), kind: query.get('kind'), cursor: query.get('cursor') })
    await new Promise((done) => setTimeout(done, 20))
    if (signal?.aborted) throw new DOMException('stop', 'AbortError')
    const start = Number(query.get('cursor') ?? 0)
    const total = query.get('kind') ? Math.floor(stock / 10) : stock
    const end = Math.min(total, start + Number(query.get('limit')))
    const features = Array.from({ length: end - start }, (_, i) => ({
      geometry: { coordinates: [116, 36] },
      properties: { id: start + i, kind: 'school', name: 'x' },
    }))
    return new Response(JSON.stringify({ features, next: end < total ? String(end) : null }))
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const view: Box = [116, 36, 117, 37]
const settle = () => vi.advanceTimersByTimeAsync(2000)

test('a padded box is fetched once and small moves inside it need nothing', async () => {
  stock = 3
  const places = new Places()
  places.cover(view, [])
  await settle()
  expect(asked).toEqual([{ bbox: '115.50000,35.50000,117.50000,37.50000', kind: null, cursor: null }])
  expect(places.all()).toHaveLength(3)
  places.cover([116.3, 36.2, 117.3, 37.2], ['school'])
  await settle()
  expect(asked).toHaveLength(1)
  places.cover([117, 36, 118, 37], [])
  await settle()
  expect(asked).toHaveLength(2)
})

test('pages are followed to the end', async () => {
  stock = 12_000
  const places = new Places()
  places.cover(view, [])
  await settle()
  expect(asked.map((request) => request.cursor)).toEqual([null, '5000', '10000'])
  expect(places.all()).toHaveLength(12_000)
  expect(places.truncated).toBe(false)
})

test('over 20,000 the rest is left out and said so; fewer kinds or a nearer view ask again', async () => {
  stock = 50_000
  const places = new Places()
  places.cover(view, [])
  await settle()
  expect(places.all()).toHaveLength(20_000)
  expect(places.truncated).toBe(true)
  asked = []
  places.cover(view, [])
  await settle()
  expect(asked).toEqual([])
  places.cover(view, ['school'])
  await settle()
  expect(places.all()).toHaveLength(5000)
  expect(places.truncated).toBe(false)
  expect(asked.every((request) => request.kind === 'school')).toBe(true)
  asked = []
  places.cover(view, [])
  await settle()
  expect(places.truncated).toBe(true)
  stock = 40
  places.cover([116.4, 36.4, 116.5, 36.5], [])
  await settle()
  expect(places.all()).toHaveLength(40)
  expect(places.truncated).toBe(false)
})

test('a newer request drops the one under way, and quick moves become one request', async () => {
  stock = 2
  const places = new Places()
  const changes = vi.fn()
  places.onChange = changes
  places.cover(view, [])
  await settle()
  for (let i = 2; i < 8; i++) places.cover([116 + i, 36, 117 + i, 37], [])
  await settle()
  expect(asked).toHaveLength(2)
  places.cover([130, 36, 131, 37], [])
  await vi.advanceTimersByTimeAsync(130)
  places.cover([140, 36, 141, 37], [])
  await settle()
  expect(asked).toHaveLength(4)
  expect(changes).toHaveBeenCalledTimes(3)
})

test('a failure is handed on with a way to try again', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')))
  const places = new Places()
  const failed = vi.fn()
  places.onProblem = failed
  places.cover(view, [])
  await settle()
  expect(failed).toHaveBeenCalledTimes(1)
  expect(places.ready).toBe(false)
})

test('boxes are padded by half on each side and stay on the globe', () => {
  expect(padded([0, 0, 10, 10])).toEqual([-5, -5, 15, 15])
  expect(padded([-170, -80, 170, 80])).toEqual([-180, -90, 180, 90])
  expect(inside([1, 1, 2, 2], [1, 1, 2, 2])).toBe(true)
  expect(inside([0.9, 1, 2, 2], [1, 1, 2, 2])).toBe(false)
  expect(inside([-200, -60, 200, 60], [-180, -90, 180, 90])).toBe(true)
})

test('an address with a box tells no more than two kilometres of where somebody looks', () => {
  const box = coarse([116.25123, 36.33456, 116.25345, 36.33567])
  expect(box.map((n) => n.toFixed(5))).toEqual(['116.24000', '36.32000', '116.26000', '36.34000'])
  expect(inside([116.25123, 36.33456, 116.25345, 36.33567], box)).toBe(true)
  expect(coarse([-180, -90, 180, 90])).toEqual([-180, -90, 180, 90])
})
