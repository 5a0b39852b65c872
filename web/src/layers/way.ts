import type L from 'leaflet'
import { type Frame, FrameCanvas } from '../map/canvas'
import { type WalkColours, walkColours } from '../style/walk'
import { type Drawable, drawLine, drawSigns } from './way_marks'

export type WayLook = {
  /** Where one starts, with how far off that may be. */
  origin: { lat: number; lon: number; accuracy: number | null } | null
  way: Drawable | null
  /** The other way, drawn faintly under it. */
  other: Drawable | null
}

/** How somebody goes, under the symbols of the sites; where they stand and what they cross, above all. */
export class WayLayer {
  private readonly line: FrameCanvas
  private readonly signs: FrameCanvas
  private look: WayLook = { origin: null, way: null, other: null }
  private added = false

  constructor(map: L.Map) {
    this.line = new FrameCanvas(map, (frame) => this.paintLine(frame), true)
    this.signs = new FrameCanvas(map, (frame) => this.paintSigns(frame))
  }

  /** There is no canvas for as long as there is nothing to draw. */
  show(look: Partial<WayLook>): void {
    this.look = { ...this.look, ...look }
    const { origin, way } = this.look
    if ((origin || way) && !this.added) {
      this.added = true
      this.line.add()
      this.signs.add()
    }
    if (!this.added) return
    this.line.request()
    this.signs.request()
  }

  remove(): void {
    if (this.added) for (const canvas of [this.line, this.signs]) canvas.remove()
    this.added = false
  }

  private paintLine(frame: Frame): void {
    const colours = walkColours()
    const { way, other } = this.look
    if (other) drawFaint(frame, other, colours)
    if (way) drawLine(frame, way, colours)
  }

  private paintSigns(frame: Frame): void {
    const colours = walkColours()
    const { origin, way } = this.look
    if (way) drawSigns(frame, way, colours)
    if (origin) this.drawOrigin(frame, origin, colours)
  }

  private drawOrigin(frame: Frame, { lat, lon, accuracy }: NonNullable<WayLook['origin']>, colours: WalkColours): void {
    const { context } = frame
    const { x, y } = frame.at(lat, lon)
    const metres = accuracy ?? 0
    const radius = (metres * frame.shift.scale * 256) / (40_075_017 * Math.cos((lat * Math.PI) / 180))
    context.save()
    if (radius > 12 && radius < Math.max(frame.width, frame.height)) {
      context.beginPath()
      context.arc(x, y, radius, 0, Math.PI * 2)
      context.globalAlpha = 0.14
      context.fillStyle = colours.here
      context.fill()
      context.globalAlpha = 1
    }
    context.beginPath()
    context.arc(x, y, 9, 0, Math.PI * 2)
    context.shadowColor = 'rgb(20 18 10 / 40%)'
    context.shadowBlur = 6
    context.fillStyle = colours.wayRim
    context.fill()
    context.shadowBlur = 0
    context.beginPath()
    context.arc(x, y, 6.5, 0, Math.PI * 2)
    context.fillStyle = colours.here
    context.fill()
    context.restore()
  }
}

function drawFaint({ context, at }: Frame, { geometry }: Drawable, colours: WalkColours): void {
  context.save()
  context.lineJoin = context.lineCap = 'round'
  context.beginPath()
  for (const [lon, lat] of geometry.coordinates) {
    const { x, y } = at(lat, lon)
    context.lineTo(x, y)
  }
  context.strokeStyle = colours.wayRim
  context.lineWidth = 6
  context.stroke()
  context.strokeStyle = colours.wayFaint
  context.lineWidth = 3
  context.setLineDash([2, 7])
  context.stroke()
  context.restore()
}
