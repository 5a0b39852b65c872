import type { Attribute } from '../../../api/types'
import { f } from '../../../text/form/words'
import { nameOf, t } from '../../../text/language'
import { h, on } from '../../../ui/dom'
import { field, select } from '../../../ui/field'
import { WeekField } from './week'

/** A field of the form: where it stands, how it says what is wrong, and what is focused then. */
export type FormField = { id: string; element: HTMLElement; fail(words: string): void }

export function fieldId(attribute: string): string {
  return `f-${attribute.replaceAll('.', '-')}`
}

/** The field of one attribute, by its type in the catalogue. Values are text, as the server reads the cells of a sheet. */
export function attributeField(attribute: Attribute, value: string, changed: (value: string) => void): FormField {
  const id = fieldId(`attributes.${attribute.id}`)
  const label = nameOf(attribute.name)
  if (attribute.type === 'hours') {
    const week = new WeekField(id, label, value, changed)
    return { id, element: week.element, fail: (words) => week.fail(words) }
  }
  const input = control(attribute, value)
  on(input, { input: () => changed(input.value.trim()), change: () => changed(input.value.trim()) })
  const { element, fail } = field(id, input, { label })
  return { id, element, fail }
}

function control(attribute: Attribute, value: string): HTMLInputElement | HTMLSelectElement {
  const empty = { id: '', name: f().none }
  switch (attribute.type) {
    case 'bool':
      return select([empty, { id: 'true', name: t().yes }, { id: 'false', name: t().no }], value)
    case 'choice':
      return select([empty, ...(attribute.choices ?? []).map(({ id, name }) => ({ id, name: nameOf(name) }))], value)
    case 'date':
      return h('input', { class: 'field', type: 'date', value })
    case 'integer':
      return h('input', { class: 'field is-short', inputmode: 'numeric', maxlength: 12, autocomplete: 'off', value })
    case 'phone':
      return h('input', { class: 'field', type: 'tel', maxlength: 40, autocomplete: 'off', value })
    default:
      return h('input', { class: 'field', maxlength: 200, autocomplete: 'off', value })
  }
}
