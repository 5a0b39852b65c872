import type { SitingResult } from '../../api/siting'
import { count } from '../../text/numbers'
import { s } from '../../text/siting/words'
import { h, svg } from '../../ui/dom'
import { inUnit, upwards } from './value'

const [width, height] = [340, 150]
const room = { left: 4, right: 14, top: 22, bottom: 22 }

/** From which number of sites on one more adds less than a tenth of what the first did; null when each still pays. */
export function paysUpTo({ curve, unit }: Pick<SitingResult, 'curve' | 'unit'>): number | null {
  const gains = curve.map(({ objective }, i) => {
    const before = curve[i - 1]?.objective
    return before === undefined ? null : upwards(unit) ? objective - before : before - objective
  })
  const first = gains.find((gain): gain is number => gain !== null && gain > 0)
  if (first === undefined) return null
  const at = gains.findIndex((gain) => gain !== null && gain < first / 10)
  return at < 0 ? null : (curve[at]?.sites ?? null)
}

/** What fewer and more places would reach, the number asked for marked, the bound as a thin line where it is apart. */
export function sitesCurve(result: SitingResult, asked: number): SVGSVGElement {
  const { curve, unit } = result
  const values = curve.flatMap(({ objective, bound }) => [objective, bound])
  const most = Math.max(...values, 1)
  const [from, to] = [curve[0]?.sites ?? 0, curve.at(-1)?.sites ?? 1]
  const x = (k: number): number => room.left + ((width - room.left - room.right) * (k - from)) / Math.max(1, to - from)
  const y = (n: number): number => height - room.bottom - (height - room.top - room.bottom) * (n / most)
  const line = (pick: (point: (typeof curve)[number]) => number): string =>
    curve.map((point) => `${x(point.sites).toFixed(1)} ${y(pick(point)).toFixed(1)}`).join('L')
  const here = curve.find(({ sites }) => sites === asked)
  const apart = curve.some(({ objective, bound }) => Math.abs(bound - objective) > most * 0.004)
  const end = curve.at(-1)
  const ticks = ticksOf(from, to)
  return svg(
    'svg',
    {
      class: 'curve sites-curve',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': s().curve.label(count(asked), inUnit(here?.objective ?? result.objective, unit)),
    },
    svg('path', { class: 'curve-grid', d: `M${x(from)} ${y(0)}H${x(to)}` }),
    ...ticks.map((k) =>
      svg(
        'text',
        {
          class: 'curve-tick',
          x: x(k),
          y: height - 5,
          'text-anchor': k === from ? 'start' : k === to ? 'end' : 'middle',
        },
        k === to ? s().places(count(k)) : count(k),
      ),
    ),
    svg('path', { class: 'curve-area', d: `M${line(({ objective }) => objective)}V${y(0)}H${x(from)}z` }),
    apart && svg('path', { class: 'curve-bound', d: `M${line(({ bound }) => bound)}` }),
    svg('path', { class: 'curve-line', d: `M${line(({ objective }) => objective)}` }),
    ...curve.map(({ sites, objective }) =>
      svg('circle', { class: 'curve-point', cx: x(sites), cy: y(objective), r: curve.length > 30 ? 1.2 : 2.4 }),
    ),
    here && svg('path', { class: 'curve-now', d: `M${x(asked)} ${y(0)}V${y(here.objective)}` }),
    here && svg('circle', { class: 'curve-dot', cx: x(asked), cy: y(here.objective), r: 5 }),
    here &&
      label(s().curve.here(count(asked), inUnit(here.objective, unit)), x(asked), y(here.objective), upwards(unit)),
    // The end is labelled too where it does not stand in the way of the number asked for.
    end && here && Math.abs(x(end.sites) - x(asked)) > 130
      ? svg(
          'text',
          { class: 'curve-tick', x: x(end.sites), y: y(end.objective) - 8, 'text-anchor': 'end' },
          inUnit(end.objective, unit),
        )
      : null,
  )
}

/** Below a rising line, above a falling one, and never over the edge. */
function label(words: string, x: number, y: number, rising: boolean): SVGElement {
  // Chinese characters are as wide as they are high, others about half as wide.
  const length = [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? 14 : 7.8), 12)
  const left = x + length > width
  const low = height - room.bottom - 8
  const side = left ? -9 : 9
  const at = rising ? Math.min(low, y + 20) : Math.max(14, y - 12)
  return svg('text', { class: 'curve-label', x: x + side, y: at, 'text-anchor': left ? 'end' : 'start' }, words)
}

function ticksOf(from: number, to: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => (to - from) / each <= 6) ?? 200
  const ticks = [from]
  for (let k = Math.ceil((from + 1) / step) * step; k <= to - step * 0.6; k += step) ticks.push(k)
  return to > from ? [...ticks, to] : ticks
}

export function sitesTable({ curve, unit }: SitingResult): HTMLElement {
  const words = s().curve
  const up = upwards(unit)
  const rows = curve.map(({ sites, objective, bound }, i) => {
    const before = curve[i - 1]?.objective
    const step = before === undefined ? '' : inUnit(Math.abs(objective - before), unit)
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, count(sites)),
      h('td', {}, inUnit(objective, unit)),
      h('td', {}, step),
      h('td', {}, inUnit(bound, unit)),
    )
  })
  const heads = [words.sites, words.found, words.step, up ? words.bound : words.boundLeast]
  return h(
    'table',
    { class: 'numbers' },
    h('caption', { class: 'visually-hidden' }, words.title),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...rows),
  )
}
