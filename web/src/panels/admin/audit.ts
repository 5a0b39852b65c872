import type { AuditLine } from '../../api/people'
import { adminWords } from '../../text/admin/words'
import { moment } from '../../text/moments'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { button } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { field, select } from '../../ui/field'
import { notice } from '../../ui/notice'
import { loadingNote } from '../register/rows'

export type AuditFilter = Record<'who' | 'noun' | 'noun_id' | 'from' | 'to', string>
export type AuditChoices = { show(filter: AuditFilter): void; more(): void; address(filter: AuditFilter): string }

/** Who changed what, when and why. */
export class AuditPanel {
  readonly element: HTMLElement
  private readonly list = h('div')
  private readonly inputs: Record<keyof AuditFilter, HTMLInputElement | HTMLSelectElement>

  constructor(private readonly choices: AuditChoices) {
    const words = adminWords().audit
    const nouns = [{ id: '', name: r().any }, ...Object.entries(words.nouns).map(([id, name]) => ({ id, name }))]
    this.inputs = {
      who: h('input', { class: 'field', maxlength: 80, autocapitalize: 'none', spellcheck: 'false' }),
      noun: select(nouns, ''),
      noun_id: h('input', { class: 'field', maxlength: 80, spellcheck: 'false' }),
      from: h('input', { class: 'field', type: 'date' }),
      to: h('input', { class: 'field', type: 'date' }),
    }
    const { who, noun, noun_id: id, from, to } = this.inputs
    const csv = h('a', { class: 'button', href: choices.address(this.filter()), download: 'audit.csv' }, words.csv)
    const form = h(
      'form',
      { class: 'audit-form', role: 'search' },
      field('a-who', who, { label: words.who }).element,
      field('a-noun', noun, { label: words.noun }).element,
      field('a-id', id, { label: words.id }).element,
      field('a-from', from, { label: words.from }).element,
      field('a-to', to, { label: words.to }).element,
      h('div', { class: 'office-acts' }, h('button', { class: 'button primary', type: 'submit' }, words.show), csv),
    )
    on(form, {
      input: () => csv.setAttribute('href', choices.address(this.filter())),
      submit: (event) => {
        event.preventDefault()
        choices.show(this.filter())
      },
    })
    this.element = h(
      'div',
      { class: 'office-page' },
      h('h1', { class: 'office-title', tabindex: '-1' }, words.title),
      h('p', { class: 'muted' }, words.intro),
      form,
      this.list,
    )
  }

  filter(): AuditFilter {
    const entries = Object.entries(this.inputs).map(([name, { value }]) => [name, value.trim()])
    return Object.fromEntries(entries) as AuditFilter
  }

  update(lines: readonly AuditLine[] | null, more: boolean): void {
    const words = adminWords().audit
    if (lines === null) replace(this.list, loadingNote())
    else if (lines.length === 0) replace(this.list, notice(words.none, []))
    else replace(this.list, table(lines), more && button(this.choices.more, { class: 'button wide' }, r().more))
  }
}

function table(lines: readonly AuditLine[]): HTMLElement {
  const words = adminWords().audit
  const heads = [words.when, words.who, words.what, words.why, words.details]
  return h(
    'div',
    { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': words.title },
    h(
      'table',
      { class: 'numbers audit' },
      h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, ...lines.map(line)),
    ),
  )
}

function line({ at, who, action, noun, noun_id: id, why, before, after }: AuditLine): HTMLElement {
  const words = adminWords().audit
  const did = `${words.nouns[noun] ?? noun} ${id} · ${v().history.actions[action] ?? action}`
  return h(
    'tr',
    {},
    h('td', {}, moment(at)),
    h('td', {}, who),
    h('td', {}, did),
    h('td', {}, v().history.reasons[why ?? ''] ?? why ?? ''),
    h('td', {}, details(before, after)),
  )
}

function details(before: unknown, after: unknown): HTMLElement | null {
  if (before === null && after === null) return null
  const text = (value: unknown): string =>
    value === null || value === undefined ? v().nothing : JSON.stringify(value, null, 1)
  return h(
    'details',
    {},
    h('summary', {}, `${v().before} → ${v().after}`),
    h('pre', {}, `${text(before)}\n→\n${text(after)}`),
  )
}
