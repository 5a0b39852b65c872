import type { Reach } from '../../api/coverage'
import { figuresAt } from '../../api/minutes'
import { mostMinutes } from '../../state/question'
import { c } from '../../text/coverage/words'
import { count, percent } from '../../text/numbers'
import { h, svg } from '../../ui/dom'
import { minutesInWords } from './asked'

const [width, height] = [340, 128]
const room = { left: 4, right: 8, top: 18, bottom: 20 }
const x = (minutes: number): number => room.left + ((width - room.left - room.right) * minutes) / mostMinutes
const y = (share: number): number => height - room.bottom - (height - room.top - room.bottom) * share

/** How the share grows with the minutes, the limit marked on it. The table of its numbers stands below. */
export function curveChart(reach: Reach, minutes: number): SVGSVGElement {
  const share = (m: number): number => figuresAt(reach, m).share
  const points = Array.from({ length: mostMinutes + 1 }, (_, m) => `${x(m).toFixed(1)} ${y(share(m)).toFixed(1)}`)
  const upTo = points.slice(0, minutes + 1)
  const now = share(minutes)
  const words = percent(now)
  // The label steps to the side on which there is room for it.
  const before = minutes > mostMinutes * 0.7
  return svg(
    'svg',
    {
      class: 'curve',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': c().curve.label(minutesInWords(minutes), words),
    },
    ...[0, 0.5, 1].map((level) => svg('path', { class: 'curve-grid', d: `M${x(0)} ${y(level)}H${x(mostMinutes)}` })),
    ...[0.5, 1].map((level) => svg('text', { class: 'curve-tick', x: x(0), y: y(level) - 4 }, percent(level))),
    ...[0, 15, 30, 45, 60].map((m) =>
      svg(
        'text',
        {
          class: 'curve-tick',
          x: x(m),
          y: height - 5,
          'text-anchor': m === 0 ? 'start' : m === mostMinutes ? 'end' : 'middle',
        },
        m === mostMinutes ? minutesInWords(m) : count(m),
      ),
    ),
    svg('path', { class: 'curve-area', d: `M${upTo.join('L')}V${y(0)}H${x(0)}z` }),
    svg('path', { class: 'curve-line', d: `M${points.join('L')}` }),
    svg('path', { class: 'curve-now', d: `M${x(minutes)} ${y(0)}V${y(now)}` }),
    svg('circle', { class: 'curve-dot', cx: x(minutes), cy: y(now), r: 5 }),
    svg(
      'text',
      {
        class: 'curve-label',
        x: x(minutes) + (before ? -9 : 9),
        // Below the line, and above it where there is no room below.
        y: now > 0.25 ? y(now) + 16 : y(now) - 12,
        'text-anchor': before ? 'end' : 'start',
      },
      `${minutesInWords(minutes)} ${words}`,
    ),
  )
}

export function curveTable(reach: Reach): HTMLElement {
  const rows = Array.from({ length: mostMinutes / 5 }, (_, i) => 5 * (i + 1)).map((minutes) => {
    const { covered, share } = figuresAt(reach, minutes)
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, count(minutes)),
      h('td', {}, count(covered)),
      h('td', {}, percent(share)),
    )
  })
  return h(
    'table',
    { class: 'numbers' },
    h('caption', { class: 'visually-hidden' }, c().curve.title),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, c().curve.minutes),
        h('th', { scope: 'col' }, c().curve.children),
        h('th', { scope: 'col' }, c().curve.share),
      ),
    ),
    h('tbody', {}, ...rows),
  )
}
