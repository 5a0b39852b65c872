import type L from 'leaflet'
import { degrees } from '../../api/packed'
import type { Shift } from '../../map/canvas'

/** Dots drawn at most; of more in sight every second, fourth, eighth… is drawn. Junctions stand in Z-order, so that what is left is spread evenly. */
const mostDots = 1500

/** Any number of positions, however they are held. */
export type Source = { count: number; at(index: number): { lon: number; lat: number } }

/** Possible spots as small hollow dots. */
export class CandidatePainter {
  private readonly x: Float64Array
  private readonly y: Float64Array

  constructor(map: L.Map, lonLat: Source) {
    this.x = new Float64Array(lonLat.count)
    this.y = new Float64Array(lonLat.count)
    for (let i = 0; i < lonLat.count; i++) {
      const { lon, lat } = lonLat.at(i)
      const p = map.project([lat, lon], 0)
      this.x[i] = p.x
      this.y[i] = p.y
    }
  }

  paint(
    context: CanvasRenderingContext2D,
    { scale, x, y }: Shift,
    size: { width: number; height: number; zoom: number },
    colours: { line: string; rim: string },
  ): void {
    const seen: number[] = []
    for (let i = 0; i < this.x.length; i++) {
      const [px, py] = [(this.x[i] ?? 0) * scale + x, (this.y[i] ?? 0) * scale + y]
      if (px > -4 && py > -4 && px < size.width + 4 && py < size.height + 4) seen.push(i)
    }
    let stride = 1
    while (seen.length / stride > mostDots) stride *= 2
    const r = size.zoom >= 14 ? 4 : size.zoom >= 12 ? 3 : 2
    context.beginPath()
    for (const i of seen) {
      if (i % stride !== 0) continue
      const [px, py] = [(this.x[i] ?? 0) * scale + x, (this.y[i] ?? 0) * scale + y]
      context.moveTo(px + r, py)
      context.arc(px, py, r, 0, Math.PI * 2)
    }
    context.save()
    context.globalAlpha = 0.6
    context.fillStyle = colours.rim
    context.fill()
    context.lineWidth = 1.2
    context.strokeStyle = colours.line
    context.stroke()
    context.restore()
  }
}

export function junctionsOf(nodes: Int32Array): Source {
  return {
    count: nodes.length / 2,
    at: (i) => ({ lon: (nodes[2 * i] ?? 0) * degrees, lat: (nodes[2 * i + 1] ?? 0) * degrees }),
  }
}

export function placesOf(places: readonly { lon: number; lat: number }[]): Source {
  return { count: places.length, at: (i) => places[i] ?? { lon: 0, lat: 0 } }
}
