import type { Invitation, NewPerson, PersonListed } from '../../api/people'
import type { Role, UnitName } from '../../api/session'
import { adminWords } from '../../text/admin/words'
import { t } from '../../text/language'
import { moment } from '../../text/moments'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { type Child, h, on, replace } from '../../ui/dom'
import { type Field, field, select } from '../../ui/field'
import { icon } from '../../ui/icons'
import { notice } from '../../ui/notice'
import { loadingNote } from '../register/rows'
import { allGiven, problemSummary, smallForm } from '../register/sign_in'

export type PeopleChoices = {
  save(person: PersonListed | null, body: NewPerson & { active: boolean }): Promise<void>
  link(person: PersonListed): void
}

const roles: readonly Role[] = ['member', 'reviewer', 'planner', 'administrator']

/** Everybody with an account: who they are, what they may do, and the way to add and change them. */
export class PeoplePanel {
  readonly element: HTMLElement
  private readonly list = h('div')
  private readonly search: HTMLInputElement
  private people: readonly PersonListed[] | null = null
  private units: readonly UnitName[] = []

  constructor(private readonly choices: PeopleChoices) {
    const words = adminWords().people
    this.search = h('input', { class: 'field', type: 'search', 'aria-label': words.search, placeholder: words.search })
    on(this.search, { input: () => this.draw() })
    const add = button(() => this.edit(null), { class: 'button primary', id: 'add-person' }, icon('plus'), words.add)
    this.element = h(
      'div',
      { class: 'office-page' },
      h('h1', { class: 'office-title', tabindex: '-1' }, words.title),
      h('p', { class: 'muted' }, words.intro),
      h('div', { class: 'office-acts' }, add),
      this.search,
      this.list,
    )
    this.draw()
  }

  update(people: readonly PersonListed[], units: readonly UnitName[]): void {
    this.people = people
    this.units = units
    this.draw()
  }

  private draw(): void {
    const words = adminWords().people
    if (!this.people) {
      replace(this.list, loadingNote())
      return
    }
    const wanted = this.search.value.trim().toLowerCase()
    const found = this.people.filter(({ name, account, unit }) =>
      [name, account, unit?.name ?? ''].some((text) => text.toLowerCase().includes(wanted)),
    )
    replace(
      this.list,
      found.length > 0
        ? h('ul', { class: 'desk-rows' }, ...found.map((person) => this.person(person)))
        : notice(words.none, []),
    )
  }

  private person(person: PersonListed): HTMLElement {
    const words = adminWords().people
    const about = [person.account, person.unit?.name ?? '', person.roles.map((role) => r().roles[role]).join(t().join)]
    return h(
      'li',
      { class: `desk-row admin-row${person.active ? '' : ' is-off'}`, 'data-person': person.account },
      h(
        'div',
        { class: 'row-text' },
        h('span', { class: 'row-name' }, person.name),
        h('span', { class: 'row-about' }, about.filter(Boolean).join(' · ')),
        !person.active && h('span', { class: 'row-about' }, words.inactive),
        person.active && !person.has_password && h('span', { class: 'row-about' }, words.noPassword),
      ),
      h(
        'div',
        { class: 'office-acts' },
        button(() => this.edit(person), { class: 'button' }, words.edit),
        person.active && button(() => this.choices.link(person), { class: 'button is-plain' }, words.newLink),
      ),
    )
  }

  /** Somebody new, or what somebody is from now on. */
  private edit(person: PersonListed | null): void {
    const words = adminWords().people
    const name = field('p-name', h('input', { class: 'field', value: person?.name ?? '', maxlength: 80 }), {
      label: words.name,
    })
    const account = field('p-account', accountInput(), { label: words.account, hint: words.accountHint })
    const none = { id: '', name: words.noUnit }
    const unit = field('p-unit', select([none, ...this.units], person?.unit?.id ?? ''), { label: words.unit })
    const chosen = roleBoxes(person?.roles ?? ['member'])
    const active = h('input', { type: 'checkbox', checked: person?.active ?? true })
    const fields: Field[] = person
      ? [name, unit, chosen.field, plain(h('label', { class: 'check' }, active, words.active))]
      : [name, account, unit, chosen.field]
    const form = smallForm(
      fields,
      words.save,
      async () => {
        const body = {
          account: account.input.value.trim(),
          name: name.input.value.trim(),
          unit: unit.input.value || null,
          roles: chosen.roles(),
          active: active.checked,
        }
        const given = allGiven([
          { field: name, words: body.name === '' ? words.noName : null },
          ...(person ? [] : [{ field: account as Field, words: body.account === '' ? words.noAccount : null }]),
          { field: chosen.field, words: body.roles.length === 0 ? words.noRole : null },
        ])
        if (!given) return
        await this.choices.save(person, body)
        close()
      },
      (cause) => form.say(problemSummary(cause)),
    )
    const close = openDialog(person ? `${words.edit}: ${person.name}` : words.add, form.element)
    name.input.focus()
  }
}

function accountInput(): HTMLInputElement {
  return h('input', { class: 'field', maxlength: 40, autocapitalize: 'none', spellcheck: 'false', autocomplete: 'off' })
}

function plain(element: HTMLElement): Field {
  return { element, input: element, fail: () => undefined }
}

function roleBoxes(has: readonly Role[]): { field: Field; roles(): Role[] } {
  const words = adminWords().people
  const boxes = roles.map((role) => ({
    role,
    box: h('input', { type: 'checkbox', checked: has.includes(role), value: role }),
  }))
  const wrong = h('p', { class: 'field-wrong', hidden: true })
  const line = ({ role, box }: (typeof boxes)[number]): Child =>
    h(
      'label',
      { class: 'check' },
      box,
      h(
        'span',
        {},
        h('strong', {}, r().roles[role] ?? role),
        h('span', { class: 'role-hint' }, words.roleHints[role] ?? ''),
      ),
    )
  const element = h(
    'fieldset',
    { class: 'form-field', tabindex: '-1' },
    h('legend', {}, words.roles),
    ...boxes.map(line),
    wrong,
  )
  const fail = (text: string): void => {
    wrong.textContent = text
    wrong.hidden = text === ''
  }
  return {
    field: { element, input: element, fail },
    roles: () => boxes.filter(({ box }) => box.checked).map(({ role }) => role),
  }
}

/** The link of one use, shown once: nobody can ask for it again. */
export function showLink(name: string, { expires }: Invitation, address: string, copy: () => void): void {
  const words = adminWords().people
  const shown = h('input', {
    class: 'field',
    readonly: true,
    value: address,
    'aria-label': words.link,
    id: 'one-time-link',
  })
  on(shown, { focus: () => shown.select() })
  openDialog(
    words.linkFor(name),
    h('p', {}, words.linkHint),
    shown,
    expires ? h('p', { class: 'muted' }, words.expires(moment(expires))) : null,
    button(copy, { class: 'button primary wide', id: 'copy-link' }, icon('copy'), words.copy),
  )
  shown.focus()
}
