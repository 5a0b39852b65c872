import type { Scenario, ScenarioFigures } from '../../api/scenarios'
import { t } from '../../text/language'
import { count } from '../../text/numbers'
import { w } from '../../text/scenarios/words'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { change, signed } from './words'

/** That the data have changed since it was saved, what of them, and the figures then and now. Null when nothing has. */
export function movedOn(
  { moved_on: moved, figures }: Scenario,
  today: ScenarioFigures | null,
  look: () => void,
): HTMLElement | null {
  if (moved.length === 0) return null
  const what = moved.map((one) => w().moved.what[one] ?? one).join(t().join)
  return h(
    'div',
    { class: 'moved-on', role: 'status' },
    h('h4', {}, icon('clock', 18), w().moved.title),
    h('p', {}, w().moved.changed(what)),
    today ? thenAndNow(figures, today) : button(look, { class: 'button', 'data-today': '' }, w().moved.now),
  )
}

/** The figures when it was saved beside those of today; what differs is set apart. */
function thenAndNow(before: ScenarioFigures, now: ScenarioFigures): HTMLElement {
  const words = w().moved
  const rows: [string, string, string][] = [
    [words.total, count(before.children_total), count(now.children_total)],
    [words.before, count(before.children_before), count(now.children_before)],
    [words.after, count(before.children_after), count(now.children_after)],
    [words.gained, signed(change(before)), signed(change(now))],
  ]
  const same = rows.every(([, a, b]) => a === b)
  const table = h(
    'table',
    { class: 'numbers then-now' },
    h('caption', { class: 'visually-hidden' }, words.now),
    h(
      'thead',
      {},
      h('tr', {}, h('td'), h('th', { scope: 'col' }, words.atSaving), h('th', { scope: 'col' }, words.today)),
    ),
    h(
      'tbody',
      {},
      ...rows.map(([name, a, b]) =>
        h('tr', a === b ? {} : { class: 'is-other' }, h('th', { scope: 'row' }, name), h('td', {}, a), h('td', {}, b)),
      ),
    ),
  )
  return h('div', {}, table, same ? h('p', { class: 'muted' }, words.same) : null)
}
