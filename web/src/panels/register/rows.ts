import type { County } from '../../api/county'
import type { Registration } from '../../api/registrations'
import type { Draft, Standing } from '../../state/drafts'
import { t } from '../../text/language'
import { moment } from '../../text/moments'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { type Child, h } from '../../ui/dom'
import type { IconName } from '../../ui/icons'
import { icon } from '../../ui/icons'
import { symbol } from '../../ui/symbol'

const grey = { shape: 'circle', glyph: 'dot', colour: '' }

const stateIcons: Readonly<Record<string, IconName>> = {
  draft: 'pen',
  submitted: 'clock',
  returned: 'late',
  published: 'met',
  withdrawn: 'close',
  device: 'device',
  waiting: 'clock',
  sending: 'clock',
  refused: 'late',
  conflict: 'late',
  open: 'clock',
  done: 'met',
  dismissed: 'close',
}

/** A state as an icon and a word, never as a colour alone. */
export function badge(state: string): HTMLElement {
  const words = r().states[state] ?? r().reports.state[state] ?? r().standing[state as Standing] ?? state
  return h('span', { class: `badge badge-${state}` }, icon(stateIcons[state] ?? 'info', 15), words)
}

/** Its name; of a home, which is only told when it is opened, that it is one. */
export function calledBy({ name, is_kept_back: kept }: Registration): string {
  return kept ? r().desk.keptBack : name || r().desk.unnamed
}

/** One registration as a line: what it is, where it stands, and whose it is where that matters. */
export function registrationRow(one: Registration, county: County, withUnit: boolean): HTMLElement {
  const about = [
    county.kindName(one.kind),
    one.change === 'create' ? '' : (r().changes[one.change] ?? ''),
    withUnit ? (one.unit?.name ?? '') : '',
    moment(one.submitted ?? one.saved),
  ]
  return row(`#/edit/${one.id}`, county.kind(one.kind) ?? grey, calledBy(one), about, badge(one.state), [
    one.state === 'returned' && one.reason && h('span', { class: 'desk-reason' }, r().desk.reason(one.reason)),
  ])
}

/** One draft that is on this device only. */
export function draftRow(
  draft: Draft,
  county: County,
  sending: boolean,
  choices: { drop(): void; send(): void },
): HTMLElement {
  const about = [county.kindName(draft.kind), r().desk.saved(moment(draft.saved))]
  const standing = sending ? 'sending' : draft.standing
  const made = row(`#/draft/${draft.key}`, county.kind(draft.kind) ?? grey, draft.name, about, badge(standing), [
    draft.told && h('span', { class: 'desk-reason' }, draft.told),
    h('span', { class: 'row-about desk-carried', role: 'status' }),
  ])
  made.dataset.draft = draft.key
  made.classList.add('has-acts')
  made.append(
    h(
      'div',
      { class: 'desk-acts' },
      draft.standing === 'waiting' && button(choices.send, { class: 'button' }, r().standing.sendNow),
      button(choices.drop, { class: 'button is-plain' }, r().desk.delete),
    ),
  )
  return made
}

function row(
  href: string,
  look: Parameters<typeof symbol>[0],
  name: string | null,
  about: readonly string[],
  state: HTMLElement,
  more: Child[],
): HTMLElement {
  return h(
    'li',
    { class: 'desk-row' },
    h(
      'a',
      { href, class: 'desk-link' },
      symbol(look, { size: 36 }),
      h(
        'span',
        { class: 'row-text' },
        h('span', { class: 'row-name' }, name || r().desk.unnamed),
        h('span', { class: 'row-about' }, about.filter(Boolean).join(' · ')),
        ...more,
      ),
      state,
    ),
  )
}

/** A list with its heading, or nothing where there is none. */
export function part(id: string, title: string, rows: HTMLElement[]): HTMLElement | null {
  if (rows.length === 0) return null
  return h(
    'section',
    { class: 'office-part', 'aria-labelledby': id },
    h('h2', { id }, title),
    h('ul', { class: 'desk-rows' }, ...rows),
  )
}

export function loadingNote(): HTMLElement {
  return h('p', { class: 'muted padded', role: 'status' }, t().loading)
}
