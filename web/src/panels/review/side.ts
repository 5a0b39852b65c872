import type { DeskUnit } from '../../api/registrations'
import { v } from '../../text/review/words'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'
import { unitTable } from './queue'

/** What stands beside the queue before one is opened. */
export function pickHint(keys: () => void): HTMLElement {
  return h(
    'div',
    { class: 'pick-hint' },
    h('p', {}, v().pick),
    h('p', { class: 'muted' }, v().pickHint),
    button(keys, { class: 'button', id: 'show-keys' }, v().keys),
  )
}

export function unitsPart(units: readonly DeskUnit[]): HTMLElement {
  return h('section', { class: 'office-part units-part' }, h('h2', {}, v().units), unitTable(units))
}
