import type { Warning } from '../../../api/registrations'
import { distance } from '../../../text/distances'
import { f } from '../../../text/form/words'
import { nameOf } from '../../../text/language'
import { button } from '../../../ui/button'
import { h, replace } from '../../../ui/dom'
import { icon } from '../../../ui/icons'

export type WarningChoices = {
  amend(site: number): void
  open(registration: string): void
  show(warning: Warning): void
}

/** What distinguishes one warning from another, so that one that was answered does not come back. */
export function warningKey({ what, site, registration }: Warning): string {
  return `${what} ${site ?? ''} ${registration ?? ''}`
}

/** What the form asks about while it is filled in. Each can be answered; none stops anybody. */
export class WarningsPanel {
  readonly element = h('div', { class: 'warnings', role: 'status' })
  private readonly answered = new Set<string>()
  private shown: readonly Warning[] = []

  constructor(private readonly choices: WarningChoices) {}

  update(warnings: readonly Warning[]): void {
    this.shown = warnings
    const open = warnings.filter((warning) => !this.answered.has(warningKey(warning)))
    replace(this.element, ...open.map((warning) => this.warning(warning)))
  }

  private warning(warning: Warning): HTMLElement {
    const { site, registration, distance_m: metres } = warning
    const twin = warning.what === 'duplicate'
    const answer = (): void => {
      this.answered.add(warningKey(warning))
      this.update(this.shown)
    }
    return h(
      'div',
      { class: 'warning', 'data-warning': warning.what },
      icon('at_risk'),
      h(
        'div',
        {},
        h('p', {}, nameOf(warning.says)),
        twin && warning.name
          ? h(
              'p',
              { class: 'warning-twin' },
              h('strong', {}, warning.name),
              typeof metres === 'number' ? ` · ${f().metresAway(distance(metres))}` : null,
            )
          : null,
        h(
          'div',
          { class: 'warning-acts' },
          twin &&
            typeof site === 'number' &&
            button(() => this.choices.amend(site), { class: 'button' }, f().amendThat),
          twin &&
            typeof site !== 'number' &&
            registration &&
            button(() => this.choices.open(registration), { class: 'button' }, f().amendThat),
          button(answer, { class: 'button is-plain' }, twin ? f().anotherPlace : f().stillRight),
        ),
      ),
    )
  }
}
