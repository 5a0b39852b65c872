import { t } from '../text/language'
import { iconButton } from './button'
import { h, on } from './dom'
import { icon } from './icons'

export type Option = { content: HTMLElement; choose: () => void }

/**
 * A text field with a list of suggestions (the ARIA combobox pattern): arrows move, Enter takes, Escape closes, focus
 * never leaves the field. What the suggestions are is the caller's business.
 */
export class Combobox {
  readonly element: HTMLElement
  readonly input: HTMLInputElement
  private readonly list: HTMLElement
  private readonly popup: HTMLElement
  private readonly status: HTMLElement
  private readonly clear: HTMLButtonElement
  private options: Option[] = []
  private active = -1

  constructor(label: string, placeholder: string, listLabel: string, onInput: (text: string) => void) {
    this.list = h('div', { class: 'options', role: 'listbox', id: 'search-results', 'aria-label': listLabel })
    this.status = h('p', { class: 'visually-hidden', role: 'status' })
    this.popup = h('div', { class: 'popup', hidden: true }, this.list)
    this.input = on(
      h('input', {
        type: 'search',
        id: 'search',
        role: 'combobox',
        'aria-label': label,
        'aria-expanded': 'false',
        'aria-controls': 'search-results',
        'aria-autocomplete': 'list',
        autocomplete: 'off',
        autocapitalize: 'off',
        spellcheck: 'false',
        enterkeyhint: 'search',
        maxlength: 100,
        placeholder,
      }),
      {
        input: () => this.changed(onInput),
        keydown: (event) => this.onKey(event),
        focus: () => this.expand(this.options.length > 0 || this.popup.childElementCount > 1),
      },
    )
    this.clear = iconButton('close', t().search.clear, () => {
      this.input.value = ''
      this.changed(onInput)
      this.input.focus()
    })
    this.clear.hidden = true
    this.element = on(
      h('div', { class: 'search', role: 'search' }, icon('search'), this.input, this.clear, this.popup, this.status),
      {
        focusout: (event) => {
          if (!this.element.contains(event.relatedTarget as Node | null)) this.expand(false)
        },
      },
    )
  }

  set text(value: string) {
    this.input.value = value
    this.clear.hidden = value === ''
  }

  /** Shows suggestions, or `instead` where there are none; `said` is read out. */
  show(options: Option[], said: string, instead: HTMLElement | null = null): void {
    this.options = options
    this.list.replaceChildren(
      ...options.map((option, index) => {
        const row = h('div', { class: 'option', role: 'option', id: `search-${index}`, 'aria-selected': 'false' })
        row.append(option.content)
        // Keeps focus in the field, so that the list is still open when the press ends.
        return on(row, { mousedown: (event) => event.preventDefault(), click: () => this.take(index) })
      }),
    )
    this.popup.replaceChildren(this.list, ...(instead ? [instead] : []))
    this.list.hidden = options.length === 0
    this.status.textContent = said
    this.mark(-1)
    this.expand((options.length > 0 || instead !== null) && this.element.contains(document.activeElement))
  }

  close(): void {
    this.expand(false)
  }

  private changed(onInput: (text: string) => void): void {
    this.clear.hidden = this.input.value === ''
    if (this.input.value.trim() === '') this.show([], '')
    onInput(this.input.value)
  }

  private expand(open: boolean): void {
    this.popup.hidden = !open
    this.input.setAttribute('aria-expanded', String(open && this.options.length > 0))
  }

  private take(index: number): void {
    this.expand(false)
    // On a touch screen the keyboard makes room for what was chosen.
    if (window.matchMedia('(pointer: coarse)').matches) this.input.blur()
    this.options[index]?.choose()
  }

  private mark(index: number): void {
    this.active = index
    Array.from(this.list.children).forEach((row, i) => {
      row.setAttribute('aria-selected', String(i === index))
      if (i === index) row.scrollIntoView({ block: 'nearest' })
    })
    if (index < 0) this.input.removeAttribute('aria-activedescendant')
    else this.input.setAttribute('aria-activedescendant', `search-${index}`)
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && this.options.length > 0) {
      event.preventDefault()
      this.expand(true)
      const from = this.active < 0 && step < 0 ? 0 : this.active
      this.mark((from + step + this.options.length) % this.options.length)
    } else if (event.key === 'Enter' && this.options.length > 0) {
      event.preventDefault()
      this.take(Math.max(0, this.active))
    } else if (event.key === 'Escape') {
      event.preventDefault()
      this.expand(false)
    }
  }
}
