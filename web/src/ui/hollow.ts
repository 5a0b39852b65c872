import { kindColour } from '../style/colours'
import { glyphOf, glyphScale } from '../style/glyphs'
import { shapeOf, symbolSize } from '../style/shapes'
import { svg } from './dom'
import type { SymbolLook } from './symbol'

/** The symbol of something that is not there yet: hollow, with a dashed edge in the colour of its kind. */
export function hollowSymbol(look: SymbolLook, size = 28): SVGSVGElement {
  const half = symbolSize / 2
  const outline = shapeOf(look.shape)
  const colour = kindColour(look.colour)
  const picture = svg('g', { transform: `scale(${glyphScale}) translate(-8 -8)` })
  for (const stroke of glyphOf(look.glyph)) {
    picture.append(
      stroke.width
        ? svg('path', {
            d: stroke.d,
            fill: 'none',
            stroke: colour,
            'stroke-width': stroke.width,
            'stroke-linecap': 'round',
            'stroke-linejoin': 'round',
            class: 'hollow-line',
          })
        : svg('path', { d: stroke.d, fill: colour, class: 'hollow-fill' }),
    )
  }
  return svg(
    'svg',
    {
      class: 'symbol hollow',
      viewBox: `${-half} ${-half} ${symbolSize} ${symbolSize}`,
      width: size,
      height: size,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    svg('path', { d: outline, class: 'hollow-ground' }),
    svg('path', { d: outline, class: 'hollow-edge', stroke: colour }),
    picture,
  )
}
