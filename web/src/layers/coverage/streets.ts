import { noWay, type Times } from '../../api/packed'
import type { Shift } from '../../map/canvas'
import { shade, type WalkColours } from '../../style/walk'
import { type Net, netZoom, type Spot } from './net'
import { type Door, type Stretches, within } from './reach'

type Layer = { limit: number; path: Path2D }
type View = { left: number; top: number; right: number; bottom: number }

/** Metres to the nearest street beyond which a site is not joined to the network. */
const snapMetres = 300

/** Streets painted by walking time. Lines are gathered into one path per class, anew only when limit, times or view ask for it. */
export class StreetPainter {
  private secs: Uint16Array | null = null
  private pace = 1
  private doors = new Map<number, Door[]>()
  private built: { view: View; limits: string; beyond: Path2D; layers: Layer[] } | null = null

  constructor(private readonly net: Net) {}

  /** `sites` are the positions of the sites that count, in the net's own plane; `unit` is a metre there. */
  setTimes(times: Times, pace: number, sites: readonly Spot[], unit: number): void {
    this.secs = times.secs
    this.pace = pace
    this.built = null
    this.doors = new Map()
    for (const site of sites) {
      const found = this.net.nearest(site, snapMetres * unit)
      if (!found) continue
      const doors = this.doors.get(found.street) ?? []
      doors.push({ share: found.share, secs: found.away / unit / pace })
      this.doors.set(found.street, doors)
    }
  }

  paint(
    context: CanvasRenderingContext2D,
    shift: Shift,
    size: { width: number; height: number; zoom: number },
    limits: readonly number[],
    colours: WalkColours,
    quiet: boolean,
  ): void {
    if (!this.secs) return
    const scale = shift.scale / 2 ** netZoom
    const x = shift.x + this.net.origin.x * shift.scale
    const y = shift.y + this.net.origin.y * shift.scale
    const view = {
      left: -x / scale,
      top: -y / scale,
      right: (size.width - x) / scale,
      bottom: (size.height - y) / scale,
    }
    const { beyond, layers } = this.prepare(view, limits)
    const width = streetWidth(size.zoom)
    context.save()
    context.translate(x, y)
    context.scale(scale, scale)
    context.lineJoin = 'round'
    const stroke = (path: Path2D, colour: string, pixels: number): void => {
      context.strokeStyle = colour
      context.lineWidth = pixels / scale
      context.stroke(path)
    }
    context.lineCap = 'round'
    stroke(beyond, colours.beyond, Math.max(0.8, width * 0.5))
    if (quiet) {
      context.restore()
      return
    }
    const widest = layers.at(-1)
    if (widest) stroke(widest.path, colours.edge, width + (size.zoom < 12 ? 1.2 : 2))
    let outer = layers.length
    while (outer-- > 0) {
      const layer = layers[outer]
      const from = outer > 0 ? (limits[outer - 1] ?? 0) : 0
      if (layer) stroke(layer.path, colours.near[shade(from)], width)
    }
    context.restore()
  }

  /** Paths for the view and half of it around, so that dragging the map builds nothing. */
  private prepare(view: View, limits: readonly number[]): { beyond: Path2D; layers: Layer[] } {
    const key = limits.join()
    const known = this.built
    if (known && known.limits === key && contains(known.view, view)) return known
    const [padX, padY] = [(view.right - view.left) / 2, (view.bottom - view.top) / 2]
    const wide = {
      left: view.left - padX,
      top: view.top - padY,
      right: view.right + padX,
      bottom: view.bottom + padY,
    }
    const reuse = known && contains(known.view, view) ? known.view : wide
    this.built = { view: reuse, limits: key, ...this.build(reuse, limits) }
    return this.built
  }

  /**
   * A street lies in the path of every class that reaches any of it, the widest first, so that nearer colours are drawn
   * over farther ones; only where a nearer class takes all of it are the farther ones spared.
   */
  private build(view: View, limits: readonly number[]): { beyond: Path2D; layers: Layer[] } {
    const { net } = this
    const beyond = new Path2D()
    const layers = limits.map((limit) => ({ limit: limit * 60, path: new Path2D() }))
    const widest = layers.at(-1)
    const found: Stretches = []
    for (let i = 0; i < net.count; i++) {
      const box = 4 * i
      if ((net.boxes[box + 2] ?? 0) < view.left || (net.boxes[box] ?? 0) > view.right) continue
      if ((net.boxes[box + 3] ?? 0) < view.top || (net.boxes[box + 1] ?? 0) > view.bottom) continue
      const a = this.secsAt(net.from[i] ?? 0)
      const b = this.secsAt(net.to[i] ?? 0)
      const whole = (net.metres[i] ?? 0) / this.pace
      const doors = this.doors.get(i)
      let taken = false
      for (const layer of layers) {
        within(a, b, whole, doors, layer.limit, found)
        if (found.length === 0) continue
        const all = found[0] === 0 && found[1] === 1
        if (!taken || layer === widest) this.addStretches(layer.path, i, found)
        taken ||= all
      }
      if (!taken) this.addStretch(beyond, i, 0, 1)
    }
    return { beyond, layers }
  }

  private secsAt(node: number): number {
    const secs = this.secs?.[node] ?? noWay
    return secs === noWay ? Number.POSITIVE_INFINITY : secs
  }

  private addStretches(path: Path2D, street: number, stretches: Stretches): void {
    for (let k = 0; k + 1 < stretches.length; k += 2) {
      this.addStretch(path, street, stretches[k] ?? 0, stretches[k + 1] ?? 1)
    }
  }

  private addStretch(path: Path2D, street: number, from: number, to: number): void {
    const { xy, start } = this.net
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

  private step(k: number): number {
    const { xy } = this.net
    return Math.hypot((xy[2 * k + 2] ?? 0) - (xy[2 * k] ?? 0), (xy[2 * k + 3] ?? 0) - (xy[2 * k + 1] ?? 0))
  }
}

/** Thin over a county, as wide as a street in one. */
export function streetWidth(zoom: number): number {
  return Math.min(9, Math.max(1.5, 1.7 * 1.42 ** (zoom - 11)))
}

function contains(outer: View, inner: View): boolean {
  return (
    outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom
  )
}
