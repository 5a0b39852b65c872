import type L from 'leaflet'
import type { Row } from '../../api/sheets'
import { type Frame, FrameCanvas } from '../../map/canvas'
import { verdictColours } from '../../style/verdicts'

const radius = 6
const slack = 12

/** The rows of a sheet as dots in the colours of their verdicts, ten thousand as smoothly as ten. */
export class RowDots {
  private readonly canvas: FrameCanvas
  private rows: readonly Row[] = []
  private chosen: number | null = null

  constructor(
    private readonly map: L.Map,
    private readonly press: (row: Row) => void,
  ) {
    this.canvas = new FrameCanvas(map, (frame) => this.paint(frame))
  }

  add(): void {
    this.canvas.add()
    this.map.on('click', this.onClick, this)
  }

  remove(): void {
    this.canvas.remove()
    this.map.off('click', this.onClick, this)
  }

  update(rows: readonly Row[], chosen: number | null): void {
    this.rows = rows
    this.chosen = chosen
    this.canvas.request()
  }

  private paint({ context, at, width, height }: Frame): void {
    const colours = verdictColours()
    context.lineWidth = 2
    context.strokeStyle = colours.rim
    // What is right lies under what somebody has to look at.
    for (const colour of ['green', 'amber', 'red'] as const) {
      context.fillStyle = colours[colour]
      for (const row of this.rows) {
        if (row.colour !== colour || row.lon === null || row.lat === null) continue
        const { x, y } = at(row.lat, row.lon)
        if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue
        const grown = row.line === this.chosen ? 5 : 0
        context.beginPath()
        // Another shape for each, so that colour is not all that tells them apart.
        if (colour === 'green') context.arc(x, y, radius + grown, 0, 2 * Math.PI)
        else if (colour === 'amber') polygon(context, x, y, radius + 2 + grown, 3)
        else polygon(context, x, y, radius + 2 + grown, 4)
        context.fill()
        context.stroke()
      }
    }
  }

  private onClick(event: L.LeafletMouseEvent): void {
    const { x, y } = event.containerPoint
    let best: Row | null = null
    let least = radius + slack
    for (const row of this.rows) {
      if (row.lon === null || row.lat === null) continue
      const point = this.map.latLngToContainerPoint([row.lat, row.lon])
      const gap = Math.hypot(point.x - x, point.y - y)
      if (gap < least) {
        best = row
        least = gap
      }
    }
    if (best) this.press(best)
  }
}

function polygon(context: CanvasRenderingContext2D, x: number, y: number, size: number, corners: number): void {
  for (let i = 0; i < corners; i++) {
    const angle = -Math.PI / 2 + (2 * Math.PI * i) / corners
    const [px, py] = [x + size * Math.cos(angle), y + size * Math.sin(angle)]
    if (i === 0) context.moveTo(px, py)
    else context.lineTo(px, py)
  }
  context.closePath()
}
