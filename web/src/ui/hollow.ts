import { kindColour } from '../style/colours'
import { glyphOf, glyphScale } from '../style/glyphs'
import { shapeOf, symbolSize } from '../style/shapes'
import { svg } from './dom'
import type { SymbolLook } from './symbol'

/** The symbol of something that is not there yet: hollow, with a dashed edge in the colour of its kind. */
export function hollowSymbol(look: SymbolLook, size = 28): SVGSVGElement {
  const half = symbolSize / 2
  const outline = shapeOf(look.shape)
  const picture = svg('g', { transform: `scale(${glyphScale}) translate(-8 -8)` })
  for (const stroke of glyphOf(look.glyph)) {
    picture.append(
      stroke.width
        ? svg('path', {
            d: stroke.d,
            fill: 'none',
            'stroke-width': stroke.width,
            'stroke-linecap': 'round',
            'stroke-linejoin': 'round',
            class: 'hollow-line',
          })
        : svg('path', { d: stroke.d, class: 'hollow-fill' }),
    )
  }
  const drawn = svg(
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
    svg('path', { d: outline, class: 'hollow-edge' }),
    picture,
  )
  // The dark page lightens it; a presentation attribute could not be.
  drawn.style.setProperty('--kind', kindColour(look.colour))
  return drawn
}
