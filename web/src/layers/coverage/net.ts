import type L from 'leaflet'
import { degrees, type Streets } from '../../api/packed'

/** Pixels of the world at this zoom, counted from the middle of the network, fit 32-bit floats down to a hundredth. */
export const netZoom = 14
export type Spot = { x: number; y: number }

/** The streets as lines on the plane of the map, projected once, each with its box so that those out of sight cost nothing. */
export class Net {
  /** Where all coordinates are counted from, in world pixels of zoom 0. */
  readonly origin: Spot
  readonly count: number
  /** How long a metre is on the plane. */
  readonly metre: number
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly metres: Float32Array
  /** Points of street i are `start[i]` up to `start[i + 1]`, each x, y. */
  readonly start: Uint32Array
  readonly xy: Float32Array
  /** Left, top, right, bottom of each street. */
  readonly boxes: Float32Array
  /** Streets by the squares that their boxes touch, made when a place is first looked up. */
  private squares: Map<string, number[]> | null = null

  constructor(map: L.Map, { nodes, edges, points }: Streets) {
    this.count = edges.length / 4
    const inner = points.length / 2
    this.from = new Uint32Array(this.count)
    this.to = new Uint32Array(this.count)
    this.metres = new Float32Array(this.count)
    this.start = new Uint32Array(this.count + 1)
    this.xy = new Float32Array(2 * (inner + 2 * this.count))
    this.boxes = new Float32Array(4 * this.count)
    const scale = 2 ** netZoom
    const middle = map.project([(nodes[1] ?? 0) * degrees, (nodes[0] ?? 0) * degrees], 0)
    this.origin = { x: middle.x, y: middle.y }
    const latitude = ((nodes[1] ?? 0) * degrees * Math.PI) / 180
    this.metre = (scale * 256) / (40_075_017 * Math.cos(latitude))
    const flat = (lonLat: Int32Array): Float32Array => {
      const out = new Float32Array(lonLat.length)
      for (let i = 0; i < lonLat.length; i += 2) {
        const p = map.project([(lonLat[i + 1] ?? 0) * degrees, (lonLat[i] ?? 0) * degrees], 0)
        out[i] = (p.x - middle.x) * scale
        out[i + 1] = (p.y - middle.y) * scale
      }
      return out
    }
    const [nodeXY, innerXY] = [flat(nodes), flat(points)]
    let at = 0
    const put = (source: Float32Array, index: number): void => {
      this.xy[at++] = source[2 * index] ?? 0
      this.xy[at++] = source[2 * index + 1] ?? 0
    }
    for (let i = 0; i < this.count; i++) {
      const [a = 0, b = 0, mm = 0, first = 0] = edges.subarray(4 * i, 4 * i + 4)
      const end = i + 1 < this.count ? (edges[4 * i + 7] ?? inner) : inner
      this.from[i] = a
      this.to[i] = b
      this.metres[i] = mm / 1000
      this.start[i] = at / 2
      put(nodeXY, a)
      for (let k = first; k < end; k++) put(innerXY, k)
      put(nodeXY, b)
      this.measure(i, at / 2)
    }
    this.start[this.count] = at / 2
  }

