import { kindColour } from '../style/colours'
import { glyphOf, glyphScale } from '../style/glyphs'
import { shapeOf, symbolSize } from '../style/shapes'
import { svg } from './dom'

export type SymbolLook = { shape: string; glyph: string; colour: string }

/** A symbol as SVG, from the same paths that the canvas of the map draws. */
export function symbol(look: SymbolLook, options: { size?: number; ring?: boolean } = {}): SVGSVGElement {
  const half = symbolSize / 2
  const outline = shapeOf(look.shape)
  const picture = svg('g', { transform: `scale(${glyphScale}) translate(-8 -8)` })
  for (const stroke of glyphOf(look.glyph)) {
    picture.append(
      stroke.width
        ? svg('path', {
            d: stroke.d,
            fill: 'none',
            stroke: '#fff',
            'stroke-width': stroke.width,
            'stroke-linecap': 'round',
            'stroke-linejoin': 'round',
          })
        : svg('path', { d: stroke.d, fill: '#fff' }),
    )
  }
  const size = options.size ?? 28
  return svg(
    'svg',
    {
      class: 'symbol',
      viewBox: `${-half} ${-half} ${symbolSize} ${symbolSize}`,
      width: size,
      height: size,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    options.ring && svg('path', { d: outline, class: 'symbol-ring' }),
    svg('path', { d: outline, class: 'symbol-rim' }),
    svg('path', { d: outline, fill: kindColour(look.colour) }),
    picture,
  )
}
