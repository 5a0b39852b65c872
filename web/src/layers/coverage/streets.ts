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
/** Places of sites that are remembered. */
const mostKept = 30_000
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
  /** Where sites were found to lie: most are asked for again whenever one of them moves. */
  private found = new Map<string, ReturnType<Net['nearest']>>()

  constructor(private readonly net: Net) {}

  /** `sites` are the positions of the sites that count, in the net's own plane; `unit` is a metre there. */
  setTimes(times: Times, pace: number, sites: readonly Spot[], unit: number): void {
    this.secs = times.secs
    this.pace = pace
    this.built?.near.clear()
    this.doors = new Map()
    for (const site of sites) {
      const found = this.street(site, snapMetres * unit)
      if (!found) continue
      const doors = this.doors.get(found.street) ?? []
      doors.push({ share: found.share, secs: found.away / unit / pace })
      this.doors.set(found.street, doors)
    }
  }

  private street(site: Spot, reach: number): ReturnType<Net['nearest']> {
    const key = `${site.x},${site.y}`
    const known = this.found.get(key)
    if (known !== undefined) return known
    if (this.found.size > mostKept) this.found.clear()
    const found = this.net.nearest(site, reach)
    this.found.set(key, found)
    return found
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
    const stroke = (on: CanvasRenderingContext2D, path: Path2D, colour: string, pixels: number): void =>
      this.stroke(on, frame, path, colour, pixels)
    // While the minutes are dragged nothing changes about the streets themselves.
    this.still.draw(frame, colours.beyond, (on) => stroke(on, built.all, colours.beyond, Math.max(0.8, width * 0.5)))
    if (quiet || !this.secs) return
    const layers = limits.map((limit, i) => ({ path: this.near(built, limit), from: i > 0 ? (limits[i - 1] ?? 0) : 0 }))
    for (const { path, from } of layers) {
      if (round || from < 10) stroke(context, path, colours.edge, width + (fine ? 2 : 1.2))
    }
    for (const { path, from } of layers.reverse()) stroke(context, path, colours.near[shade(from)], width)
  }

  /** What of one street is within the limit. */
  stretches(street: number, limit: number, out: Stretches): void {
    const { a, b, whole } = this.times(street)
    within(a, b, whole, this.doors.get(street), limit * 60, out)
  }

  private takesWhole(street: number, limit: number): boolean {
    const { a, b, whole } = this.times(street)
    return (a + b + whole) / 2 <= limit * 60
  }

  /** Seconds at either end, and from one end to the other. */
  private times(street: number): { a: number; b: number; whole: number } {
    const { from, to, metres } = this.net
    const whole = (metres[street] ?? 0) / this.pace
    return { a: this.secsAt(from[street] ?? 0), b: this.secsAt(to[street] ?? 0), whole }
  }

  /** Streets on which a site lies, each with what tells its sites apart. */
  get withDoors(): Map<number, string> {
    return new Map([...this.doors].map(([street, doors]) => [street, JSON.stringify(doors)]))
  }

  /** Strokes a path of the net's plane where the frame has it. */
  stroke(on: CanvasRenderingContext2D, { shift, zoom }: Frame, path: Path2D, colour: string, pixels: number): void {
    const plane = this.plane(shift)
    on.save()
    on.translate(plane.x, plane.y)
    on.scale(plane.scale, plane.scale)
    on.lineJoin = zoom >= roundFrom ? 'round' : 'bevel'
    on.lineCap = zoom >= roundFrom ? 'round' : zoom >= fineFrom ? 'square' : 'butt'
    on.strokeStyle = colour
    on.lineWidth = pixels / plane.scale
    on.stroke(path)
    on.restore()
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
    for (const street of seen) this.net.trace(all, street, 0, 1)
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
      if (before !== undefined && this.takesWhole(street, before)) continue
      this.stretches(street, limit, found)
      for (let k = 0; k + 1 < found.length; k += 2) this.net.trace(path, street, found[k] ?? 0, found[k + 1] ?? 1)
    }
    near.set(limit, path)
    return path
  }

  private secsAt(node: number): number {
    const secs = this.secs?.[node] ?? noWay
    return secs === noWay ? Number.POSITIVE_INFINITY : secs
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
