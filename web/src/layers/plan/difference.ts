import { type Cells, degrees } from '../../api/packed'
import type { Frame } from '../../map/canvas'
import type { PlanColours } from '../../style/plan'
import { dotRadius } from '../coverage/dots'
import type { Net } from '../coverage/net'
import { minus, type Stretches } from '../coverage/reach'
import { type StreetPainter, streetWidth } from '../coverage/streets'

type Paths = { gained: Path2D; lost: Path2D }

/** Streets that come within the limit or fall out of it, as one path each. */
export class StreetDifference {
  private paths: Paths | null = null
  private limit = 0

  constructor(
    private readonly net: Net,
    private readonly before: StreetPainter,
    private readonly after: StreetPainter,
  ) {}

  /** Something about the times has changed. */
  forget(): void {
    this.paths = null
  }

  paint(frame: Frame, limit: number, changed: readonly number[], colours: PlanColours): void {
    if (!this.paths || this.limit !== limit) this.paths = this.build(limit, changed)
    this.limit = limit
    const width = streetWidth(frame.zoom) + 1
    this.before.stroke(frame.context, frame, this.paths.lost, colours.lost, width)
    this.before.stroke(frame.context, frame, this.paths.gained, colours.gained, width)
  }

  /** Only streets with a changed end, or with another site on them than before, can differ. */
  private build(limit: number, changed: readonly number[]): Paths {
    const paths = { gained: new Path2D(), lost: new Path2D() }
    const was: Stretches = []
    const is: Stretches = []
    const rest: Stretches = []
    const look = (street: number): void => {
      this.before.stretches(street, limit, was)
      this.after.stretches(street, limit, is)
      minus(is, was, rest)
      for (let k = 0; k + 1 < rest.length; k += 2) this.net.trace(paths.gained, street, rest[k] ?? 0, rest[k + 1] ?? 1)
      minus(was, is, rest)
      for (let k = 0; k + 1 < rest.length; k += 2) this.net.trace(paths.lost, street, rest[k] ?? 0, rest[k + 1] ?? 1)
    }
    const ends = new Set(changed)
    const { from, to, count } = this.net
    const seen = (street: number): boolean => ends.has(from[street] ?? -1) || ends.has(to[street] ?? -1)
    if (ends.size > 0) for (let street = 0; street < count; street++) if (seen(street)) look(street)
    const [doorsBefore, doorsAfter] = [this.before.withDoors, this.after.withDoors]
    for (const street of new Set([...doorsBefore.keys(), ...doorsAfter.keys()])) {
      if (doorsBefore.get(street) !== doorsAfter.get(street) && !seen(street)) look(street)
    }
    return paths
  }
}

/** Children gained and lost, each cell a dot whose area is their number, the largest first. */
export function drawDifference(
  { context, at, zoom, width, height }: Frame,
  cells: Cells,
  difference: ReadonlyMap<number, number>,
  colours: PlanColours,
): void {
  const sorted = [...difference].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
  context.save()
  context.lineWidth = 1.5
  context.strokeStyle = colours.rim
  for (const [cell, children] of sorted) {
    const { x, y } = at((cells.lat[cell] ?? 0) * degrees, (cells.lon[cell] ?? 0) * degrees)
    const r = Math.max(1.5, dotRadius(Math.abs(children), zoom))
    if (x < -r || y < -r || x > width + r || y > height + r) continue
    context.fillStyle = children > 0 ? colours.gained : colours.lost
    context.beginPath()
    context.arc(x, y, r, 0, Math.PI * 2)
    context.fill()
    context.stroke()
  }
  context.restore()
}
