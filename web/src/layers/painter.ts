import type { County } from '../api/county'
import type { Place } from '../api/places'
import type { Frame } from '../map/canvas'
import { type Palette, palette } from '../style/colours'
import { symbolSize } from '../style/shapes'
import { nameOf, t } from '../text/language'
import type { Mark } from './clusters'
import { type Offset, placeLabels, type Rect, rectAround, type Wanted } from './labels'
import { groupRadius, Sprites } from './sprites'

export type SitesShown = {
  places: readonly Place[]
  selected: Place | null
  pointed: Place | null
  /** All of them are the answer to a question (what counts towards a target), and each gets a halo. */
  haloed: boolean
  /** They stand in a painted map, each on its own and small, so that they do not hide what is around them. */
  apart: boolean
  /** Those that would not count; they are grey. */
  closed: ReadonlySet<number>
}

/** Names of the base map: they give way to all that this painter writes, and are drawn under all of it. */
export type Underlay = {
  /** Another number when there are other names to place. */
  readonly version: number
  place(frame: Frame, taken: readonly Rect[], font: string): void
  draw(frame: Frame): void
}

type Where = { x: number; y: number; halfWidth: number; halfHeight: number }
/** What lies on the canvas and where, for finding it under a pointer. */
export type Drawn = Where & ({ what: 'mark'; mark: Mark } | { what: 'town'; code: string })

type Label = { text: string; lat: number; lon: number; town: string | null; dx: number; dy: number; width: number }

const half = symbolSize / 2
const townsFrom = 8.5
const namesFrom = 15

/** Draws one frame: groups and symbols from north to south, then names, then what is chosen. */
export class SitePainter {
  private colours: Palette | null = null
  private sprites: Sprites | null = null
  private dark: boolean | null = null
  private ratio = 0
  /** How much larger than usual the page writes; the map follows, up to half as much again. */
  private type = 1
  private font = 'sans-serif'
  private labels: Label[] = []
  private labelled: { marks: readonly Mark[]; zoom: number; language: string; under: number } | null = null
  under: Underlay | null = null

  constructor(private readonly county: County) {}

  paint(frame: Frame, marks: readonly Mark[], shown: SitesShown): Drawn[] {
    const { colours, sprites } = this.pictures()
    this.layOut(frame, marks)
    this.under?.draw(frame)
    const drawn: Drawn[] = []
    const chosen = [shown.pointed, shown.selected].filter((place): place is Place => place !== null)
    const sorted = [...marks].sort((a, b) => b.lat - a.lat)
    for (const mark of sorted) {
      const { x, y } = frame.at(mark.lat, mark.lon)
      if (x < -40 || y < -40 || x > frame.width + 40 || y > frame.height + 40) continue
      if (shown.haloed)
        halo(frame.context, x, y, mark.what === 'group' ? groupRadius(mark.count) + 9 : 23, colours.gold)
      const sprite =
        mark.what === 'place'
          ? sprites.place(mark.place.kind, mark.place.demonstration, shown.closed.has(mark.place.id))
          : sprites.group(mark.count, mark.counts)
      const scale = shown.apart && mark.what === 'place' ? modest(frame.zoom) : 1
      stamp(frame.context, sprite.image, x, y, sprite.size * scale)
      const radius = mark.what === 'group' ? groupRadius(mark.count) + 2 : half * Math.max(0.5, scale)
      drawn.push({ what: 'mark', mark, x, y, halfWidth: radius, halfHeight: radius })
    }
    drawn.push(...this.drawLabels(frame, colours))
    for (const place of chosen) {
      const { x, y } = frame.at(place.lat, place.lon)
      const big = place === shown.selected
      if (big) halo(frame.context, x, y, 30, colours.accent)
      const sprite = sprites.place(place.kind, place.demonstration, shown.closed.has(place.id))
      stamp(frame.context, sprite.image, x, y, sprite.size * (big ? 1.3 : 1.15))
      const mark: Mark = { what: 'place', place, lat: place.lat, lon: place.lon }
      drawn.push({ what: 'mark', mark, x, y, halfWidth: half, halfHeight: half })
    }
    return drawn
  }

