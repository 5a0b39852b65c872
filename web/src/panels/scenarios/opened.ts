import { exportAddress, type Scenario, type ScenarioFigures } from '../../api/scenarios'
import { t } from '../../text/language'
import { moment } from '../../text/moments'
import { count } from '../../text/numbers'
import { w } from '../../text/scenarios/words'
import { button, iconButton } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { movedOn } from './moved'
import { type TaskChoices, type TasksShown, taskList } from './tasks'
import { change, planInWords, signed } from './words'

export type OpenedChoices = TaskChoices & {
  leave(): void
  share(): Promise<void>
  save(): void
  saveAs(): void
  delete(): void
  today(): void
}
export type OpenedShown = TasksShown & { today: ScenarioFigures | null; address: string }

/** The scenario that is open: what it is, whether the data have moved on, and what can be done with it. */
export class OpenedScenario {
  readonly element = h('section', { class: 'scenario', 'aria-label': w().open.label })
  private shown: OpenedShown | null = null

  constructor(private readonly choices: OpenedChoices) {}

  update(shown: OpenedShown | null): void {
    const before = this.shown
    if (shown && before && JSON.stringify(shown) === JSON.stringify(before)) return
    this.shown = shown
    const tasksOpen = this.element.querySelector<HTMLDetailsElement>('.scenario-tasks')?.open ?? false
    this.element.hidden = shown === null
    if (!shown) {
      replace(this.element)
      return
    }
    const focused = this.element.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.do
      : undefined
    const { scenario } = shown
    replace(
      this.element,
      this.head(scenario),
      this.figures(scenario.figures, scenario),
      movedOn(scenario, shown.today, () => this.choices.today()),
      this.saving(shown),
      this.sharing(shown),
      h(
        'details',
        { class: 'more scenario-tasks', open: tasksOpen },
        h('summary', {}, w().tasks.title),
        taskList(shown, this.choices),
      ),
    )
    if (focused) this.element.querySelector<HTMLElement>(`[data-do="${focused}"]`)?.focus({ preventScroll: true })
  }

  private head({ name, note, saved }: Scenario): HTMLElement {
    return h(
      'div',
      { class: 'scenario-head' },
      h(
        'div',
        { class: 'row-text' },
        h('h3', { class: 'scenario-name', tabindex: '-1' }, name),
        h('p', { class: 'row-about figures' }, w().list.saved(moment(saved))),
        note ? h('p', { class: 'scenario-note' }, note) : null,
      ),
      iconButton('close', w().open.leave, () => this.choices.leave()),
    )
  }

  private figures(figures: ScenarioFigures, { plan }: Scenario): HTMLElement {
    const { add = [], remove = [] } = plan
    const words = [
      planInWords(add.length, remove.length),
      w().list.after(count(figures.children_after), signed(change(figures))),
    ]
    return h('p', { class: 'scenario-figures figures' }, words.filter(Boolean).join(' · '))
  }

  private saving({ writable, unsaved }: OpenedShown): HTMLElement {
    if (!writable)
      return h(
        'div',
        { class: 'scenario-saving' },
        h('p', { class: 'muted' }, w().open.readOnly),
        button(() => this.choices.saveAs(), { class: 'button', 'data-do': 'save-as' }, w().save.asNew),
      )
    return h(
      'div',
      { class: 'scenario-saving' },
      h(
        'p',
        { class: unsaved ? 'scenario-unsaved' : 'muted', role: 'status' },
        unsaved ? w().save.unsaved : w().save.upToDate,
      ),
      h(
        'div',
        { class: 'scenario-buttons' },
        unsaved
          ? button(() => this.choices.save(), { class: 'button primary', 'data-do': 'save' }, w().save.again)
          : null,
        button(() => this.choices.saveAs(), { class: 'button', 'data-do': 'save-as' }, w().save.asNew),
      ),
    )
  }

  private sharing({ scenario, writable, address }: OpenedShown): HTMLElement {
    const link = on(h('input', { class: 'field', readonly: true, value: address, 'aria-label': w().open.address }), {
      focus: () => link.select(),
    })
    const file = (format: 'csv' | 'geojson'): HTMLElement =>
      h(
        'a',
        { class: 'button', href: exportAddress(scenario.id, format), download: '', 'data-do': format },
        w().open[format],
      )
    return h(
      'div',
      { class: 'scenario-sharing' },
      h(
        'div',
        { class: 'scenario-link' },
        link,
        button(
          () => void this.choices.share(),
          { class: 'button', 'data-do': 'share' },
          icon('copy', 18),
          w().open.share,
        ),
      ),
      writable ? h('p', { class: 'muted scenario-hint' }, w().save.savedHint) : null,
      h(
        'div',
        { class: 'scenario-buttons', role: 'group', 'aria-label': w().open.export },
        file('csv'),
        file('geojson'),
        writable
          ? button(() => this.choices.delete(), { class: 'button is-quiet', 'data-do': 'delete' }, w().open.delete)
          : null,
      ),
    )
  }
}

/** Copies a text; where the browser does not let it, says so. */
export async function copied(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text)
    return w().open.shared
  } catch {
    return t().card.copyFailed
  }
}
