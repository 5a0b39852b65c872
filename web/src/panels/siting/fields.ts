// The controls of the siting form. Each tells of a change at once and is never built anew, so that focus stays in it.
import { t } from '../../text/language'
import { iconButton } from '../../ui/button'
import { type Child, h, on } from '../../ui/dom'

type Range = { min: number; max: number; step?: number }

/** A whole number with a button on either side. */
export class Stepper {
  readonly element: HTMLElement
  private readonly input: HTMLInputElement
  private readonly label: HTMLElement

  constructor(
    id: string,
    label: string,
    words: { fewer: string; more: string },
    { min, max }: Range,
    change: (value: number) => void,
  ) {
    const set = (value: number): void => change(Math.min(max, Math.max(min, value)))
    const now = (): number => Math.round(Number(this.input.value)) || min
    this.input = on(
      h('input', { id, class: 'field figures wish-count', type: 'number', inputmode: 'numeric', min, max, step: 1 }),
      {
        input: () => {
          if (/^\d+$/.test(this.input.value) && now() >= min && now() <= max) set(now())
        },
        change: () => set(now()),
      },
    )
    this.label = h('label', { for: id }, label)
    this.element = h(
      'div',
      { class: 'wish-row' },
      this.label,
      h(
        'div',
        { class: 'wish-stepper' },
        iconButton('minus', words.fewer, () => set(now() - 1)),
        this.input,
        iconButton('plus', words.more, () => set(now() + 1)),
      ),
    )
  }

  update(value: number, label: string): void {
    if (this.input.value !== String(value)) this.input.value = String(value)
    if (this.label.textContent !== label) this.label.textContent = label
  }
}

/** A number that may be left empty for "no limit". */
export class NumberField {
  readonly element: HTMLElement
  private readonly input: HTMLInputElement

  constructor(
    id: string,
    label: string,
    unit: string,
    { min, max, step = 1 }: Range,
    change: (value: number | null) => void,
    empty: string | null = null,
  ) {
    const read = (): void => {
      const value = Number(this.input.value)
      if (this.input.value === '') {
        if (empty !== null) change(null)
      } else if (Number.isFinite(value) && value >= min && value <= max) change(value)
    }
    this.input = on(
      h('input', {
        id,
        class: 'field figures wish-number',
        type: 'number',
        inputmode: 'decimal',
        min,
        max,
        step,
        placeholder: empty,
      }),
      { input: read, change: read },
    )
    this.element = h(
      'div',
      { class: 'wish-row' },
      h('label', { for: id }, label),
      h('span', { class: 'wish-measure' }, this.input, h('span', {}, unit)),
    )
  }

  update(value: number | null): void {
    const text = value === null ? '' : String(value)
    // What is being typed stays as it is written, even where it is no number yet.
    if (document.activeElement !== this.input && this.input.value !== text) this.input.value = text
  }
}

/** One yes or no. */
export class Check {
  readonly element: HTMLElement
  private readonly input: HTMLInputElement

  constructor(label: Child, change: (value: boolean) => void) {
    this.input = on(h('input', { type: 'checkbox' }), { change: () => change(this.input.checked) })
    this.element = h('label', { class: 'ask-option wish-check' }, this.input, label)
  }

  update(value: boolean): void {
    this.input.checked = value
  }
}

/** One of a few. */
export class Choice<V extends string> {
  readonly element: HTMLElement
  private readonly inputs = new Map<V, HTMLInputElement>()

  constructor(
    name: string,
    legend: string,
    options: readonly { value: V; content: Child[] }[],
    change: (value: V) => void,
  ) {
    const rows = options.map(({ value, content }) => {
      const input = on(h('input', { type: 'radio', name, value }), { change: () => change(value) })
      this.inputs.set(value, input)
      return h('label', { class: 'ask-option' }, input, ...content)
    })
    this.element = h('fieldset', { class: 'ask-set wish-set' }, h('legend', {}, legend), ...rows)
  }

  update(value: V): void {
    const input = this.inputs.get(value)
    if (input && !input.checked) input.checked = true
  }
}

/** A name with its term behind it, or below it where there is no room. */
export function named(name: string, aside: string): HTMLElement {
  return h('span', { class: 'wish-named' }, h('span', {}, name), h('span', { class: 'muted' }, aside))
}

export function joined(parts: readonly string[]): string {
  return parts.join(t().join)
}
