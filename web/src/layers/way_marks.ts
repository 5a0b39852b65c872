import type { Frame } from '../map/canvas'
import { crossingPaths, type Protection, protectionOf } from '../style/crossings'
import type { WalkColours } from '../style/walk'

/** A line with what it crosses. */
export type Drawable = {
  geometry: { coordinates: readonly (readonly [number, number])[] }
  properties: { crossings: readonly { lon: number; lat: number; protection: string; on_duty?: boolean }[] }
}

/** The way to the nearest site with its signs. */
export function drawWay(frame: Frame, way: Drawable, colours: WalkColours): void {
  drawLine(frame, way, colours)
  drawSigns(frame, way, colours)
}

export function drawLine({ context, at }: Frame, way: Drawable, colours: WalkColours): void {
  const points = way.geometry.coordinates.map(([lon, lat]) => at(lat, lon))
  context.lineJoin = context.lineCap = 'round'
  context.beginPath()
  for (const { x, y } of points) context.lineTo(x, y)
  context.strokeStyle = colours.wayRim
  context.lineWidth = 7
  context.stroke()
  context.strokeStyle = colours.way
  context.lineWidth = 3.5
  context.stroke()
}

/** A sign at each crossing: a circle is safe, a square is painted, a triangle has nothing; and a dot where it begins. */
export function drawSigns({ context, at }: Frame, way: Drawable, colours: WalkColours): void {
  for (const crossing of way.properties.crossings) {
    const { x, y } = at(crossing.lat, crossing.lon)
    drawCrossing(context, x, y, crossing.on_duty ? 'safe' : protectionOf(crossing.protection), colours)
  }
  const [lon, lat] = way.geometry.coordinates[0] ?? []
  if (lon === undefined || lat === undefined) return
  const start = at(lat, lon)
  context.beginPath()
  context.arc(start.x, start.y, 6.5, 0, Math.PI * 2)
  context.fillStyle = colours.way
  context.strokeStyle = colours.wayRim
  context.lineWidth = 3
  context.fill()
  context.stroke()
}

function drawCrossing(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  protection: Protection,
  colours: WalkColours,
): void {
  const path = new Path2D(crossingPaths[protection])
  context.save()
  context.translate(x, y)
  context.lineWidth = 3
  context.strokeStyle = colours.wayRim
  context.stroke(path)
  context.fillStyle = colours.crossing[protection]
  context.fill(path)
  context.restore()
}
