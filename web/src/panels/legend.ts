import type { County } from '../api/county'
import { f } from '../text/find/words'
import { nameOf, t } from '../text/language'
import { iconButton } from '../ui/button'
import { crossingSign } from '../ui/crossing'
import { type Child, h, svg } from '../ui/dom'
import { type SymbolLook, symbol } from '../ui/symbol'
import { cornerLines } from './around'

/** What the signs on the map mean, drawn by the very code that draws them. */
export function legendPanel(county: County, close: () => void): HTMLElement {
  const sample: SymbolLook = county.pointKinds[0] ?? { shape: 'circle', glyph: 'dot', colour: '' }
  const { outlines } = county.config
  return h(
    'section',
    { class: 'legend', 'aria-labelledby': 'legend-title' },
    h(
      'div',
      { class: 'legend-head' },
      h('h2', { id: 'legend-title' }, t().legend.title),
      iconButton('close', t().close, close),
    ),
    h(
      'ul',
      { class: 'legend-kinds' },
      ...county.pointKinds.map((kind) => item(symbol(kind, { size: 28 }), nameOf(kind.name))),
    ),
    h(
      'ul',
      {},
      item(symbol(sample, { size: 34, ring: true }), t().legend.demonstration),
      item(groupSample(county), t().legend.cluster),
      item(haloSample(sample, 'legend-halo'), t().legend.selected),
      item(haloSample(sample, 'legend-halo legend-halo-counted'), t().legend.counted),
      outlines !== 'none' && item(h('span', { class: 'legend-town' }), t().legend[outlines]),
      outlines === 'none' && h('li', { class: 'muted' }, t().legend.none),
    ),
    h('h3', {}, f().way.crossings),
    h(
      'ul',
      {},
      ...(['safe', 'marked', 'bare'] as const).map((kind) => item(crossingSign(kind, 20), f().way.crossing[kind])),
    ),
    county.countedKinds.length > 0 &&
      h(
        'p',
        { class: 'muted' },
        t().legend.aggregate(county.countedKinds.map((kind) => nameOf(kind.name)).join(t().join)),
      ),
    // where the map has no room for them
    h('div', { class: 'legend-credits muted' }, ...cornerLines(county)),
  )
}

function item(sign: Element, words: string): HTMLElement {
  return h('li', { class: 'legend-item' }, h('span', { class: 'legend-sign' }, sign as Child), h('span', {}, words))
}

function haloSample(look: SymbolLook, name: string): HTMLElement {
  return h('span', { class: name }, symbol(look, { size: 30 }))
}

function groupSample(county: County): SVGSVGElement {
  const radius = 14
  const round = 2 * Math.PI * radius
  const parts = county.pointKinds.slice(0, 3).map((kind, index) =>
    svg('circle', {
      r: radius,
      fill: 'none',
      stroke: /^#[0-9a-f]{6}$/i.test(kind.colour) ? kind.colour : '#57534e',
      'stroke-width': 5,
      'stroke-dasharray': `${round / 3} ${round}`,
      transform: `rotate(${index * 120 - 90})`,
    }),
  )
  return svg(
    'svg',
    { viewBox: '-19 -19 38 38', width: 34, height: 34, 'aria-hidden': 'true' },
    svg('circle', { r: 18, class: 'symbol-rim-fill' }),
    ...parts,
    svg('circle', { r: 11.5, class: 'group-middle' }),
    svg('text', { class: 'group-count', 'text-anchor': 'middle', y: 4 }, '9'),
  )
}
