import type { County } from '../../api/county'
import type { DeskUnit, Registration } from '../../api/registrations'
import type { UnitName } from '../../api/session'
import { nameOf } from '../../text/language'
import { daysSince } from '../../text/moments'
import { count } from '../../text/numbers'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { button } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { select } from '../../ui/field'
import { icon } from '../../ui/icons'
import { notice } from '../../ui/notice'
import { symbol } from '../../ui/symbol'
import { calledBy, loadingNote } from '../register/rows'

export type QueueFilter = { unit: string; kind: string; area: string; change: string; q: string }
export type QueueChoices = {
  filter(filter: QueueFilter): void
  open(id: string): void
  pick(id: string, on: boolean): void
  pickAll(on: boolean): void
  publishMany(): void
  returnMany(): void
  more(): void
  refresh(): void
}
export type QueueContent = {
  listed: readonly Registration[] | null
  total: number | null
  more: boolean
  open: string | null
  picked: ReadonlySet<string>
  /** What became of each, where many were decided at once. */
  results: ReadonlyMap<string, string>
  filtered: boolean
  stale: boolean
}

export const noFilter: QueueFilter = { unit: '', kind: '', area: '', change: '', q: '' }
/** Days after which a unit has waited too long; the server counts by the same. */
const overdueDays = 5

/** What waits for a reviewer, the oldest first, with filters and boxes to take several at once. */
export class QueuePanel {
  readonly element: HTMLElement
  private readonly title = h('h1', { class: 'office-title queue-title', tabindex: '-1' }, v().queue)
  private readonly news = h('div', { role: 'status' })
  private readonly bar = h('div', { class: 'queue-bar' })
  private readonly list = h('div')
  private readonly fields: Record<keyof QueueFilter, HTMLInputElement | HTMLSelectElement>

  constructor(
    private readonly county: County,
    private readonly choices: QueueChoices,
  ) {
    const words = v()
    const any = (name: string): { id: string; name: string } => ({ id: '', name: `${name}: ${r().any}` })
    const kinds = county.allKinds.map(({ id, name }) => ({ id, name: nameOf(name) }))
    const towns = county.towns.map(({ id, name }) => ({ id, name: nameOf(name) }))
    const changes = ['create', 'amend', 'close'].map((id) => ({ id, name: r().changes[id] ?? id }))
    this.fields = {
      q: h('input', { class: 'field', type: 'search', 'aria-label': words.search, placeholder: words.search }),
      unit: select([any(words.unit)], '', { 'aria-label': words.unit }),
      kind: select([any(words.kind), ...kinds], '', { 'aria-label': words.kind }),
      area: select([any(words.town), ...towns], '', { 'aria-label': words.town }),
      change: select([any(words.change), ...changes], '', { 'aria-label': words.change }),
    }
    const changed = (): void => choices.filter(this.filter())
    for (const one of Object.values(this.fields)) on(one, { input: changed })
    this.element = h(
      'section',
      { class: 'queue', 'aria-label': words.queue },
      this.title,
      this.news,
      h('div', { class: 'filters queue-filters', role: 'search' }, ...Object.values(this.fields)),
      this.bar,
      this.list,
    )
  }

  units(units: readonly UnitName[]): void {
    const { unit } = this.fields
    for (const { id, name } of units) unit.append(h('option', { value: id }, name))
  }

  filter(): QueueFilter {
    const entries = Object.entries(this.fields).map(([name, { value }]) => [name, value.trim()])
    return Object.fromEntries(entries) as QueueFilter
  }

  update(content: QueueContent): void {
    const { listed, total } = content
    const words = v()
    if (total !== null) this.title.textContent = words.queueCount(count(total))
    replace(
      this.news,
      content.stale &&
        h(
          'p',
          { class: 'office-note queue-news' },
          words.updated,
          button(this.choices.refresh, { class: 'text-button' }, words.refresh),
        ),
    )
    replace(this.bar, listed !== null && listed.length > 0 && this.many(listed, content.picked))
    replace(this.list, ...this.rows(content))
    this.list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }

