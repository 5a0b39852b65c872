// @vitest-environment jsdom
import { PbfWriter } from 'pbf'
import { afterEach, expect, test, vi } from 'vitest'
import { setLanguage } from '../../text/language'
import { overlap, rectAround } from '../labels'
import { alongLine } from './along'
import { Tiles, tilesIn, tileZoom } from './fetch'
import { roadStrokes, thinStrokes, widthAt } from './look'
import { GroundNames } from './names'
import { placeOf, readTile, type TileAt } from './tile'

afterEach(() => vi.unstubAllGlobals())

type Made = { kind: string; name?: string; name_en?: string; type: 1 | 2 | 3; chain: [number, number][] }

/** A tile with one layer, as the server would write it. */
function tile(layer: string, features: Made[]): ArrayBuffer {
  const out = new PbfWriter()
  const keys = ['kind', 'name', 'name_en'] as const
  const values: string[] = []
  out.writeMessage(
    3,
    (_, pbf) => {
      pbf.writeVarintField(15, 2)
      pbf.writeStringField(1, layer)
      for (const made of features) {
        const tags = keys.flatMap((key, i) => {
          const value = made[key]
          if (value === undefined) return []
          values.push(value)
          return [i, values.length - 1]
        })
        pbf.writeMessage(
          2,
          (__, inner) => {
            inner.writePackedVarint(2, tags)
            inner.writeVarintField(3, made.type)
            inner.writePackedVarint(4, commands(made))
          },
          null,
        )
      }
      for (const key of keys) pbf.writeStringField(3, key)
      for (const value of values) pbf.writeMessage(4, (__, inner) => inner.writeStringField(1, value), null)
      pbf.writeVarintField(5, 4096)
    },
    null,
  )
  const bytes = out.finish()
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}

function commands({ type, chain }: Made): number[] {
  const zigzag = (n: number): number => (n << 1) ^ (n >> 31)
  const [first, ...rest] = chain.map(([x, y], i) => [x - (chain[i - 1]?.[0] ?? 0), y - (chain[i - 1]?.[1] ?? 0)])
  const move = [9, ...(first ?? []).map(zigzag)]
  return type === 1 ? move : [...move, (rest.length << 3) | 2, ...rest.flat().map(zigzag)]
}

class Traced {
  steps: string[] = []
  moveTo = (x: number, y: number): void => void this.steps.push(`M${x},${y}`)
  lineTo = (x: number, y: number): void => void this.steps.push(`L${x},${y}`)
  closePath = (): void => void this.steps.push('Z')
}
const traced = (): Path2D => new Traced() as unknown as Path2D
const here: TileAt = { z: 14, x: 13482, y: 6414 }

const street: Made = {
  kind: 'street',
  name: '文化街',
  name_en: 'Wenhua Street',
  type: 2,
  chain: [
    [0, 10],
    [4096, 10],
  ],
}
const village: Made = { kind: 'village', name: '王庄村', name_en: 'Wangzhuang', type: 1, chain: [[2048, 2048]] }

test('a tile becomes one path for each kind, and names where they are', () => {
  const read = readTile(
    tile('roads', [
      street,
      {
        ...street,
        chain: [
          [5, 6],
          [7, 8],
        ],
      },
    ]),
    here,
    traced,
  )
  const { path } = read.paths.get('roads/street') ?? {}
  expect((path as unknown as Traced).steps).toEqual(['M0,10', 'L4096,10', 'M5,6', 'L7,8'])
  expect(read.lines.map((line) => line.en)).toEqual(['Wenhua Street', 'Wenhua Street'])
  const [named] = readTile(tile('names', [village]), here, traced).points
  expect(named).toMatchObject({ zh: '王庄村', en: 'Wangzhuang', kind: 'village' })
  expect(named?.lon).toBeCloseTo((13482.5 / 16384) * 360 - 180, 9)
  expect(readTile(null, here, traced).paths.size).toBe(0)
})

test('the corner of a tile is where Web Mercator has it', () => {
  expect(placeOf({ z: 0, x: 0, y: 0 }, [0.5, 0.5])).toEqual([0, 0])
  expect(placeOf({ z: 0, x: 0, y: 0 }, [0, 0])[0]).toBeCloseTo(85.0511287798, 9)
})

test('a view is covered by tiles of its zoom, none of them twice or outside the world', () => {
  expect([3, 10.4, 10.6, 15, 18].map((zoom) => tileZoom(zoom, 14))).toEqual([2, 9, 10, 14, 14])
  expect(tilesIn(1, { west: -0.5, north: -0.5, east: 1.5, south: 1.5 })).toHaveLength(4)
  expect(tilesIn(2, { west: 0.3, north: 0.3, east: 0.6, south: 0.4 })).toEqual([
    { z: 2, x: 1, y: 1 },
    { z: 2, x: 2, y: 1 },
  ])
})

