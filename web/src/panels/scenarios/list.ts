import type { Kept } from '../../state/kept'
import { moment } from '../../text/moments'
import { count } from '../../text/numbers'
import { w } from '../../text/scenarios/words'
import { button, iconButton } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { notice } from '../../ui/notice'
import { keptInWords } from './words'

export type ListChoices = {
  open(id: string): void
  forget(id: string): void
  compare(ids: string[]): void
}
export type ListShown = {
  kept: readonly Kept[]
  /** The one that is open now. */
  here: string | null
  /** Those that the server no longer has. */
  gone: ReadonlySet<string>
}

export const mostCompared = 3

/** The scenarios on this device: open one, or choose two or three to compare. */
export class ScenarioList {
  readonly element = h('div', { class: 'scenario-list' })
  private readonly chosen = new Set<string>()
  private shown: ListShown = { kept: [], here: null, gone: new Set() }

  constructor(private readonly choices: ListChoices) {}

  update(shown: ListShown): void {
    this.shown = shown
    for (const id of this.chosen)
      if (!shown.kept.some((one) => one.id === id) || shown.gone.has(id)) this.chosen.delete(id)
    const focused = this.element.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.focus
      : undefined
    if (shown.kept.length === 0) {
      replace(this.element, notice(w().list.none, [w().list.noneHint]))
      return
    }
    replace(
      this.element,
      h('ul', { class: 'scenario-rows' }, ...shown.kept.map((one) => this.row(one))),
      this.compareBar(),
    )
    if (focused) this.element.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus({ preventScroll: true })
  }

  private row(one: Kept): HTMLElement {
    const { here, gone } = this.shown
    const missing = gone.has(one.id)
    const check = on(
      h('input', {
        type: 'checkbox',
        'data-focus': `check-${one.id}`,
        checked: this.chosen.has(one.id),
        disabled: missing || (this.chosen.size >= mostCompared && !this.chosen.has(one.id)),
        'aria-label': w().list.choose(one.name),
      }),
      {
        change: () => {
          if (check.checked) this.chosen.add(one.id)
          else this.chosen.delete(one.id)
          this.update(this.shown)
        },
      },
    )
    const about = missing ? w().list.gone : keptInWords(one)
    const aside = [
      one.id === here ? w().list.here : '',
      w().list.saved(moment(one.saved)),
      one.key === null ? w().list.readOnly : '',
    ]
    return h(
      'li',
      { class: 'scenario-row' },
      h('label', { class: 'scenario-check' }, check),
      button(
        () => this.choices.open(one.id),
        {
          class: 'scenario-open',
          'data-focus': `open-${one.id}`,
          'data-scenario': one.id,
          disabled: missing,
          'aria-current': one.id === here ? 'true' : null,
        },
        h('span', { class: 'row-name' }, one.name),
        h('span', { class: 'row-about figures' }, about),
        h('span', { class: 'row-about figures' }, aside.filter(Boolean).join(' · ')),
      ),
      missing || one.key === null ? iconButton('close', w().list.forget, () => this.choices.forget(one.id)) : null,
    )
  }

  private compareBar(): HTMLElement | null {
    if (this.shown.kept.length < 2) return null
    const n = this.chosen.size
    // In the order of the list, so that the same choice always compares the same way round.
    const ids = this.shown.kept.map(({ id }) => id).filter((id) => this.chosen.has(id))
    return n < 2
      ? h('p', { class: 'muted scenario-hint' }, w().list.compareHint)
      : button(
          () => this.choices.compare(ids),
          { class: 'button wide', 'data-focus': 'compare', 'data-compare': '' },
          w().list.compare(count(n)),
        )
  }
}
