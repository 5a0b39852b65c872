import { s } from '../../text/siting/words'
import { h, svg } from '../../ui/dom'
import type { Moment, Track } from './track'
import { gapInWords, inUnit, upwards } from './value'

const [width, height] = [340, 88]
const room = { left: 2, right: 10, top: 8, bottom: 8 }

/** Two numbers that come closer to each other, and how they did so far. */
export function converging(track: Track, running: boolean): HTMLElement {
  const { found = null, bound = null } = track.last ?? {}
  const { unit, gap } = track
  const value = (n: number | null): string => (n === null ? '…' : inUnit(n, unit))
  const closed = gap === 0
  const figure = (label: string, n: number | null, kind: string): HTMLElement =>
    h('div', { class: `converge-figure ${kind}` }, h('dt', {}, label), h('dd', {}, value(n)))
  return h(
    'div',
    { class: 'converge' },
    h(
      'dl',
      { class: 'converge-figures figures' },
      figure(s().run.found, found, 'is-found'),
      figure(upwards(unit) ? s().run.most : s().run.least, bound, 'is-bound'),
      h(
        'div',
        { class: `converge-gap${closed ? ' is-closed' : ''}` },
        h('dt', { class: 'visually-hidden' }, s().run.gap('')),
        h('dd', {}, gap === null ? '' : closed ? s().run.proven : s().run.gap(gapInWords(gap))),
      ),
    ),
    running || track.moments.length > 2 ? chart(track, value) : null,
  )
}

/** Time to the right; the line of what was found and that of the bound, with what is still open between them. */
function chart({ moments, unit }: Track, value: (n: number | null) => string): SVGSVGElement {
  const last = moments.at(-1)
  const found = moments.flatMap(({ found }) => (found === null ? [] : [found]))
  const label = s().run.chart(value(last?.found ?? null), value(last?.bound ?? null))
  const frame = { class: 'converge-chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label }
  const end = Math.max(1500, last?.at ?? 0)
  // A first bound may lie far off; it comes in from the edge instead of pressing all else together.
  const spread = Math.max(...found, 1)
  const inside = (n: number): number => Math.min(Math.max(n, 0), spread * 1.35)
  const bounds = moments.flatMap(({ bound }) => (bound === null ? [] : [inside(bound)]))
  const all = [...found, ...bounds]
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1]
  const margin = Math.max(1, (high - low) * 0.12)
  const x = (at: number): number => room.left + ((width - room.left - room.right) * at) / end
  const y = (n: number): number =>
    height - room.bottom - ((height - room.top - room.bottom) * (n - low + margin)) / (high - low + 2 * margin)
  const line = (pick: (moment: Moment) => number | null): { x: number; y: number }[] =>
    moments.flatMap((moment) => {
      const n = pick(moment)
      return n === null ? [] : [{ x: x(moment.at), y: y(inside(n)) }]
    })
  const [lower, upper] = [line(({ found }) => found), line(({ bound }) => bound)]
  const between = moments.filter(({ found, bound }) => found !== null && bound !== null)
  const area = [
    ...steps(between.map((m) => ({ x: x(m.at), y: y(inside(m.bound ?? 0)) }))),
    ...steps(between.map((m) => ({ x: x(m.at), y: y(inside(m.found ?? 0)) }))).reverse(),
  ]
  const tip = (points: { x: number; y: number }[], kind: string): SVGElement | null => {
    const at = points.at(-1)
    return at ? svg('circle', { class: `converge-dot ${kind}`, cx: at.x, cy: at.y, r: 4 }) : null
  }
  return svg(
    'svg',
    { ...frame, 'data-unit': unit },
    svg('path', { class: 'curve-grid', d: `M${room.left} ${height - 0.5}H${width - room.right}` }),
    area.length > 0 && svg('path', { class: 'converge-area', d: `${path(area)}z` }),
    upper.length > 0 && svg('path', { class: 'converge-line is-bound', d: path(steps(upper)) }),
    lower.length > 0 && svg('path', { class: 'converge-line is-found', d: path(steps(lower)) }),
    tip(upper, 'is-bound'),
    tip(lower, 'is-found'),
  )
}

/** A value holds until the next one is known. */
function steps(points: { x: number; y: number }[]): { x: number; y: number }[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1]
    return before ? [{ x: point.x, y: before.y }, point] : [point]
  })
}

function path(points: readonly { x: number; y: number }[]): string {
  return `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`
}
