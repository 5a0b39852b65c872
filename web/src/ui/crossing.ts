import { crossingPaths, type Protection } from '../style/crossings'
import { svg } from './dom'

/** How a crossing is protected, as on the map: a circle is safe, a square is painted, a triangle has nothing. */
export function crossingSign(kind: Protection, size = 14): SVGSVGElement {
  return svg(
    'svg',
    { viewBox: '-9 -9 18 18', width: size, height: size, 'aria-hidden': 'true' },
    svg('path', { d: crossingPaths[kind], class: `crossing-${kind}` }),
  )
}
