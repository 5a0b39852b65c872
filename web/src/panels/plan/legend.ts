import type { Kind } from '../../api/types'
import { t } from '../../text/language'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'
import { iconButton } from '../../ui/button'
import { h, svg } from '../../ui/dom'
import { hollowSymbol } from '../../ui/hollow'
import { symbol } from '../../ui/symbol'
import { postLook } from './changes'
import type { Change } from './figure'

/** The signs of a plan; they stand below the colours of whatever map is seen. */
export function planSigns(kind: Kind | undefined): HTMLElement[] {
  const look = kind ?? postLook
  return [
    h('h3', {}, p().legend.signs),
    h(
      'ul',
      {},
      item(hollowSymbol(look, 26), p().legend.proposed),
      item(greyed(symbol(look, { size: 26 })), p().legend.closed),
      item(hollowSymbol(postLook, 26), p().legend.post),
    ),
  ]
}

/** The legend of the map that shows what differs. */
export function differenceLegend(change: Change, kind: Kind | undefined, close: () => void): HTMLElement {
  const dot = (way: 'gained' | 'lost'): SVGSVGElement =>
    svg(
      'svg',
      { viewBox: '-8 -8 16 16', width: 18, height: 18, 'aria-hidden': 'true' },
      svg('circle', { r: 7, class: `plan-dot-${way}` }),
    )
  return h(
    'section',
    { class: 'legend legend-coverage', 'aria-labelledby': 'legend-title' },
    h(
      'div',
      { class: 'legend-head' },
      h('h2', { id: 'legend-title' }, t().legend.title),
      iconButton('close', t().close, close),
    ),
    h('h3', {}, p().legend.difference),
    h(
      'ul',
      {},
      item(dot('gained'), p().legend.gained(count(change.gained))),
      item(dot('lost'), p().legend.lost(count(change.lost))),
    ),
    h('p', { class: 'muted' }, p().legend.streets),
    ...planSigns(kind),
  )
}

function greyed(sign: SVGSVGElement): SVGSVGElement {
  sign.classList.add('symbol-closed')
  return sign
}

function item(sign: Element, words: string): HTMLElement {
  return h('li', { class: 'legend-item' }, h('span', { class: 'legend-sign' }, sign), h('span', {}, words))
}
