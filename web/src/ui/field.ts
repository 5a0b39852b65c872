import { h } from './dom'

/** A labelled field with a hint and a place for what is wrong with it. */
export type Field<E extends HTMLElement = HTMLElement> = {
  element: HTMLElement
  input: E
  /** Says what is wrong at the field; nothing takes it away. */
  fail(words: string): void
}

export type FieldWords = { label: string; hint?: string; aside?: string }

/** Puts label, hint and error around a control, tied together for screen readers. `id` must be unique in the page. */
export function field<E extends HTMLElement>(id: string, input: E, { label, hint, aside }: FieldWords): Field<E> {
  input.id = id
  const wrong = h('p', { class: 'field-wrong', id: `${id}-wrong`, hidden: true })
  const about = hint ? h('p', { class: 'field-hint', id: `${id}-hint` }, hint) : null
  const described = [about?.id, wrong.id].filter(Boolean).join(' ')
  input.setAttribute('aria-describedby', described)
  const element = h(
    'div',
    { class: 'form-field' },
    h('label', { for: id }, label, aside ? h('span', { class: 'field-aside' }, aside) : null),
    about,
    input,
    wrong,
  )
  const fail = (words: string): void => {
    wrong.textContent = words
    wrong.hidden = words === ''
    element.classList.toggle('is-wrong', words !== '')
    if (words === '') input.removeAttribute('aria-invalid')
    else input.setAttribute('aria-invalid', 'true')
  }
  return { element, input, fail }
}

/** A choice among few as a select. */
export function select(
  options: readonly { id: string; name: string }[],
  chosen: string,
  attributes: Record<string, string> = {},
): HTMLSelectElement {
  const element = h(
    'select',
    { class: 'field', ...attributes },
    ...options.map(({ id, name }) => h('option', { value: id, selected: id === chosen }, name)),
  )
  element.value = chosen
  return element
}

/** What is wrong, one line each with the way to it; read out as it appears, and focused. */
export function summary(title: string, wrong: readonly { words: string; field: string | null }[]): HTMLElement {
  const line = (words: string, id: string | null): HTMLElement => {
    const target = id ? document.getElementById(id) : null
    if (!target) return h('li', {}, words)
    const link = h('a', { href: `#${id}` }, words)
    // The address after # is a page here, so the link moves the focus itself.
    link.addEventListener('click', (event) => {
      event.preventDefault()
      target.focus()
      target.scrollIntoView({ block: 'center' })
    })
    return h('li', {}, link)
  }
  return h(
    'div',
    { class: 'wrong-summary', role: 'alert', tabindex: '-1' },
    h('h2', {}, title),
    h('ul', {}, ...wrong.map(({ words, field }) => line(words, field))),
  )
}
