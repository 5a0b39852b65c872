import type { Token, UnitListed } from '../../api/people'
import { signsAddress } from '../../api/registrations'
import { adminWords } from '../../text/admin/words'
import { day } from '../../text/dates'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h, on, replace } from '../../ui/dom'
import { field, select } from '../../ui/field'
import { icon } from '../../ui/icons'
import { loadingNote } from '../register/rows'
import { allGiven, problemSummary, smallForm } from '../register/sign_in'

export type UnitChoices = {
  add(name: string): Promise<void>
  change(unit: UnitListed, name: string, confirmed: boolean): Promise<void>
  tokens(unit: UnitListed): void
}

/** The responsible units, with their tokens. */
export class UnitsPanel {
  readonly element: HTMLElement
  private readonly list = h('div', {}, loadingNote())

  constructor(private readonly choices: UnitChoices) {
    const words = adminWords().units
    this.element = h(
      'div',
      { class: 'office-page' },
      h('h1', { class: 'office-title', tabindex: '-1' }, words.title),
      h('p', { class: 'muted' }, words.intro),
      h(
        'div',
        { class: 'office-acts' },
        button(() => this.edit(null), { class: 'button primary', id: 'add-unit' }, icon('plus'), words.add),
      ),
      this.list,
    )
  }

  update(units: readonly UnitListed[]): void {
    replace(this.list, h('ul', { class: 'desk-rows' }, ...units.map((unit) => this.unit(unit))))
  }

  private unit(unit: UnitListed): HTMLElement {
    const words = adminWords().units
    const about = unit.id === null ? words.plan : `${unit.id} · ${unit.confirmed ? words.confirmed : words.unconfirmed}`
    return h(
      'li',
      { class: 'desk-row admin-row' },
      h(
        'div',
        { class: 'row-text' },
        h('span', { class: 'row-name' }, unit.name),
        h('span', { class: 'row-about' }, about),
      ),
      unit.id === null
        ? null
        : h(
            'div',
            { class: 'office-acts' },
            button(() => this.edit(unit), { class: 'button' }, words.rename),
            button(() => this.choices.tokens(unit), { class: 'button is-plain' }, words.tokens),
          ),
    )
  }

  private edit(unit: UnitListed | null): void {
    const words = adminWords().units
    const name = field('u-name', h('input', { class: 'field', value: unit?.name ?? '', maxlength: 100 }), {
      label: words.name,
    })
    const confirmed = h('input', { type: 'checkbox', checked: unit?.confirmed ?? true })
    const box = h('label', { class: 'check' }, confirmed, words.confirmed)
    const form = smallForm(
      unit ? [name, { element: box, input: confirmed, fail: () => undefined }] : [name],
      words.save,
      async () => {
        const said = name.input.value.trim()
        if (!allGiven([{ field: name, words: said === '' ? words.noName : null }])) return
        await (unit ? this.choices.change(unit, said, confirmed.checked) : this.choices.add(said))
        close()
      },
      (cause) => form.say(problemSummary(cause)),
    )
    const close = openDialog(unit ? `${words.rename}: ${unit.name}` : words.add, form.element)
    name.input.focus()
  }
}

export type TokenChoices = {
  make(name: string, scope: Token['scope']): Promise<string>
  revoke(token: Token): void
  copy(secret: string): void
}

/** The tokens of one unit in a dialog; a new one is shown once. Returns how to show others. */
export function openTokens(unit: UnitListed, choices: TokenChoices): (tokens: readonly Token[]) => void {
  const words = adminWords().units
  const list = h('div', {}, loadingNote())
  const fresh = h('div', { role: 'status' })
  const name = field('token-name', h('input', { class: 'field', maxlength: 80 }), { label: words.tokenName })
  const scopes = (['register', 'read'] as const).map((id) => ({ id, name: words.scopes[id] ?? id }))
  const scope = field('token-scope', select(scopes, 'register'), { label: words.scope })
  const form = smallForm(
    [name, scope],
    words.makeToken,
    async () => {
      const said = name.input.value.trim()
      if (!allGiven([{ field: name, words: said === '' ? words.tokenNoName : null }])) return
      const secret = await choices.make(said, scope.input.value === 'read' ? 'read' : 'register')
      name.input.value = ''
      const shown = h('input', { class: 'field', readonly: true, value: secret, 'aria-label': words.secret })
      on(shown, { focus: () => shown.select() })
      const copy = button(() => choices.copy(secret), { class: 'button primary' }, icon('copy'), words.copy)
      replace(fresh, h('div', { class: 'office-note token-fresh' }, h('p', {}, words.secretHint), shown, copy))
    },
    (cause) => form.say(problemSummary(cause)),
  )
  const signs = h(
    'a',
    { class: 'button', href: signsAddress(unit.id ?? '', 'a4'), target: '_blank', rel: 'noopener' },
    r().desk.signs,
  )
  openDialog(words.tokensOf(unit.name), h('p', {}, words.tokensHint), list, fresh, form.element, signs)
  return (tokens) =>
    replace(
      list,
      tokens.length > 0
        ? h('ul', { class: 'token-list' }, ...tokens.map((token) => tokenRow(token, () => choices.revoke(token))))
        : h('p', { class: 'muted' }, words.noTokens),
    )
}

function tokenRow(token: Token, revoke: () => void): HTMLElement {
  const words = adminWords().units
  const about = [
    words.scopes[token.scope] ?? token.scope,
    words.made(day(token.made)),
    token.revoked ? words.revoked : '',
  ]
  return h(
    'li',
    { class: 'admin-row' },
    h(
      'div',
      { class: 'row-text' },
      h('span', { class: 'row-name' }, token.name),
      h('span', { class: 'row-about' }, about.filter(Boolean).join(' · ')),
    ),
    token.revoked === null ? button(revoke, { class: 'button is-plain' }, words.revoke) : null,
  )
}
