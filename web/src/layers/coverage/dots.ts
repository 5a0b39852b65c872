import type L from 'leaflet'
import { type Cells, degrees, type Times } from '../../api/packed'
import type { Shift } from '../../map/canvas'
import { shade, type WalkColours } from '../../style/walk'

/** Radius of a dot that stands for n children: its area is their number, whatever the zoom. */
export function dotRadius(children: number, zoom: number): number {
  return Math.sqrt(children) * 0.37 * 2 ** (Math.min(5, Math.max(-2, zoom - 11)) * 0.48)
}

/** Children who live beyond the limit as dots. Where there are no streets, those within it as cells in the colour of their time. */
export class DotPainter {
  private readonly x: Float64Array
  private readonly y: Float64Array
  /** Cells with children, the largest first, so that small dots are not hidden. */
  private readonly order: number[]
  private secs: Uint16Array | null = null
  private readonly stamps = new Stamps()

  constructor(
    map: L.Map,
    private readonly cells: Cells,
  ) {
    const n = cells.children.length
    this.x = new Float64Array(n)
    this.y = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const p = map.project([(cells.lat[i] ?? 0) * degrees, (cells.lon[i] ?? 0) * degrees], 0)
      this.x[i] = p.x
      this.y[i] = p.y
    }
    const size = (i: number): number => cells.children[i] ?? 0
    this.order = Array.from({ length: n }, (_, i) => i)
      .filter((i) => size(i) > 0)
      .sort((a, b) => size(b) - size(a))
  }

  setTimes(times: Times): void {
    this.secs = times.secs
  }

  paint(
    context: CanvasRenderingContext2D,
    { scale, x, y }: Shift,
    size: { width: number; height: number; zoom: number },
    limits: readonly number[],
    colours: WalkColours,
    alsoNear: boolean,
  ): void {
    const { secs } = this
    if (!secs) return
    const limit = (limits.at(-1) ?? 0) * 60
    const seen = (i: number, r: number, draw: (px: number, py: number) => void): void => {
      const [px, py] = [(this.x[i] ?? 0) * scale + x, (this.y[i] ?? 0) * scale + y]
      if (px > -r && py > -r && px < size.width + r && py < size.height + r) draw(px, py)
    }
    if (alsoNear) {
      const side = 4.5 * 2 ** (Math.min(5, Math.max(-2, size.zoom - 11)) * 0.8)
      for (const i of this.order) {
        const time = secs[i] ?? 0
        if (time > limit) continue
        const past = limits.findIndex((minutes) => time <= minutes * 60)
        context.fillStyle = colours.near[shade(past > 0 ? (limits[past - 1] ?? 0) : 0)]
        seen(i, side, (px, py) => context.fillRect(px - side, py - side, 2 * side, 2 * side))
      }
    }
    for (const i of this.order) {
      if ((secs[i] ?? 0) <= limit) continue
      const r = dotRadius(this.cells.children[i] ?? 0, size.zoom)
      const { image, half } = this.stamps.of(r, colours)
      seen(i, r, (px, py) => context.drawImage(image, px - half, py - half, 2 * half, 2 * half))
    }
  }
}

/** Dots drawn once for each size that differs by a quarter of a pixel, and stamped many times. */
class Stamps {
  private made = new Map<number, { image: HTMLCanvasElement; half: number }>()
  private drawnFor = ''

  of(radius: number, { children, childrenRim }: WalkColours): { image: HTMLCanvasElement; half: number } {
    const ratio = Math.min(3, window.devicePixelRatio || 1)
    const look = `${children} ${childrenRim} ${ratio}`
    if (look !== this.drawnFor || this.made.size > 500) {
      this.drawnFor = look
      this.made = new Map()
    }
    const r = Math.max(0.75, Math.round(radius * 4) / 4)
    const known = this.made.get(r)
    if (known) return known
    const half = Math.ceil(r + 1)
    const image = document.createElement('canvas')
    image.width = image.height = 2 * half * ratio
    const context = image.getContext('2d')
    if (context) {
      context.scale(ratio, ratio)
      context.translate(half, half)
      context.beginPath()
      context.arc(0, 0, r, 0, Math.PI * 2)
      context.fillStyle = children
      context.strokeStyle = childrenRim
      context.fill()
      context.stroke()
    }
    const stamp = { image, half }
    this.made.set(r, stamp)
    return stamp
  }
}