  /** Puts the focus on a line, for those who go by keys. */
  focus(id: string): void {
    this.list.querySelector<HTMLElement>(`[data-registration="${id}"] .queue-link`)?.focus({ preventScroll: true })
  }

  private many(listed: readonly Registration[], picked: ReadonlySet<string>): HTMLElement {
    const words = v()
    const all = h('input', { type: 'checkbox', checked: picked.size === listed.length })
    on(all, { change: () => this.choices.pickAll(all.checked) })
    return h(
      'div',
      { class: 'queue-many' },
      h('label', { class: 'check' }, all, picked.size > 0 ? words.selected(count(picked.size)) : words.selectAll),
      picked.size > 0 &&
        button(this.choices.publishMany, { class: 'button primary', id: 'publish-many' }, words.publishMany),
      picked.size > 0 && button(this.choices.returnMany, { class: 'button', id: 'return-many' }, words.returnMany),
    )
  }

  private rows({ listed, filtered, more, ...content }: QueueContent): (HTMLElement | false)[] {
    const words = v()
    if (listed === null) return [loadingNote()]
    if (listed.length === 0)
      return filtered
        ? [
            notice(
              words.emptyFiltered,
              [],
              button(() => this.clear(), { class: 'button' }, words.clear),
            ),
          ]
        : [notice(words.empty, [words.emptyHint])]
    return [
      h('ul', { class: 'desk-rows queue-rows' }, ...listed.map((one) => this.row(one, content))),
      more && button(this.choices.more, { class: 'button wide' }, r().more),
    ]
  }

  private row(
    one: Registration,
    { open, picked, results }: Omit<QueueContent, 'listed' | 'filtered' | 'more'>,
  ): HTMLElement {
    const words = v()
    const days = daysSince(one.submitted ?? one.saved)
    const late = days >= overdueDays
    const name = calledBy(one)
    const box = h('input', { type: 'checkbox', 'aria-label': words.select(name), checked: picked.has(one.id) })
    on(box, { change: () => this.choices.pick(one.id, box.checked) })
    const about = [this.county.kindName(one.kind), one.unit?.name ?? '', r().changes[one.change] ?? '']
    const told = results.get(one.id)
    return h(
      'li',
      { class: 'desk-row queue-row', 'data-registration': one.id },
      h('label', { class: 'check queue-box' }, box),
      button(
        () => this.choices.open(one.id),
        { class: 'queue-link', 'aria-current': one.id === open ? 'true' : null },
        symbol(this.county.kind(one.kind) ?? { shape: 'circle', glyph: 'dot', colour: '' }, { size: 32 }),
        h(
          'span',
          { class: 'row-text' },
          h('span', { class: 'row-name' }, name),
          h('span', { class: 'row-about' }, about.filter(Boolean).join(' · ')),
          h(
            'span',
            { class: `row-about${late ? ' is-late' : ''}` },
            late && icon('late', 14),
            days === 0 ? words.today : words.waiting(count(days)),
          ),
          told ? h('span', { class: 'desk-reason' }, told) : null,
        ),
      ),
    )
  }

  private clear(): void {
    for (const one of Object.values(this.fields)) one.value = ''
    this.choices.filter(noFilter)
  }
}

/** How many of each state every unit has. */
export function unitTable(units: readonly DeskUnit[]): HTMLElement {
  const words = v()
  const columns = ['submitted', 'overdue', 'returned', 'drafts', 'published'] as const
  return h(
    'div',
    { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': words.unitTable },
    h(
      'table',
      { class: 'numbers' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, words.unit),
          ...columns.map((id) => h('th', { scope: 'col', class: 'is-number' }, words.columns[id] ?? id)),
        ),
      ),
      h(
        'tbody',
        {},
        ...units.map((unit) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, unit.name),
            ...columns.map((id) =>
              h('td', { class: `is-number${id === 'overdue' && unit[id] > 0 ? ' is-late' : ''}` }, count(unit[id])),
            ),
          ),
        ),
      ),
    ),
  )
}
