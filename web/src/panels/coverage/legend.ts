import { type Class, type Counted, classesAt } from '../../api/minutes'
import { c } from '../../text/coverage/words'
import { t } from '../../text/language'
import { count } from '../../text/numbers'
import { iconButton } from '../../ui/button'
import { crossingSign } from '../../ui/crossing'
import { type Child, h, svg } from '../../ui/dom'
import { type Asked, minutesInWords } from './asked'
import { className, swatch } from './figures'

/** The very colours of the map with how many children each stands for. `radius` is that of a dot at the zoom of the map. */
export function coverageLegend(
  reach: Counted,
  asked: Asked,
  streets: boolean,
  radius: (children: number) => number,
  close: () => void,
  ...more: HTMLElement[]
): HTMLElement {
  const classes = classesAt(reach, asked.minutes)
  const within = classes.filter((one) => one.to !== null)
  const beyond = classes.at(-1)
  return h(
    'section',
    { class: 'legend legend-coverage', 'aria-labelledby': 'legend-title' },
    h(
      'div',
      { class: 'legend-head' },
      h('h2', { id: 'legend-title' }, t().legend.title),
      iconButton('close', t().close, close),
    ),
    h('h3', {}, streets ? c().legend.streets : c().legend.cells),
    h(
      'ul',
      {},
      ...within.map(classItem),
      streets && item(h('span', { class: 'swatch swatch-beyond' }), c().legend.beyondStreets),
    ),
    h('h3', {}, c().legend.people(minutesInWords(asked.minutes))),
    h(
      'ul',
      { class: 'legend-dots' },
      ...[20, 100, 300].map((n) => h('li', {}, dot(radius(n)), h('span', {}, c().legend.dot(count(n))))),
      beyond && h('li', { class: 'legend-sum' }, h('strong', {}, c().classes.children(count(beyond.children)))),
    ),
    h('h3', {}, c().legend.way),
    h(
      'ul',
      { class: 'legend-crossings' },
      ...(['safe', 'marked', 'bare'] as const).map((kind) =>
        item(crossingSign(kind, 18), c().here.crossing[kind] ?? ''),
      ),
    ),
    ...more,
  )
}

function classItem(one: Class): HTMLElement {
  return item(
    swatch(one),
    className(one),
    h('span', { class: 'figures muted' }, c().classes.children(count(one.children))),
  )
}

function item(sign: Element, words: string, aside?: Child): HTMLElement {
  return h('li', { class: 'legend-item' }, h('span', { class: 'legend-sign' }, sign), h('span', {}, words), aside)
}

function dot(radius: number): SVGSVGElement {
  const size = 2 * radius + 2
  return svg(
    'svg',
    { width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, 'aria-hidden': 'true' },
    svg('circle', { r: radius, class: 'legend-child' }),
  )
}
