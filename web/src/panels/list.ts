import type { County } from '../api/county'
import type { Place } from '../api/places'
import { distance } from '../text/distances'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { button } from '../ui/button'
import { h, on, replace } from '../ui/dom'
import { notice } from '../ui/notice'
import { placeRow, type RowChoices } from './rows'

export type ListChoices = RowChoices & { clearKinds(): void; whole(): void }
export type Near = { place: Place; metres: number }
export type ListContent = { near: Near[]; filtered: boolean; ready: boolean; counted: boolean }

const step = 50
type Order = 'distance' | 'name'

/** The places in view as a list: the same as the map, for the eye that reads and the hand that uses keys. */
export class ListPanel {
  readonly element: HTMLElement
  private readonly title = h('h2', { class: 'list-title' })
  private readonly rows = h('ul', { class: 'rows' })
  private readonly rest = h('div')
  private content: ListContent = { near: [], filtered: false, ready: false, counted: false }
  private order: Order = 'distance'
  private limit = step

  constructor(
    private readonly county: County,
    private readonly choices: ListChoices,
  ) {
    const sort = on(
      h(
        'select',
        { class: 'sort', 'aria-label': t().list.sort },
        h('option', { value: 'distance' }, t().list.byDistance),
        h('option', { value: 'name' }, t().list.byName),
      ),
      {
        change: () => {
          this.order = sort.value === 'name' ? 'name' : 'distance'
          this.draw()
        },
      },
    )
    this.element = h(
      'div',
      { class: 'list' },
      h('div', { class: 'list-head' }, h('div', { role: 'status' }, this.title), sort),
      this.rows,
      this.rest,
    )
  }

  update(content: ListContent): void {
    this.content = content
    this.limit = step
    this.draw()
  }

  private draw(): void {
    const { near, filtered, ready, counted } = this.content
    const total = count(near.length)
    const title = counted ? t().list.counted(total) : t().list.inView(total)
    this.title.textContent = ready ? title : t().loading
    const sorted = [...near].sort(
      this.order === 'name'
        ? (a, b) => nameOf(a.place.name).localeCompare(nameOf(b.place.name), t().lang)
        : (a, b) => a.metres - b.metres,
    )
    const focused = this.rows.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.site
      : undefined
    this.rows.replaceChildren(
      ...sorted.slice(0, this.limit).map(({ place, metres }) => {
        const row = placeRow(place, this.county, this.choices, distance(metres))
        row.querySelector('.row-aside')?.setAttribute('title', t().list.fromCentre(distance(metres)))
        return row
      }),
    )
    // A list that is drawn anew under the keys keeps the place of the reader.
    if (focused) this.rows.querySelector<HTMLElement>(`[data-site="${focused}"]`)?.focus({ preventScroll: true })
    const more = sorted.length - this.limit
    replace(this.rest, ready && near.length === 0 && this.nothing(filtered), more > 0 && this.more(more))
  }

  private more(left: number): HTMLElement {
    const show = (): void => {
      this.limit += step
      this.draw()
      this.rows.children[this.limit - step]?.querySelector('button')?.focus()
    }
    return button(show, { class: 'button wide' }, t().list.more(count(Math.min(step, left))))
  }

  private nothing(filtered: boolean): HTMLElement {
    return filtered
      ? notice(t().list.noneFiltered, [], button(this.choices.clearKinds, { class: 'button' }, t().list.clearKinds))
      : notice(t().list.none, [t().list.noneHint], button(this.choices.whole, { class: 'button' }, t().list.whole))
  }
}
