import { w } from '../../text/scenarios/words'
import { button } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { type ListChoices, type ListShown, ScenarioList } from './list'
import { type OpenedChoices, OpenedScenario, type OpenedShown } from './opened'

export type ScenariosChoices = {
  save(): void
  /** Opens the scenario of a link; gives what is wrong with the link. */
  link(text: string): string | null
  list: ListChoices
  opened: OpenedChoices
}
export type ScenariosShown = {
  /** There is nothing to save. */
  empty: boolean
  list: ListShown
  opened: OpenedShown | null
  /** What is compared, and how it is drawn when it is another than before. */
  comparison: { draw(): HTMLElement } | null
}

/** The scenarios in the panel: the open one, those on this device, or some set side by side. */
export class ScenariosPanel {
  readonly element: HTMLElement
  private readonly opened: OpenedScenario
  private readonly list: ScenarioList
  private readonly saving = h('div', { class: 'scenario-save' })
  private readonly usual: HTMLElement
  private readonly comparison = h('div')
  private compared: object | null = null
  private drawn = ''

  constructor(private readonly choices: ScenariosChoices) {
    this.opened = new OpenedScenario(choices.opened)
    this.list = new ScenarioList(choices.list)
    this.usual = h(
      'div',
      {},
      this.opened.element,
      this.saving,
      h('section', { class: 'result-part' }, h('h3', { class: 'scenarios-title' }, w().title), this.list.element),
      this.linkField(),
    )
    this.element = h(
      'section',
      { class: 'scenarios', 'aria-label': w().title, tabindex: '-1' },
      this.usual,
      this.comparison,
    )
  }

  update(shown: ScenariosShown): void {
    const { comparison, opened, empty } = shown
    this.usual.hidden = comparison !== null
    this.comparison.hidden = comparison === null
    if (comparison !== this.compared) replace(this.comparison, comparison?.draw())
    this.compared = comparison
    this.opened.update(opened)
    this.drawSaving(opened === null, empty)
    this.list.update(shown.list)
  }

  /** Goes back to the head of the panel, focus too. */
  top(): void {
    const head = this.element.querySelector<HTMLElement>('.compare h3, .scenario-name')
    ;(head?.checkVisibility() ? head : this.element).focus({ preventScroll: true })
    this.element.scrollIntoView({ block: 'nearest' })
  }

  private drawSaving(shown: boolean, empty: boolean): void {
    const key = `${shown} ${empty}`
    if (this.drawn === key) return
    this.drawn = key
    replace(
      this.saving,
      shown &&
        h(
          'div',
          {},
          button(
            () => this.choices.save(),
            { class: 'button primary wide', 'data-do': 'save-first', disabled: empty },
            w().save.open,
          ),
          empty && h('p', { class: 'muted scenario-hint' }, w().save.empty),
        ),
    )
  }

  private linkField(): HTMLElement {
    const wrong = h('p', { class: 'scenario-wrong', role: 'alert' })
    const field = h('input', {
      class: 'field',
      type: 'url',
      inputmode: 'url',
      autocomplete: 'off',
      id: 'scenario-link',
    })
    const form = on(
      h(
        'form',
        { class: 'scenario-add', novalidate: true },
        h('label', { for: 'scenario-link' }, w().compare.link),
        h(
          'div',
          { class: 'scenario-link' },
          field,
          h('button', { type: 'submit', class: 'button' }, w().compare.addLink),
        ),
        wrong,
      ),
      {
        submit: (event) => {
          event.preventDefault()
          wrong.textContent = this.choices.link(field.value) ?? ''
          if (wrong.textContent === '') field.value = ''
        },
      },
    )
    return form
  }
}
