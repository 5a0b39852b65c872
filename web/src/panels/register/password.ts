import { Problem } from '../../api/client'
import type { Link, Person } from '../../api/session'
import { nameOf, t } from '../../text/language'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'
import { type Field, summary } from '../../ui/field'
import { allGiven, page, passwordField, problemSummary, smallForm } from './sign_in'

/** Characters, as a person counts them. */
const shortest = 10

function newPassword(): { fields: [Field<HTMLInputElement>, Field<HTMLInputElement>]; given(): boolean } {
  const words = r().link
  const fresh = passwordField('new', { label: words.password, hint: words.rules }, 'new-password')
  const again = passwordField('again', { label: words.again }, 'new-password')
  const given = (): boolean => {
    const [one, two] = [fresh.input.value, again.input.value]
    const short = Array.from(one).length < shortest
    return allGiven([
      { field: fresh, words: short ? words.short : null },
      { field: again, words: !short && one !== two ? words.other : null },
    ])
  }
  return { fields: [fresh, again], given }
}

/** What the server thinks of a password stands at its field. */
function refused(cause: unknown, fields: Readonly<Record<string, Field>>): HTMLElement | null {
  const errors = cause instanceof Problem ? (cause.told.errors ?? []) : []
  const known = errors.filter(({ field }) => fields[field])
  if (known.length === 0) return problemSummary(cause)
  for (const error of known) fields[error.field]?.fail(r().wanted(nameOf(error.wanted)))
  const lines = known.map((error) => ({
    words: nameOf(error.wanted),
    field: fields[error.field]?.input.id ?? null,
  }))
  return summary(r().wrongCount(String(known.length)), lines)
}

export function linkPage(link: Link, take: (password: string) => Promise<void>): HTMLElement {
  const words = r().link
  const { fields, given } = newPassword()
  const form = smallForm(
    fields,
    words.submit,
    async () => {
      if (given()) await take(fields[0].input.value)
    },
    (cause) => form.say(refused(cause, { password: fields[0] })),
  )
  // Lets a password manager keep the pair.
  const account = h('input', {
    class: 'visually-hidden',
    autocomplete: 'username',
    value: link.account,
    tabindex: '-1',
    'aria-hidden': 'true',
    readonly: true,
  })
  form.element.prepend(account)
  return page(words.title, h('p', {}, words.hello(link.name, link.account)), form.element)
}

export type AccountChoices = {
  change(old: string, fresh: string): Promise<void>
  out(everywhere: boolean): void
}

/** Who somebody is here, the password, and the way out. */
export function accountPage(person: Person, kept: number, choices: AccountChoices): HTMLElement {
  const words = r().account
  const old = passwordField('old', { label: words.old }, 'current-password')
  const { fields, given } = newPassword()
  const form = smallForm(
    [old, ...fields],
    words.change,
    async () => {
      const known = allGiven([{ field: old, words: old.input.value === '' ? words.noOld : null }])
      if (!known || !given()) return
      await choices.change(old.input.value, fields[0].input.value)
      for (const { input } of [old, ...fields]) input.value = ''
    },
    (cause) => form.say(refused(cause, { old, new: fields[0], password: fields[0] })),
  )
  const row = (name: string, value: string): HTMLElement[] => [h('dt', {}, name), h('dd', {}, value)]
  return page(
    words.title,
    h(
      'dl',
      { class: 'facts' },
      ...row(words.who, person.name),
      ...row(words.account, person.account),
      ...row(words.unit, person.unit?.name ?? words.noUnit),
      ...row(words.roles, person.roles.map((role) => r().roles[role] ?? role).join(t().join)),
    ),
    kept > 0 && h('p', { class: 'office-note' }, words.keptHint(String(kept))),
    h(
      'div',
      { class: 'office-acts' },
      button(() => choices.out(false), { class: 'button', id: 'sign-out' }, words.out),
      button(() => choices.out(true), { class: 'button', id: 'sign-out-everywhere' }, words.outEverywhere),
    ),
    h('p', { class: 'muted' }, words.outEverywhereHint),
    h('section', { class: 'office-part' }, h('h2', {}, words.password), form.element),
  )
}