  private pictures(): { colours: Palette; sprites: Sprites } {
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
    const type = Math.min(1.5, Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16))
    const same = dark === this.dark && type === this.type && window.devicePixelRatio === this.ratio
    if (!this.colours || !this.sprites || !same) {
      this.type = type
      this.dark = dark
      this.ratio = window.devicePixelRatio
      this.font = getComputedStyle(document.body).fontFamily
      this.colours = palette()
      this.sprites = new Sprites(this.colours, this.county.pointKinds, this.font)
      this.labelled = null
    }
    return { colours: this.colours, sprites: this.sprites }
  }

  /** Chooses the places of names anew only when marks, zoom or language have changed, so that they stand still in a drag. */
  private layOut(frame: Frame, marks: readonly Mark[]): void {
    const language = t().lang
    const before = this.labelled
    if (before && !frame.settled) return
    const under = this.under?.version ?? 0
    const same = before && before.marks === marks && before.zoom === frame.zoom && before.under === under
    if (same && before.language === language) return
    this.labelled = { marks, zoom: frame.zoom, language, under }
    const { context } = frame
    const obstacles: Rect[] = marks.map((mark) => {
      const { x, y } = frame.at(mark.lat, mark.lon)
      const size = mark.what === 'group' ? groupRadius(mark.count) * 2 + 2 : 30
      return rectAround(x, y, size, size)
    })
    const candidates: { label: Label; wanted: Wanted }[] = []
    const add = (text: string, lat: number, lon: number, town: string | null, near?: Wanted['tries']): void => {
      const width = context.measureText(text).width
      const { x, y } = frame.at(lat, lon)
      // A little more than the view, because names are not placed anew while the map is dragged.
      const reach = frame.width / 2
      if (x < -reach || y < -reach || x > frame.width + reach || y > frame.height + reach) return
      const tries = unclipped(near ?? triesAround(width), x, width, frame.width - buttonsOver(frame.width))
      const room = { width: width + 10, height: (town ? 20 : 18) * this.type }
      candidates.push({
        label: { text, lat, lon, town, dx: 0, dy: 0, width },
        wanted: { x, y, ...room, tries, insists: town !== null },
      })
    }
    if (frame.zoom >= townsFrom) {
      context.font = this.townFont()
      for (const town of this.county.towns) {
        const [lon = 0, lat = 0] = town.label
        add(brief(nameOf(town.name)), lat, lon, town.id)
      }
    }
    if (frame.zoom >= namesFrom) {
      context.font = this.siteFont()
      for (const mark of marks) {
        if (mark.what !== 'place') continue
        const text = shorten(nameOf(mark.place.name))
        const aside = context.measureText(text).width / 2 + 24
        add(text, mark.lat, mark.lon, null, [
          [0, 26],
          [aside, 0],
          [-aside, 0],
          [0, -26],
        ])
      }
    }
    const offsets = placeLabels(
      candidates.map((candidate) => candidate.wanted),
      obstacles,
    )
    this.labels = candidates.flatMap(({ label }, index) => {
      const offset = offsets[index]
      return offset ? [{ ...label, dx: offset[0], dy: offset[1] }] : []
    })
    const written = this.labels.map(({ lat, lon, dx, dy, width }) => {
      const { x, y } = frame.at(lat, lon)
      return rectAround(x + dx, y + dy, width + 10, 20 * this.type)
    })
    this.under?.place(frame, [...obstacles, ...written], this.font)
  }

  private townFont(): string {
    return `600 ${13.5 * this.type}px ${this.font}`
  }

  private siteFont(): string {
    return `500 ${12.5 * this.type}px ${this.font}`
  }

  private drawLabels({ context, at, zoom, width, height }: Frame, colours: Palette): Drawn[] {
    const drawn: Drawn[] = []
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = 3.5
    context.strokeStyle = colours.halo
    for (const label of this.labels) {
      if (label.town ? zoom < townsFrom : zoom < namesFrom) continue
      const point = at(label.lat, label.lon)
      const [x, y] = [point.x + label.dx, point.y + label.dy]
      if (x < -100 || y < -20 || x > width + 100 || y > height + 20) continue
      context.font = label.town ? this.townFont() : this.siteFont()
      context.fillStyle = label.town ? colours.muted : colours.ink
      context.strokeText(label.text, x, y)
      context.fillText(label.text, x, y)
      if (label.town) {
        drawn.push({ what: 'town', code: label.town, x, y, halfWidth: label.width / 2 + 4, halfHeight: 14 })
      }
    }
    return drawn
  }
}

/** Over a county, symbols make room for what is painted around them; in a street they have their full size. */
function modest(zoom: number): number {
  return Math.min(1, Math.max(0.3, 0.4 + 0.15 * (zoom - 11)))
}

/** On a map one reads Chenji, not Chenji Town; in Chinese the word belongs to the name. */
function brief(name: string): string {
  return name.replace(/ (Town|Township|Subdistrict)$/, '')
}

/** On a phone the buttons of the map stand in its right margin. */
function buttonsOver(width: number): number {
  return width < 800 ? 64 : 0
}

/** On the spot, else close by all round; never so far off that the name would seem to mean the next town. */
function triesAround(width: number): Offset[] {
  const tries: Offset[] = [[0, 0]]
  for (const gap of [22, 28, 36]) {
    const aside = width / 2 + gap - 6
    tries.push([0, -gap], [0, gap], [aside, 0], [-aside, 0])
    tries.push([aside * 0.7, -gap], [-aside * 0.7, -gap], [aside * 0.7, gap], [-aside * 0.7, gap])
  }
  return tries
}

/** Of a name that starts in sight, only the offsets that keep all of it in sight, if there are any. */
function unclipped(tries: readonly Offset[], x: number, width: number, room: number): readonly Offset[] {
  if (x < 0 || x > room) return tries
  const whole = tries.filter(([dx]) => x + dx - width / 2 > 4 && x + dx + width / 2 < room - 4)
  return whole.length > 0 ? whole : tries
}

function stamp(context: CanvasRenderingContext2D, image: HTMLCanvasElement, x: number, y: number, size: number): void {
  context.drawImage(image, x - size / 2, y - size / 2, size, size)
}

function halo(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.save()
  context.globalAlpha = 0.28
  context.fillStyle = colour
  context.beginPath()
  context.arc(x, y, radius, 0, Math.PI * 2)
  context.fill()
  context.restore()
}

function shorten(name: string): string {
  const chars = Array.from(name)
  return chars.length > 14 ? `${chars.slice(0, 13).join('')}…` : name
}
