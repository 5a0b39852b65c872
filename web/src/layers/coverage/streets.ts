import { steps } from '../../api/minutes'
import { noWay, type Times } from '../../api/packed'
import type { Frame, Shift } from '../../map/canvas'
import { shade, type WalkColours } from '../../style/walk'
import { type Net, netZoom, type Spot } from './net'
import { type Door, type Stretches, within } from './reach'
import { Still } from './still'

type View = { left: number; top: number; right: number; bottom: number }
/** The paths of one view: all of its streets, and those of each limit that has been asked for. */
type Built = { view: View; seen: number[]; all: Path2D; near: Map<number, Path2D> }

/** Metres to the nearest street beyond which a site is not joined to the network. */
const snapMetres = 300
/** Below this zoom a line is a thread, and how it ends can't be seen. */
const fineFrom = 12
/** Round ends and an edge around the darker shades show from here on; farther out they would cost half of a frame. */
const roundFrom = 15

/** Streets painted by walking time, a path for each class; nothing is built that the view, times and limits did not change. */
export class StreetPainter {
  private secs: Uint16Array | null = null
  private pace = 1
  private doors = new Map<number, Door[]>()
  private built: Built | null = null
  private readonly still = new Still()

  constructor(private readonly net: Net) {}

  /** `sites` are the positions of the sites that count, in the net's own plane; `unit` is a metre there. */
  setTimes(times: Times, pace: number, sites: readonly Spot[], unit: number): void {
    this.secs = times.secs
    this.pace = pace
    this.built?.near.clear()
    this.doors = new Map()
    for (const site of sites) {
      const found = this.net.nearest(site, snapMetres * unit)
      if (!found) continue
      const doors = this.doors.get(found.street) ?? []
      doors.push({ share: found.share, secs: found.away / unit / pace })
      this.doors.set(found.street, doors)
    }
  }

  /** `quiet` leaves the colours away, where something else is to be seen. */
  paint(frame: Frame, limits: readonly number[], colours: WalkColours, quiet: boolean): void {
    const { context, shift, zoom } = frame
    const plane = this.plane(shift)
    const built = this.prepare({
      left: -plane.x / plane.scale,
      top: -plane.y / plane.scale,
      right: (frame.width - plane.x) / plane.scale,
      bottom: (frame.height - plane.y) / plane.scale,
    })
    const width = streetWidth(zoom)
    const [fine, round] = [zoom >= fineFrom, zoom >= roundFrom]
    const stroke = (on: CanvasRenderingContext2D, path: Path2D, colour: string, pixels: number): void => {
      on.save()
      on.translate(plane.x, plane.y)
      on.scale(plane.scale, plane.scale)
      on.lineJoin = round ? 'round' : 'bevel'
      on.lineCap = round ? 'round' : fine ? 'square' : 'butt'
      on.strokeStyle = colour
      on.lineWidth = pixels / plane.scale
      on.stroke(path)
      on.restore()
    }
    // While the minutes are dragged nothing changes about the streets themselves.
    this.still.draw(frame, colours.beyond, (on) => stroke(on, built.all, colours.beyond, Math.max(0.8, width * 0.5)))
    if (quiet || !this.secs) return
    const layers = limits.map((limit, i) => ({ path: this.near(built, limit), from: i > 0 ? (limits[i - 1] ?? 0) : 0 }))
    for (const { path, from } of layers) {
      if (round || from < 10) stroke(context, path, colours.edge, width + (fine ? 2 : 1.2))
    }
    for (const { path, from } of layers.reverse()) stroke(context, path, colours.near[shade(from)], width)
  }

  private plane({ scale, x, y }: Shift): Shift {
    const { origin } = this.net
    return { scale: scale / 2 ** netZoom, x: x + origin.x * scale, y: y + origin.y * scale }
  }

  /** Paths reach half a view farther than is seen, so that dragging the map builds nothing. */
  private prepare(view: View): Built {
    if (this.built && contains(this.built.view, view)) return this.built
    const [padX, padY] = [(view.right - view.left) / 2, (view.bottom - view.top) / 2]
    const wide = {
      left: view.left - padX,
      top: view.top - padY,
      right: view.right + padX,
      bottom: view.bottom + padY,
    }
    const seen = this.net.within(wide.left, wide.top, wide.right, wide.bottom)
    const all = new Path2D()
    for (const street of seen) this.addStretch(all, street, 0, 1)
    this.built = { view: wide, seen, all, near: new Map() }
    return this.built
  }

  /**
   * What of the streets is within the limit, except streets that the class before takes whole: nearer classes are drawn
   * over farther ones. It depends on no other limit, so that a dragged slider builds one path and not four.
   */
  private near({ near, seen }: Built, limit: number): Path2D {
    const known = near.get(limit)
    if (known) return known
    const path = new Path2D()
    const before = steps.filter((step) => step < limit).at(-1)
    const found: Stretches = []
    for (const street of seen) {
      const a = this.secsAt(this.net.from[street] ?? 0)
      const b = this.secsAt(this.net.to[street] ?? 0)
      const whole = (this.net.metres[street] ?? 0) / this.pace
      if (before !== undefined && (a + b + whole) / 2 <= before * 60) continue
      within(a, b, whole, this.doors.get(street), limit * 60, found)
      for (let k = 0; k + 1 < found.length; k += 2) this.addStretch(path, street, found[k] ?? 0, found[k + 1] ?? 1)
    }
    near.set(limit, path)
    return path
  }

  private secsAt(node: number): number {
    const secs = this.secs?.[node] ?? noWay
    return secs === noWay ? Number.POSITIVE_INFINITY : secs
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
    for (let k = first; k + 1 < end; k++) length += this.net.step(k)
    const [begin, finish] = [from * length, to * length]
    let passed = 0
    let drawing = false
    for (let k = first; k + 1 < end; k++) {
      const step = this.net.step(k)
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
