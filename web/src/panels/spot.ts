import type { County } from '../api/county'
import type { Place } from '../api/places'
import { t } from '../text/language'
import { count } from '../text/numbers'
import { h } from '../ui/dom'
import { placeRow, type RowChoices } from './rows'

/** Places that share one position, which no zoom can part. */
export function spotPanel(places: readonly Place[], county: County, choices: RowChoices): HTMLElement {
  return h(
    'div',
    { class: 'list' },
    h('div', { class: 'list-head' }, h('h2', { class: 'list-title' }, t().spot.title(count(places.length)))),
    h('p', { class: 'muted padded' }, t().spot.hint),
    h('ul', { class: 'rows' }, ...places.map((place) => placeRow(place, county, choices))),
  )
}