test('each tile is fetched once, an empty one too, and a wider one stands in until it comes', async () => {
  vi.stubGlobal('Path2D', Traced)
  const fetched = vi.fn(async (address: string) =>
    address.endsWith('/0/0/0') ? new Response(tile('roads', [street])) : new Response(null, { status: 204 }),
  )
  vi.stubGlobal('fetch', fetched)
  const tiles = new Tiles('tiles/base/{z}/{x}/{y}')
  const came = (): Promise<void> =>
    new Promise((done) => {
      tiles.onTile = done
    })
  let next = came()
  tiles.want([{ z: 0, x: 0, y: 0 }])
  await next
  expect(tiles.nearest({ z: 3, x: 5, y: 2 })?.z).toBe(0)
  next = came()
  tiles.want([{ z: 3, x: 5, y: 2 }])
  await next
  expect(tiles.nearest({ z: 3, x: 5, y: 2 })?.z).toBe(3)
  tiles.want([
    { z: 0, x: 0, y: 0 },
    { z: 3, x: 5, y: 2 },
  ])
  expect(fetched.mock.calls.map(([address]) => address)).toEqual(['api/tiles/base/0/0/0', 'api/tiles/base/3/5/2'])
})

test('many tiles that fail together are one problem, and are asked for again', async () => {
  const fetched = vi.fn(async () => new Response('{}', { status: 503 }))
  vi.stubGlobal('fetch', fetched)
  const tiles = new Tiles('tiles/base/{z}/{x}/{y}')
  const problems: unknown[] = []
  tiles.onProblem = (cause) => problems.push(cause)
  const wanted = tilesIn(1, { west: 0, north: 0, east: 0.9, south: 0.9 })
  tiles.want(wanted)
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(4))
  await new Promise((done) => setTimeout(done, 5))
  tiles.want(wanted)
  expect(fetched).toHaveBeenCalledTimes(8)
  expect(problems).toHaveLength(1)
})

test('roads grow with the zoom, and have edges only from near by', () => {
  expect(
    [5, 10, 12, 20].map((zoom) =>
      widthAt(
        [
          [10, 1],
          [14, 4],
        ],
        zoom,
      ),
    ),
  ).toEqual([1, 1, 2, 4])
  expect(new Set(roadStrokes(11).map((stroke) => stroke.colour))).toEqual(new Set(['minor', 'major']))
  const near = roadStrokes(17).filter((stroke) => stroke.key === 'roads/primary')
  expect(near.map((stroke) => stroke.colour)).toEqual(['major', 'road'])
  expect((near[0]?.width ?? 0) > (near[1]?.width ?? 0)).toBe(true)
  expect(thinStrokes(12).some((stroke) => stroke.key === 'roads/path')).toBe(false)
})

test('a name stands in the middle of a line, upright, and not where the line turns', () => {
  const back = alongLine(
    [
      { x: 300, y: 0 },
      { x: 0, y: 0 },
    ],
    60,
  )
  expect(back[0]).toMatchObject({ x: 150, y: 0, index: 0, share: 0.5 })
  expect(Math.abs(back[0]?.angle ?? 9)).toBe(0)
  expect(
    alongLine(
      [
        { x: 0, y: 0 },
        { x: 50, y: 0 },
        { x: 50, y: 50 },
      ],
      80,
    ),
  ).toEqual([])
  expect(
    alongLine(
      [
        { x: 0, y: 0 },
        { x: 40, y: 0 },
      ],
      60,
    ),
  ).toEqual([])
})

test('names give way to what is written already, are in the language of the page, and towns are left out', () => {
  const drawn: string[] = []
  const context = {
    measureText: (text: string) => ({ width: text.length * 12 }),
    fillText: (text: string) => drawn.push(text),
    strokeText: () => undefined,
    save: () => undefined,
    restore: () => undefined,
    translate: () => undefined,
    rotate: () => undefined,
  }
  const frame = {
    context: context as unknown as CanvasRenderingContext2D,
    at: (lat: number, lon: number) => ({ x: (lon - 116) * 1000, y: (36 - lat) * 1000 }),
    zoom: 15,
    target: 15,
    settled: true,
    width: 400,
    height: 400,
  } as unknown as Parameters<GroundNames['place']>[0]
  const point = (zh: string, en: string, lon: number) => ({ zh, en, kind: 'village', lat: 35.8, lon, from: 12 })
  const names = new GroundNames(new Set(['甲镇']))
  names.take([
    {
      ...here,
      paths: new Map(),
      lines: [],
      points: [point('甲镇', 'Jia', 116.05), point('乙村', 'Yi', 116.2), point('丙村', 'Bing', 116.35)],
    },
  ])
  const write = (language: 'zh' | 'en'): string[] => {
    setLanguage(language)
    drawn.length = 0
    names.place(frame, [rectAround(350, 200, 30, 30)], 'sans-serif')
    names.draw(frame)
    return [...drawn]
  }
  expect(write('zh')).toEqual(['乙村'])
  expect(write('en')).toEqual(['Yi'])
  setLanguage('zh')
  expect(overlap(rectAround(0, 0, 4, 4), rectAround(3, 0, 4, 4))).toBe(true)
})
