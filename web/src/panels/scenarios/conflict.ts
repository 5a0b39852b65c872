import type { Scenario, ScenarioPlan } from '../../api/scenarios'
import { c } from '../../text/coverage/words'
import { moment } from '../../text/moments'
import { count } from '../../text/numbers'
import { w } from '../../text/scenarios/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h } from '../../ui/dom'

export type Version = { name: string; note: string; plan: ScenarioPlan }

/** Somebody saved in between: both versions side by side in words, and the choice between them. */
export function askVersion(
  mine: Version,
  theirs: Scenario,
  kindName: (kind: string) => string,
  choose: { mine(): void; theirs(): void },
): void {
  const words = w().conflict
  const rows = difference(mine, theirs, kindName)
  const table = h(
    'table',
    { class: 'numbers versions' },
    h(
      'thead',
      {},
      h('tr', {}, h('td'), h('th', { scope: 'col' }, words.mine), h('th', { scope: 'col' }, words.theirs)),
    ),
    h(
      'tbody',
      {},
      ...rows.map(({ what, mine, theirs, other }) =>
        h(
          'tr',
          other ? { class: 'is-other' } : {},
          h('th', { scope: 'row' }, what),
          h('td', {}, mine),
          h('td', {}, theirs),
        ),
      ),
    ),
  )
  const pick = (run: () => void) => (): void => {
    close()
    run()
  }
  const close = openDialog(
    words.title,
    h('p', {}, words.body),
    table,
    button(pick(choose.mine), { class: 'button primary wide', 'data-mine': '' }, words.keepMine),
    button(pick(choose.theirs), { class: 'button wide', 'data-theirs': '' }, words.takeTheirs),
  )
}

type Row = { what: string; mine: string; theirs: string; other: boolean }

export function difference(mine: Version, theirs: Scenario, kindName: (kind: string) => string): Row[] {
  const words = w().conflict
  const row = (what: string, a: string, b: string): Row => ({ what, mine: a, theirs: b, other: a !== b })
  const spots = (list: readonly unknown[] | undefined): string =>
    list && list.length > 0 ? words.pieces(count(list.length)) : words.nothing
  const minutes = (plan: ScenarioPlan): string => (plan.minutes ? c().minutes(count(plan.minutes)) : words.nothing)
  const lists = (['add', 'remove', 'hours', 'posts'] as const).map((what) => {
    const [a, b] = [mine.plan[what], theirs.plan[what]]
    // As many places may still be other places.
    const other = JSON.stringify(a ?? []) !== JSON.stringify(b ?? [])
    return { what: words[what], mine: spots(a), theirs: spots(b), other }
  })
  return [
    row(words.name, mine.name, theirs.name),
    row(words.note, mine.note || words.nothing, theirs.note || words.nothing),
    row(words.kind, kindName(mine.plan.kind), kindName(theirs.plan.kind)),
    row(words.minutes, minutes(mine.plan), minutes(theirs.plan)),
    ...lists,
    { what: words.saved, mine: words.unsaved, theirs: moment(theirs.saved), other: false },
  ]
}
