import { f } from '../../text/find/words'
import { button } from '../../ui/button'
import { type Child, h } from '../../ui/dom'
import { icon } from '../../ui/icons'

export type InvitationChoices = {
  /** What is offered first; nothing where the county has no places. */
  find: string | null
  /** `open`: what is offered first, and open; else everything. */
  locate(open: boolean): void
  type(): void
  big: boolean
  toggleBig(): void
  /** Nothing where it is on the home screen already. */
  install: (() => void) | null
}

/** The first screen: asks politely from where, says what becomes of it, and offers two ways around it. */
export function invitation(choices: InvitationChoices, ...below: Child[]): HTMLElement {
  const words = f().invite
  const { find } = choices
  return h(
    'div',
    { class: 'invite' },
    h('h2', { class: 'invite-title', tabindex: '-1' }, words.title),
    find
      ? button(() => choices.locate(true), { class: 'button primary wide', id: 'find-open' }, icon('locate'), find)
      : null,
    h(
      'div',
      { class: 'invite-pair' },
      button(() => choices.locate(false), { class: 'button', id: 'find-all' }, icon('pin'), words.all),
      button(choices.type, { class: 'button', id: 'find-type' }, icon('search'), words.type),
    ),
    h('p', { class: 'invite-note' }, words.privacy),
    ...below,
    h('p', { class: 'invite-note' }, words.press),
    h(
      'div',
      { class: 'invite-foot' },
      button(
        choices.toggleBig,
        { class: 'text-button', id: 'big-type', 'aria-pressed': String(choices.big) },
        icon('big', 18),
        choices.big ? words.usual : words.big,
      ),
      choices.install
        ? button(choices.install, { class: 'text-button', id: 'install' }, icon('device', 18), words.install)
        : null,
    ),
  )
}

/** The same question where a way is asked for: shorter, as it is known already what for. */
export function startQuestion(choices: Pick<InvitationChoices, 'type'> & { locate(): void }): HTMLElement {
  const words = f().invite
  return h(
    'div',
    { class: 'invite' },
    h('h3', {}, words.way),
    h(
      'div',
      { class: 'invite-pair' },
      button(choices.locate, { class: 'button primary', id: 'way-locate' }, icon('locate'), words.locate),
      button(choices.type, { class: 'button', id: 'way-type' }, icon('search'), words.type),
    ),
    h('p', { class: 'invite-note' }, words.privacy),
    h('p', { class: 'invite-note' }, words.press),
  )
}

export type Refusal = 'denied' | 'lost' | 'insecure'

/** Why there is no position, and what goes without one. */
export function refusal(why: Refusal): HTMLElement {
  const words = f().failed
  const [title, next] = {
    denied: [words.denied, words.deniedNext],
    lost: [words.lost, words.lostNext],
    insecure: [words.insecure, words.insecureNext],
  }[why]
  return h('div', { class: 'refused', role: 'alert' }, h('strong', {}, title), h('p', {}, next))
}
