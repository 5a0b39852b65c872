import type { County } from '../api/county'
import type { Place } from '../api/places'
import { nameOf, t } from '../text/language'
import { h, on } from '../ui/dom'
import { symbol } from '../ui/symbol'

export type RowChoices = { choose(id: number): void; point(id: number | null): void }

/** One place as a line of a list: symbol, name, kind and town. */
export function placeRow(place: Place, county: County, choices: RowChoices, aside = ''): HTMLElement {
  const kind = county.kind(place.kind)
  const about = [county.kindName(place.kind), county.areaName(place.area)].filter(Boolean).join(' · ')
  const row = on(
    h(
      'button',
      { type: 'button', class: 'row', 'data-site': place.id },
      symbol(kind ?? { shape: 'circle', glyph: 'dot', colour: '' }, { size: 36, ring: place.demonstration }),
      h(
        'span',
        { class: 'row-text' },
        h('span', { class: 'row-name' }, nameOf(place.name)),
        h('span', { class: 'row-about' }, about),
      ),
      place.demonstration && h('span', { class: 'visually-hidden' }, t().card.demonstration),
      aside ? h('span', { class: 'row-aside' }, aside) : null,
    ),
    {
      click: () => choices.choose(place.id),
      mouseenter: () => choices.point(place.id),
      mouseleave: () => choices.point(null),
      focus: () => choices.point(place.id),
      blur: () => choices.point(null),
    },
  )
  return h('li', {}, row)
}
