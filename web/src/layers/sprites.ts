import type { Kind } from '../api/types'
import { kindColour, type Palette } from '../style/colours'
import { glyphOf, glyphScale } from '../style/glyphs'
import { shapeOf, symbolSize } from '../style/shapes'
import { count } from '../text/numbers'

export type Sprite = { image: HTMLCanvasElement; size: number }

/** Dark enough for its white glyph, and the colour of no kind. */
const closedColour = '#8a8f98'

/** Pictures drawn once and stamped many times; forgotten when the colours of the page change. */
export class Sprites {
  private readonly made = new Map<string, Sprite>()

  constructor(
    private readonly palette: Palette,
    private readonly kinds: readonly Kind[],
    private readonly font: string,
  ) {}

  /** `closed`: it does not count now, and is grey. */
  place(kindId: string, ring: boolean, closed = false): Sprite {
    return this.once(`place ${kindId} ${ring} ${closed}`, symbolSize + 8, (context) => {
      const kind = this.kinds.find((k) => k.id === kindId) ?? { shape: 'circle', glyph: 'dot', colour: '' }
      drawSymbol(context, this.palette, closed ? { ...kind, colour: closedColour } : kind, ring && !closed)
    })
  }

  group(total: number, counts: Record<string, number>): Sprite {
    const parts = this.kinds.filter((kind) => counts[kind.id]).map((kind) => ({ kind, n: counts[kind.id] ?? 0 }))
    const key = `group ${total} ${parts.map(({ kind, n }) => `${kind.id}${n}`).join()}`
    // Groups come and go with every move; symbols stay.
    if (this.made.size > 3000) for (const old of this.made.keys()) if (old.startsWith('group')) this.made.delete(old)
    const radius = groupRadius(total)
    return this.once(key, radius * 2 + 12, (context) => this.drawGroup(context, total, parts, radius))
  }

  private once(key: string, size: number, draw: (context: CanvasRenderingContext2D) => void): Sprite {
    const known = this.made.get(key)
    if (known) return known
    const ratio = Math.min(3, window.devicePixelRatio || 1)
    const image = document.createElement('canvas')
    image.width = image.height = Math.ceil(size * ratio)
    const context = image.getContext('2d')
    if (context) {
      context.scale(ratio, ratio)
      context.translate(size / 2, size / 2)
      draw(context)
    }
    const sprite = { image, size }
    this.made.set(key, sprite)
    return sprite
  }

  private drawGroup(
    context: CanvasRenderingContext2D,
    total: number,
    parts: { kind: Kind; n: number }[],
    radius: number,
  ): void {
    disc(context, radius + 2, this.palette.rim, true)
    let angle = -Math.PI / 2
    const ring = 5
    for (const { kind, n } of parts) {
      const next = angle + (n / total) * Math.PI * 2
      context.beginPath()
      context.arc(0, 0, radius - ring / 2, angle, next)
      context.lineWidth = ring
      context.strokeStyle = kindColour(kind.colour)
      context.stroke()
      angle = next
    }
    disc(context, radius - ring, this.palette.surface, false)
    context.fillStyle = this.palette.ink
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.font = `650 ${total >= 1000 ? 12 : 13.5}px ${this.font}`
    context.fillText(count(total), 0, 0.5)
  }
}

export function groupRadius(total: number): number {
  return Math.min(27, 15.5 + 3.2 * Math.log10(total))
}

function disc(context: CanvasRenderingContext2D, radius: number, colour: string, shadow: boolean): void {
  context.save()
  if (shadow) castShadow(context)
  context.beginPath()
  context.arc(0, 0, radius, 0, Math.PI * 2)
  context.fillStyle = colour
  context.fill()
  context.restore()
}

function castShadow(context: CanvasRenderingContext2D): void {
  context.shadowColor = 'rgb(30 25 10 / 35%)'
  context.shadowBlur = 4
  context.shadowOffsetY = 1
}

type Look = { shape: string; glyph: string; colour: string }

function drawSymbol(context: CanvasRenderingContext2D, palette: Palette, look: Look, ring: boolean): void {
  const outline = new Path2D(shapeOf(look.shape))
  context.lineJoin = 'round'
  context.lineCap = 'round'
  context.save()
  castShadow(context)
  context.lineWidth = ring ? 9 : 4
  context.strokeStyle = ring ? palette.gold : palette.rim
  context.stroke(outline)
  context.restore()
  if (ring) {
    context.lineWidth = 4
    context.strokeStyle = palette.rim
    context.stroke(outline)
  }
  context.fillStyle = kindColour(look.colour)
  context.fill(outline)
  context.scale(glyphScale, glyphScale)
  context.translate(-8, -8)
  context.fillStyle = context.strokeStyle = '#fff'
  for (const stroke of glyphOf(look.glyph)) {
    const path = new Path2D(stroke.d)
    if (stroke.width) {
      context.lineWidth = stroke.width
      context.stroke(path)
    } else context.fill(path)
  }
}
