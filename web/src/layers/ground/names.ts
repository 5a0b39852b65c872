// The names of the base map: villages, lakes, parks, rivers, streets. They are placed after everything that Yimi itself
// writes and stand only where nothing else does.
import type { Frame } from '../../map/canvas'
import type { GroundPalette } from '../../style/colours'
import { language } from '../../text/language'
import { overlap, type Rect, rectAround } from '../labels'
import type { Underlay } from '../painter'
import { alongLine } from './along'
import type { GroundTile, Named, NamedLine, NamedPoint } from './tile'

/** A name that found room. */
type Written = { text: string; lat: number; lon: number; angle: number; size: number; weight: number; colour: string }
type Manner = { size: number; weight: number; colour: string; from: number }

const settlement: Readonly<Record<string, Manner>> = {
  city: { size: 14, weight: 600, colour: 'name', from: 5 },
  town: { size: 13, weight: 600, colour: 'name', from: 8 },
  suburb: { size: 12.5, weight: 500, colour: 'name', from: 11 },
  village: { size: 12, weight: 400, colour: 'name', from: 12.5 },
  hamlet: { size: 11.5, weight: 400, colour: 'name', from: 13.5 },
  neighbourhood: { size: 12, weight: 400, colour: 'name', from: 13.5 },
  lake: { size: 12, weight: 400, colour: 'water-name', from: 11 },
  park: { size: 11.5, weight: 400, colour: 'green-name', from: 13.5 },
}
const streets: Manner = { size: 11.5, weight: 400, colour: 'name', from: 14.75 }
const rivers: Manner = { size: 12, weight: 400, colour: 'water-name', from: 10.5 }
const fields: ReadonlySet<string> = new Set(['path', 'track', 'service', 'rail'])
/** The same name is written again only so many pixels farther on. */
const apart = 480

const order = Object.keys(settlement)

export class GroundNames implements Underlay {
  version = 0
  colours: GroundPalette = {}
  private points: readonly NamedPoint[] = []
  private lines: readonly NamedLine[] = []
  private written: Written[] = []
  private font = 'sans-serif'
  private tiles: readonly GroundTile[] = []

  /** `written` are names that are on the map already: those of the towns. */
  constructor(private readonly already: ReadonlySet<string>) {}

  take(tiles: readonly GroundTile[]): void {
    if (tiles.length === this.tiles.length && tiles.every((tile, i) => tile === this.tiles[i])) return
    this.tiles = tiles
    const fresh = ({ zh, en }: Named): boolean => !this.already.has(zh) && !this.already.has(en)
    const points = tiles.flatMap((tile) => tile.points).filter(fresh)
    // larger ones first, and those of one kind always in the same order, so that the same ones win at every move
    this.points = points.sort(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.from - b.from || (a.zh < b.zh ? -1 : 1),
    )
    const spread = ({ line }: NamedLine): number => {
      const [first, last] = [line[0], line[line.length - 1]]
      return first && last ? Math.hypot(first[0] - last[0], first[1] - last[1]) : 0
    }
    this.lines = tiles.flatMap((tile) => tile.lines).sort((a, b) => spread(b) - spread(a))
    this.version++
  }

  place(frame: Frame, taken: readonly Rect[], font: string): void {
    this.font = font
    this.written = []
    const occupied = [...taken]
    const spots = new Map<string, { x: number; y: number }[]>()
    for (const point of this.points) this.point(frame, point, occupied, spots)
    for (const line of this.lines) this.line(frame, line, occupied, spots)
  }

  draw({ context, at, width, height }: Frame): void {
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = 3
    context.strokeStyle = this.colours.halo ?? ''
    for (const name of this.written) {
      const { x, y } = at(name.lat, name.lon)
      if (x < -100 || y < -100 || x > width + 100 || y > height + 100) continue
      context.save()
      context.translate(x, y)
      context.rotate(name.angle)
      context.font = this.fontOf(name)
      context.fillStyle = this.colours[name.colour] ?? ''
      context.strokeText(name.text, 0, 0)
      context.fillText(name.text, 0, 0)
      context.restore()
    }
  }

  private fontOf({ size, weight }: { size: number; weight: number }): string {
    return `${weight} ${size}px ${this.font}`
  }

  private point(frame: Frame, point: NamedPoint, occupied: Rect[], spots: Spots): void {
    const manner = settlement[point.kind]
    if (!manner || frame.zoom < manner.from) return
    const { x, y } = frame.at(point.lat, point.lon)
    if (!near(frame, x, y)) return
    const text = spoken(point)
    const { width } = this.measure(frame, text, manner)
    const rect = rectAround(x, y, width + 8, manner.size + 6)
    if (occupied.some((other) => overlap(rect, other)) || isNear(spots, text, x, y)) return
    occupied.push(rect)
    this.write(text, point.lat, point.lon, 0, manner)
    note(spots, text, x, y)
  }

  private line(frame: Frame, named: NamedLine, occupied: Rect[], spots: Spots): void {
    const water = ['river', 'canal', 'stream', 'ditch'].includes(named.kind)
    const manner = water ? rivers : streets
    if (frame.zoom < manner.from || fields.has(named.kind)) return
    const screen = named.line.map(([lat, lon]) => frame.at(lat, lon))
    const text = spoken(named)
    const { width } = this.measure(frame, text, manner)
    for (const { x, y, angle, index, share } of alongLine(screen, width + 16)) {
      if (!near(frame, x, y) || isNear(spots, text, x, y)) continue
      const rects = boxes(x, y, angle, width + 6, manner.size + 4)
      if (rects.some((rect) => occupied.some((other) => overlap(rect, other)))) continue
      const [from, to] = [named.line[index], named.line[index + 1]]
      if (!from || !to) continue
      occupied.push(...rects)
      this.write(text, from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, angle, manner)
      note(spots, text, x, y)
    }
  }

  private measure({ context }: Frame, text: string, manner: Manner): TextMetrics {
    context.font = this.fontOf(manner)
    return context.measureText(text)
  }

  private write(text: string, lat: number, lon: number, angle: number, { size, weight, colour }: Manner): void {
    this.written.push({ text, lat, lon, angle, size, weight, colour })
  }
}

type Spots = Map<string, { x: number; y: number }[]>

function spoken({ zh, en }: Named): string {
  return language() === 'zh' ? zh : en
}

/** Names are placed for somewhat more than the view, since they are not placed anew while the map is dragged. */
function near({ width, height }: Frame, x: number, y: number): boolean {
  return x > -width * 0.2 && y > -height * 0.2 && x < width * 1.2 && y < height * 1.2
}

function isNear(spots: Spots, text: string, x: number, y: number): boolean {
  return (spots.get(text) ?? []).some((spot) => Math.hypot(spot.x - x, spot.y - y) < apart)
}

function note(spots: Spots, text: string, x: number, y: number): void {
  spots.set(text, [...(spots.get(text) ?? []), { x, y }])
}

/** Boxes that together cover a turned text, so that a slanting name does not take the room of all its bounding box. */
function boxes(x: number, y: number, angle: number, width: number, height: number): Rect[] {
  const count = Math.max(1, Math.ceil(width / height))
  const step = width / count
  return Array.from({ length: count }, (_, i) => {
    const along = (i - (count - 1) / 2) * step
    return rectAround(x + Math.cos(angle) * along, y + Math.sin(angle) * along, height, height)
  })
}
