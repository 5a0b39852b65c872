// What stands behind the headline: further measures, and what could not be counted.
import type { Coverage } from '../../api/coverage'
import { wholeMinutes } from '../../api/minutes'
import { c } from '../../text/coverage/words'
import { exactLength } from '../../text/distances'
import { nameOf, t } from '../../text/language'
import { count, percent } from '../../text/numbers'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'
import { minutesInWords } from './asked'

export function measures(answer: Coverage): HTMLElement {
  const { gini = null, floating_catchment: places, mean_secs: mean = null, settings, straight } = answer
  const rows: [string, HTMLElement | string][] = []
  if (mean !== null) rows.push([c().more.mean, minutesInWords(wholeMinutes(mean))])
  if (gini !== null) rows.push([c().more.gini, c().more.giniIs(gini.toFixed(2))])
  if (places) {
    const { places_per_1000: per, capacity, sites_with_capacity: sites, children_without: without } = places
    const words = [c().more.placesAre(count(per ?? 0), count(capacity), count(sites)), c().more.without(count(without))]
    rows.push([c().more.places, words.join(t().lang === 'en' ? '. ' : '；')])
  }
  if (answer.children_unreached > 0) rows.push([c().more.unreached, count(answer.children_unreached)])
  if (settings.length > 0) {
    const of = settings.reduce((sum, { children }) => sum + children, 0)
    const list = settings.map(({ name, children }) =>
      h('li', {}, `${nameOf(name)} ${count(children)} (${percent(of > 0 ? children / of : 0)})`),
    )
    rows.push([c().more.settings, h('ul', {}, ...list)])
  }
  const circles = straight.map(({ radius_m: radius, share }) =>
    h('li', {}, `${c().more.circle(exactLength(radius))} ${percent(share)}`),
  )
  if (circles.length > 0) rows.push([c().more.circles, h('ul', {}, ...circles)])
  return h(
    'dl',
    { class: 'measures figures' },
    ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  )
}

export type OutChoices = { site(id: number, lon: number, lat: number): void; place(lon: number, lat: number): void }

/** What could not be counted and why, in one line that opens to the places themselves; null when nothing is missing. */
export function leftOut({ sites, unsnapped }: Coverage, choices: OutChoices): HTMLElement | null {
  const parts = [
    sites.unsnapped_total > 0 && c().out.unsnapped(count(sites.unsnapped_total)),
    sites.unknown_hours > 0 && c().out.unknownHours(count(sites.unknown_hours)),
    sites.not_open > 0 && c().out.notOpen(count(sites.not_open)),
    unsnapped.children > 0 && c().out.children(count(unsnapped.children)),
  ].filter((part): part is string => part !== false)
  if (parts.length === 0) return null
  const words = c().out.title(parts.join(t().join))
  const rows = [
    ...sites.unsnapped.map(({ id, name, lon, lat }) => row(name, () => choices.site(id, lon, lat))),
    ...unsnapped.listed.map(({ children, lon, lat }) =>
      row(c().out.cell(count(children)), () => choices.place(lon, lat)),
    ),
  ]
  if (rows.length === 0) return h('p', { class: 'muted out' }, words)
  return h(
    'details',
    { class: 'out' },
    h('summary', {}, words),
    h('p', { class: 'muted' }, c().out.hint),
    h('ul', {}, ...rows),
  )
}

function row(words: string, show: () => void): HTMLElement {
  return h('li', {}, button(show, { class: 'text-button' }, words))
}