  private measure(street: number, end: number): void {
    const box = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let k = this.start[street] ?? 0; k < end; k++) {
      const [x = 0, y = 0] = this.xy.subarray(2 * k, 2 * k + 2)
      box[0] = Math.min(box[0] ?? x, x)
      box[1] = Math.min(box[1] ?? y, y)
      box[2] = Math.max(box[2] ?? x, x)
      box[3] = Math.max(box[3] ?? y, y)
    }
    this.boxes.set(box, 4 * street)
  }

  /** Streets whose box touches this one. */
  within(left: number, top: number, right: number, bottom: number): number[] {
    const found: number[] = []
    const { boxes } = this
    for (let i = 0; i < this.count; i++) {
      if ((boxes[4 * i + 2] ?? 0) < left || (boxes[4 * i] ?? 0) > right) continue
      if ((boxes[4 * i + 3] ?? 0) < top || (boxes[4 * i + 1] ?? 0) > bottom) continue
      found.push(i)
    }
    return found
  }

  /** Length from point k to the next one. */
  step(k: number): number {
    const { xy } = this
    return Math.hypot((xy[2 * k + 2] ?? 0) - (xy[2 * k] ?? 0), (xy[2 * k + 3] ?? 0) - (xy[2 * k + 1] ?? 0))
  }

  /** Where positions lie on the plane. */
  place(map: L.Map, positions: readonly { lat: number; lon: number }[]): Spot[] {
    const scale = 2 ** netZoom
    return positions.map(({ lat, lon }) => {
      const p = map.project([lat, lon], 0)
      return { x: (p.x - this.origin.x) * scale, y: (p.y - this.origin.y) * scale }
    })
  }

  /** Adds a part of a street, from one share of its length to another, to a path in the plane of the net. */
  trace(path: Path2D, street: number, from: number, to: number): void {
    const { xy, start } = this
    const [first, end] = [start[street] ?? 0, start[street + 1] ?? 0]
    if (from <= 0 && to >= 1) {
      path.moveTo(xy[2 * first] ?? 0, xy[2 * first + 1] ?? 0)
      for (let k = first + 1; k < end; k++) path.lineTo(xy[2 * k] ?? 0, xy[2 * k + 1] ?? 0)
      return
    }
    let length = 0
    for (let k = first; k + 1 < end; k++) length += this.step(k)
    const [begin, finish] = [from * length, to * length]
    let passed = 0
    let drawing = false
    for (let k = first; k + 1 < end; k++) {
      const step = this.step(k)
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = xy.subarray(2 * k, 2 * k + 4)
      if (step > 0 && passed + step > begin && passed < finish) {
        const p = Math.max(0, (begin - passed) / step)
        const q = Math.min(1, (finish - passed) / step)
        if (!drawing) path.moveTo(x0 + p * (x1 - x0), y0 + p * (y1 - y0))
        path.lineTo(x0 + q * (x1 - x0), y0 + q * (y1 - y0))
        drawing = true
      }
      passed += step
    }
  }

  /** The place on the nearest street, as its share of the street's length; null farther than `reach` away. */
  nearest(spot: Spot, reach: number): { street: number; share: number; away: number } | null {
    let best: { street: number; share: number; away: number } | null = null
    let least = reach
    this.squares ??= this.intoSquares()
    for (const key of touched(spot.x - reach, spot.y - reach, spot.x + reach, spot.y + reach)) {
      for (const i of this.squares.get(key) ?? []) {
        const [l = 0, t = 0, r = 0, b = 0] = this.boxes.subarray(4 * i, 4 * i + 4)
        if (spot.x < l - least || spot.x > r + least || spot.y < t - least || spot.y > b + least) continue
        const found = this.nearestOn(i, spot)
        if (found.away >= least) continue
        least = found.away
        best = { street: i, ...found }
      }
    }
    return best
  }

  private intoSquares(): Map<string, number[]> {
    const squares = new Map<string, number[]>()
    for (let i = 0; i < this.count; i++) {
      const [l = 0, t = 0, r = 0, b = 0] = this.boxes.subarray(4 * i, 4 * i + 4)
      for (const key of touched(l, t, r, b)) {
        const streets = squares.get(key)
        if (streets) streets.push(i)
        else squares.set(key, [i])
      }
    }
    return squares
  }

  private nearestOn(street: number, spot: Spot): { share: number; away: number } {
    const { xy } = this
    let [passed, at, away] = [0, 0, Number.POSITIVE_INFINITY]
    for (let k = this.start[street] ?? 0; k + 1 < (this.start[street + 1] ?? 0); k++) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = xy.subarray(2 * k, 2 * k + 4)
      const [dx, dy] = [x1 - x0, y1 - y0]
      const length = Math.hypot(dx, dy)
      const along = length > 0 ? ((spot.x - x0) * dx + (spot.y - y0) * dy) / (length * length) : 0
      const share = Math.min(1, Math.max(0, along))
      const gap = Math.hypot(x0 + share * dx - spot.x, y0 + share * dy - spot.y)
      if (gap < away) {
        away = gap
        at = passed + share * length
      }
      passed += length
    }
    return { share: passed > 0 ? at / passed : 0, away }
  }
}

/** Pixels of `netZoom` along the side of a square: about half a kilometre. */
const side = 64

/** Names of the squares that a box touches. */
function* touched(left: number, top: number, right: number, bottom: number): Generator<string> {
  for (let x = Math.floor(left / side); x <= Math.floor(right / side); x++) {
    for (let y = Math.floor(top / side); y <= Math.floor(bottom / side); y++) yield `${x},${y}`
  }
}
