import type { Gap, ServiceArea } from '../../api/coverage'
import type { Frame } from '../../map/canvas'
import { shade, type WalkColours } from '../../style/walk'

/** A dashed ring around a gap, wide enough to be seen over a county. */
export function drawGap({ context, at, width, height }: Frame, gap: Gap, colours: WalkColours): void {
  const [w, s, e, n] = gap.bbox
  const [a, b] = [at(n, w), at(s, e)]
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2]
  const radius = Math.min(Math.max(width, height), Math.max(26, Math.hypot(b.x - a.x, b.y - a.y) / 2 + 16))
  context.save()
  context.beginPath()
  context.arc(x, y, radius, 0, Math.PI * 2)
  context.lineWidth = 6
  context.strokeStyle = colours.wayRim
  context.stroke()
  context.lineWidth = 3
  context.strokeStyle = colours.chosen
  context.setLineDash([9, 7])
  context.stroke()
  context.restore()
}

/** Streets within reach of one site, drawn so wide that they read as an area; each band is drawn whole and then laid on faintly. */
export class ServicePainter {
  private readonly sheet = document.createElement('canvas')

  paint(frame: Frame, area: ServiceArea, colours: WalkColours): void {
    const { context, at, shift } = frame
    const { canvas } = context
    if (this.sheet.width !== canvas.width || this.sheet.height !== canvas.height) {
      this.sheet.width = canvas.width
      this.sheet.height = canvas.height
    }
    const sheet = this.sheet.getContext('2d')
    if (!sheet) return
    sheet.setTransform(context.getTransform())
    sheet.clearRect(0, 0, frame.width, frame.height)
    // Metres to pixels at the latitude of the area; about 150 m wide, yet never a thread nor a blot.
    const first = area.features.find((feature) => feature.geometry.coordinates.length > 0)
    const lat = first?.geometry.coordinates[0]?.[0]?.[1] ?? 0
    const metre = (shift.scale * 256) / (40_075_017 * Math.cos((lat * Math.PI) / 180))
    const width = Math.min(64, Math.max(10, 150 * metre))
    sheet.lineJoin = sheet.lineCap = 'round'
    const bands = [...area.features].sort((a, b) => b.properties.to_min - a.properties.to_min)
    for (const { geometry, properties } of bands) {
      sheet.beginPath()
      for (const line of geometry.coordinates) {
        line.forEach(([lon, lat], i) => {
          const { x, y } = at(lat, lon)
          if (i === 0) sheet.moveTo(x, y)
          else sheet.lineTo(x, y)
        })
      }
      sheet.strokeStyle = colours.near[shade(properties.from_min)]
      sheet.lineWidth = width
      sheet.stroke()
    }
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.globalAlpha = 0.62
    context.drawImage(this.sheet, 0, 0)
    context.restore()
  }
}
