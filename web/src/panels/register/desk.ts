import type { County } from '../../api/county'
import { type Counts, type Registration, signsAddress } from '../../api/registrations'
import { may, type Person } from '../../api/session'
import type { Draft } from '../../state/drafts'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { select } from '../../ui/field'
import { icon } from '../../ui/icons'
import { notice } from '../../ui/notice'
import { draftRow, loadingNote, part, registrationRow } from './rows'

export type Filter = { q: string; state: string; kind: string }
export type DeskChoices = {
  filter(filter: Filter): void
  more(): void
  drop(draft: Draft): void
  send(draft: Draft): void
}
export type DeskContent = {
  kept: readonly Draft[]
  sending: (key: string) => boolean
  waits: readonly Registration[]
  listed: readonly Registration[] | null
  counts: Counts | null
  more: boolean
  reports: number
  filter: Filter
}

const states = ['draft', 'submitted', 'returned', 'published', 'withdrawn']
const counted = ['returned', 'draft', 'submitted', 'published'] as const

/** A sheet of the signs for the doors of all of a unit's sites. */
function signsLink(unit: string): HTMLElement {
  const href = signsAddress(unit, 'a4')
  return h('a', { class: 'button is-plain', href, target: '_blank', rel: 'noopener' }, r().desk.signs)
}

/** A unit's desk: what waits on it first, then everything it registered. */
export class DeskPanel {
  readonly element: HTMLElement
  private readonly kept = h('div')
  private readonly waits = h('div')
  private readonly list = h('div')
  private readonly numbers = h('ul', { class: 'counts' })
  private readonly search: HTMLInputElement
  private readonly state: HTMLSelectElement
  private readonly kind: HTMLSelectElement

  constructor(
    private readonly county: County,
    private readonly person: Person,
    private readonly choices: DeskChoices,
  ) {
    const words = r().desk
    const changed = (): void => choices.filter(this.filter())
    this.search = on(
      h('input', {
        class: 'field',
        type: 'search',
        'aria-label': words.search,
        placeholder: words.search,
        maxlength: 80,
      }),
      {
        input: changed,
      },
    )
    const any = (name: string): { id: string; name: string } => ({ id: '', name: `${name}: ${r().any}` })
    this.state = on(
      select([any(words.state), ...states.map((id) => ({ id, name: r().states[id] ?? id }))], '', {
        'aria-label': words.state,
      }),
      { change: changed },
    )
    const kinds = county.allKinds.map(({ id, name }) => ({ id, name: nameOf(name) }))
    this.kind = on(select([any(words.kind), ...kinds], '', { 'aria-label': words.kind }), { change: changed })
    const mayRegister = may(person, 'register')
    this.element = h(
      'div',
      { class: 'office-page desk' },
      h('h1', { class: 'office-title', tabindex: '-1' }, words.hello(person.name)),
      h('p', { class: 'muted' }, person.unit ? words.forUnit(person.unit.name) : words.forAll),
      mayRegister &&
        h(
          'div',
          { class: 'office-acts' },
          h('a', { class: 'button primary', href: '#/new', id: 'register-one' }, icon('plus'), words.register),
          h('a', { class: 'button', href: '#/amend' }, icon('pen'), words.amend),
          h('a', { class: 'button', href: '#/sheets' }, icon('legend'), words.sheet),
          person.unit && signsLink(person.unit.id),
        ),
      this.kept,
      this.waits,
      h(
        'section',
        { class: 'office-part', 'aria-labelledby': 'all-title' },
        h('h2', { id: 'all-title' }, words.all),
        this.numbers,
        h('div', { class: 'filters', role: 'search' }, this.search, this.state, this.kind),
        this.list,
      ),
    )
  }

  private filter(): Filter {
    return { q: this.search.value.trim(), state: this.state.value, kind: this.kind.value }
  }

  update(content: DeskContent): void {
    const { county } = this
    const words = r().desk
    const rows = content.kept.map((draft) =>
      draftRow(draft, county, content.sending(draft.key), {
        drop: () => this.choices.drop(draft),
        send: () => this.choices.send(draft),
      }),
    )
    replace(this.kept, part('kept-title', words.device, rows))
    replace(this.waits, ...this.waiting(content))
    this.count(content.counts)
    replace(this.list, ...this.all(content))
  }

  /** What is on its way of a draft, beside it; nothing when nothing is. */
  carried(key: string, words: string): void {
    const line = this.kept.querySelector(`[data-draft="${CSS.escape(key)}"] .desk-carried`)
    if (line) line.textContent = words
  }

  private waiting({ waits, reports, listed, kept }: DeskContent): (HTMLElement | null)[] {
    const words = r().desk
    if (listed === null) return []
    const rows = waits.map((one) => registrationRow(one, this.county, this.person.unit === null))
    const told =
      reports > 0 && h('p', { class: 'office-note' }, h('a', { href: '#/reports' }, words.reports(count(reports))))
    const quiet = rows.length === 0 && !told && kept.length === 0
    return [
      told || null,
      part('waits-title', words.waits, rows),
      quiet && listed.length > 0
        ? h('p', { class: 'office-quiet' }, icon('met', 18), `${words.nothingWaits}。${words.nothingWaitsHint}`)
        : null,
    ]
  }

  private count(counts: Counts | null): void {
    replace(
      this.numbers,
      ...(counts ? counted : []).map((state) =>
        h(
          'li',
          {},
          button(
            () => {
              this.state.value = this.state.value === state ? '' : state
              this.choices.filter(this.filter())
            },
            { class: 'count', 'aria-pressed': String(this.state.value === state) },
            h('strong', { class: 'figures' }, count(counts?.[state] ?? 0)),
            r().states[state] ?? state,
          ),
        ),
      ),
    )
  }

  private all({ listed, more, filter }: DeskContent): (HTMLElement | false)[] {
    const words = r().desk
    if (listed === null) return [loadingNote()]
    if (listed.length > 0)
      return [
        h(
          'ul',
          { class: 'desk-rows' },
          ...listed.map((one) => registrationRow(one, this.county, this.person.unit === null)),
        ),
        more && button(this.choices.more, { class: 'button wide' }, r().more),
      ]
    if (filter.q || filter.state || filter.kind)
      return [
        notice(
          words.noneFound,
          [words.noneFoundHint],
          button(() => this.clear(), { class: 'button' }, words.showAll),
        ),
      ]
    const start = may(this.person, 'register')
      ? h('a', { class: 'button primary', href: '#/new' }, words.register)
      : null
    return [notice(words.none, [words.noneHint], start)]
  }

  private clear(): void {
    this.search.value = ''
    this.state.value = ''
    this.kind.value = ''
    this.choices.filter(this.filter())
  }
}
