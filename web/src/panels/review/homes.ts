import type { County } from '../../api/county'
import type { Look } from '../../api/homes'
import { nameOf, t } from '../../text/language'
import { moment } from '../../text/moments'
import { count } from '../../text/numbers'
import { v } from '../../text/review/words'
import { button } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { field } from '../../ui/field'
import { icon } from '../../ui/icons'
import { notice } from '../../ui/notice'
import { allGiven, problemSummary, smallForm } from '../register/sign_in'

export type HomesChoices = {
  look(reason: string): Promise<void>
  file(reason: string): Promise<void>
}

/** Characters of a reason; the server wants as many. */
const shortest = 4

/** Homes as places, for those who may see them: first why, then the list. Nothing of it is kept on the device. */
export class HomesPanel {
  readonly element: HTMLElement
  private readonly found = h('div')

  constructor(
    private readonly county: County,
    private readonly choices: HomesChoices,
  ) {
    const words = v().homes
    const kinds = county.countedKinds.map(({ name }) => nameOf(name)).join(t().join)
    const reason = field('h-reason', h('input', { class: 'field', maxlength: 200, autocomplete: 'off' }), {
      label: words.reason,
      hint: words.reasonHint,
    })
    const form = smallForm(
      [reason],
      words.look,
      async () => {
        const said = reason.input.value.trim()
        const short = Array.from(said).length < shortest
        if (allGiven([{ field: reason, words: short ? words.noReason : null }])) await choices.look(said)
      },
      (cause) => form.say(problemSummary(cause)),
    )
    this.element = h(
      'div',
      { class: 'office-page' },
      h('h1', { class: 'office-title', tabindex: '-1' }, words.title),
      h('p', {}, words.intro(kinds)),
      h('p', { class: 'office-note' }, words.logged),
      form.element,
      this.found,
    )
  }

  show({ at, homes }: Look, reason: string): void {
    const words = v().homes
    const file = button(
      () => void this.choices.file(reason),
      { class: 'button', id: 'homes-csv' },
      icon('down'),
      words.csv,
    )
    replace(
      this.found,
      h('p', { class: 'muted', role: 'status' }, words.noted(moment(at), reason)),
      homes.length === 0
        ? notice(words.none, [])
        : h('section', { class: 'office-part' }, h('h2', {}, words.count(count(homes.length))), this.table(homes)),
      homes.length > 0 && h('div', { class: 'office-acts' }, file),
      homes.length > 0 && h('p', { class: 'field-hint' }, words.csvHint),
    )
  }

  private table(homes: Look['homes']): HTMLElement {
    const words = v().homes
    const { county } = this
    const inTowns = homes.some(({ area }) => area !== null)
    const heads = [words.kind, ...(inTowns ? [words.town] : []), words.name, words.place, words.unit]
    return h(
      'div',
      { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': words.title },
      h(
        'table',
        { class: 'numbers homes' },
        h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))),
        h(
          'tbody',
          {},
          ...homes.map(({ id, kind, name, area, lon, lat, unit }) =>
            h(
              'tr',
              { 'data-home': id },
              h('td', {}, county.kindName(kind)),
              inTowns && h('td', {}, county.areaName(area)),
              h('th', { scope: 'row' }, name),
              h('td', { class: 'figures' }, `${lat.toFixed(5)}, ${lon.toFixed(5)}`),
              h('td', {}, unit),
            ),
          ),
        ),
      ),
    )
  }
}
