import type L from 'leaflet'
import type { Position } from '../../api/siting'
import { type Frame, FrameCanvas } from '../../map/canvas'
import { type Palette, palette } from '../../style/colours'
import { CandidatePainter, type Source } from './candidates'
import { type Marker, type MarkerChoices, Markers } from './markers'

export type { Marker }

export type SitingSeen = {
  /** Possible spots while they are looked through. */
  candidates: Source | null
  /** The best plan so far while it is still being searched. */
  found: readonly Position[]
  forbidden: readonly Position[]
  /** Another spot for one of the plan, and the spot it would stand in for. */
  instead: { from: Position; to: Position } | null
  markers: readonly Marker[]
}

export const nothingSeen: SitingSeen = { candidates: null, found: [], forbidden: [], instead: null, markers: [] }

/** Siting on the map: possible spots, the plan as it is found, and the chosen spots as markers that can be dragged. */
export class SitingLayer {
  private readonly canvas: FrameCanvas
  private readonly markers: Markers
  private seen: SitingSeen = nothingSeen
  private painter: CandidatePainter | null = null
  private colours: { of: Palette; dark: boolean } | null = null

  constructor(
    private readonly map: L.Map,
    choices: MarkerChoices,
  ) {
    this.canvas = new FrameCanvas(map, (frame) => this.paint(frame))
    this.markers = new Markers(map, choices)
  }

  add(): void {
    this.canvas.add()
    this.markers.add()
  }

  remove(): void {
    this.canvas.remove()
    this.markers.remove()
  }

  show(seen: SitingSeen): void {
    if (seen.candidates !== this.seen.candidates)
      this.painter = seen.candidates && new CandidatePainter(this.map, seen.candidates)
    this.seen = seen
    this.markers.show(seen.markers)
    this.canvas.request()
  }

  private paint(frame: Frame): void {
    const { context, at } = frame
    const { accent, rim, surface, ink } = this.palette()
    this.painter?.paint(context, frame.shift, frame, { line: accent, rim: surface })
    for (const spot of this.seen.forbidden) cross(context, at(spot.lat, spot.lon), ink, rim)
    for (const spot of this.seen.found) ring(context, at(spot.lat, spot.lon), accent, surface)
    const { instead } = this.seen
    if (instead)
      arrow(context, at(instead.from.lat, instead.from.lon), at(instead.to.lat, instead.to.lon), ink, surface)
    this.markers.place(at)
  }

  private palette(): Palette {
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
    if (this.colours?.dark !== dark) this.colours = { of: palette(), dark }
    return this.colours.of
  }
}

type Pixel = { x: number; y: number }

function ring(context: CanvasRenderingContext2D, { x, y }: Pixel, line: string, fill: string): void {
  context.save()
  context.beginPath()
  context.arc(x, y, 12, 0, Math.PI * 2)
  context.globalAlpha = 0.75
  context.fillStyle = fill
  context.fill()
  context.globalAlpha = 1
  context.lineWidth = 3
  context.strokeStyle = line
  context.setLineDash([5, 3.5])
  context.stroke()
  context.restore()
}

function cross(context: CanvasRenderingContext2D, { x, y }: Pixel, line: string, rim: string): void {
  const path = new Path2D(`M${x - 7} ${y - 7}L${x + 7} ${y + 7}M${x + 7} ${y - 7}L${x - 7} ${y + 7}`)
  context.save()
  context.lineCap = 'round'
  context.strokeStyle = rim
  context.lineWidth = 7
  context.stroke(path)
  context.strokeStyle = line
  context.lineWidth = 3
  context.stroke(path)
  context.restore()
}

/** A dashed line to the stand-in and a dot at its end. */
function arrow(context: CanvasRenderingContext2D, from: Pixel, to: Pixel, line: string, rim: string): void {
  context.save()
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(to.x, to.y)
  context.strokeStyle = rim
  context.lineWidth = 6
  context.stroke()
  context.setLineDash([7, 6])
  context.strokeStyle = line
  context.lineWidth = 2.5
  context.stroke()
  context.setLineDash([])
  context.beginPath()
  context.arc(to.x, to.y, 8, 0, Math.PI * 2)
  context.fillStyle = rim
  context.fill()
  context.stroke()
  context.restore()
}
