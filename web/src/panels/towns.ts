import type { County } from '../api/county'
import type { Place } from '../api/places'
import type { Area, Count } from '../api/types'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { button } from '../ui/button'
import { h, on } from '../ui/dom'
import { command, notice } from '../ui/notice'
import { symbol } from '../ui/symbol'
import { placeRow, type RowChoices } from './rows'

function inFigures(value: Count): string {
  return typeof value === 'number' ? count(value) : value
}

/** How many places of the kinds with points a town has. */
export function totalOf(town: Area, county: County): number {
  return county.pointKinds.reduce((sum, kind) => {
    const n = town.counts[kind.id]
    return sum + (typeof n === 'number' ? n : 0)
  }, 0)
}

/** All towns with what they have; those with most places first would hide a town that has none, so by code. */
export function townsPanel(county: County, choose: (code: string) => void): HTMLElement {
  if (county.towns.length === 0) {
    return notice(t().towns.none, [t().towns.noneHint, command('yimi import areas FILE.geojson')])
  }
  const rows = county.towns.map((town) => {
    const counted = county.countedKinds
      .filter((kind) => town.counts[kind.id] !== undefined)
      .map((kind) => `${nameOf(kind.name)} ${inFigures(town.counts[kind.id] ?? 0)}`)
    const row = on(
      h(
        'button',
        { type: 'button', class: 'row', 'data-town': town.id },
        h(
          'span',
          { class: 'row-text' },
          h('span', { class: 'row-name' }, nameOf(town.name)),
          h('span', { class: 'row-about' }, [t().towns.kind[town.kind] ?? '', ...counted].filter(Boolean).join(' · ')),
        ),
        h('span', { class: 'row-figure' }, t().towns.sites(count(totalOf(town, county)))),
      ),
      { click: () => choose(town.id) },
    )
    return h('li', {}, row)
  })
  return h(
    'div',
    { class: 'list' },
    h('div', { class: 'list-head' }, h('h2', { class: 'list-title' }, t().towns.title(count(county.towns.length)))),
    h('ul', { class: 'rows' }, ...rows),
    county.countedKinds.length > 0 && h('p', { class: 'muted padded' }, t().kinds.aggregateNote),
  )
}

/** One town: the number of each kind, and the places themselves. */
export function townPanel(
  town: Area,
  places: readonly Place[],
  county: County,
  choices: RowChoices & { show(): void },
): HTMLElement {
  const counts = [...county.pointKinds, ...county.countedKinds]
    .filter((kind) => town.counts[kind.id] !== undefined)
    .map((kind) =>
      h(
        'li',
        { class: 'tally' },
        symbol(kind, { size: 26 }),
        h('span', { class: 'tally-name' }, nameOf(kind.name)),
        h('strong', { class: 'figures' }, inFigures(town.counts[kind.id] ?? 0)),
      ),
    )
  const hidden = county.countedKinds.some((kind) => town.counts[kind.id] !== undefined)
  return h(
    'article',
    { class: 'card' },
    h('h2', { class: 'card-name', tabindex: '-1' }, nameOf(town.name)),
    h(
      'p',
      { class: 'card-kind' },
      [t().towns.kind[town.kind] ?? '', t().towns.sites(count(totalOf(town, county)))].filter(Boolean).join(' · '),
    ),
    h('div', { class: 'card-actions' }, button(choices.show, { class: 'button' }, t().towns.show)),
    h('h3', {}, t().towns.kinds),
    h('ul', { class: 'tallies' }, ...counts),
    hidden && h('p', { class: 'muted' }, t().kinds.aggregateNote),
    h('h3', {}, t().towns.places),
    places.length === 0
      ? h('p', { class: 'muted' }, t().towns.noPlaces)
      : h('ul', { class: 'rows rows-inset' }, ...places.map((place) => placeRow(place, county, choices))),
  )
}
