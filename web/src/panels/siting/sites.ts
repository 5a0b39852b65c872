import type { County } from '../../api/county'
import type { PlannedSite, SitingResult } from '../../api/siting'
import { count } from '../../text/numbers'
import { s } from '../../text/siting/words'
import { button } from '../../ui/button'
import { type Child, h, on } from '../../ui/dom'
import { icon } from '../../ui/icons'

export type SiteChoices = {
  show(place: number): void
  pin(place: number): void
  forbid(place: number): void
  runnerUp(place: number): void
  /** The whole of a row was opened or closed. */
  open(place: number, open: boolean): void
}

/** What a proposed site is called: its own name, that of its host, or the junction's town. */
export function siteName(site: PlannedSite, county: County): string {
  if (site.name) return site.name
  if (site.candidate === 'pinned') return s().sites.pinned
  const town = county.areaName(site.area)
  return town ? s().sites.junctionIn(town) : s().sites.junction
}

/** Whom a site serves, why there, and what may be done with it. `place` is its place in the result, from 0. */
export function siteRow(
  place: number,
  result: SitingResult,
  county: County,
  shown: { open: boolean; pinned: boolean; forbidden: boolean },
  choices: SiteChoices,
): HTMLElement {
  const site = result.sites[place]
  if (!site) return h('li')
  const name = siteName(site, county)
  const number = count(place + 1)
  const details: HTMLDetailsElement = on(
    h(
      'details',
      { class: 'planned', 'data-planned': place, open: shown.open },
      h(
        'summary',
        { class: 'planned-head' },
        h('span', { class: 'planned-badge figures', 'aria-hidden': 'true' }, number),
        h(
          'span',
          { class: 'row-text' },
          h('span', { class: 'row-name' }, h('span', { class: 'visually-hidden' }, `${number} `), name),
          h('span', { class: 'row-about figures' }, lossWords(site, result)),
        ),
        shown.pinned && h('span', { class: 'planned-pin' }, icon('pin', 18)),
        shown.forbidden && h('span', { class: 'planned-pin' }, icon('close', 18)),
        icon('down', 18),
      ),
      why(site, county),
      h(
        'div',
        { class: 'planned-actions' },
        action('pin', shown.pinned ? s().sites.unpin : s().sites.pin, shown.pinned, () => choices.pin(place)),
        action('close', s().sites.forbid, shown.forbidden, () => choices.forbid(place)),
        action('whole', s().sites.show, null, () => choices.show(place)),
      ),
      substitute(site, result, () => choices.runnerUp(place)),
    ),
    { toggle: () => details.open !== shown.open && choices.open(place, details.open) },
  )
  return h('li', {}, details)
}

function action(name: 'pin' | 'close' | 'whole', words: string, pressed: boolean | null, run: () => void): HTMLElement {
  const state = pressed === null ? null : String(pressed)
  return button(
    run,
    { class: 'button planned-action', 'data-action': name, 'aria-pressed': state },
    icon(name, 18),
    words,
  )
}

function lossWords(site: PlannedSite, { unit }: SitingResult): string {
  if (unit === 'seconds') return s().sites.lostTime(count(site.serves.children))
  return site.children > 0 ? s().sites.lost(count(site.children)) : s().sites.lostNone
}

function why({ serves, cost }: PlannedSite, county: County): HTMLElement {
  const ages = serves.by_age.filter(({ children }) => children > 0)
  const towns = [...serves.by_town].filter(({ children }) => children > 0).sort((a, b) => b.children - a.children)
  return h(
    'div',
    { class: 'planned-why' },
    h('p', { class: 'figures' }, s().sites.serves(count(serves.children))),
    bars(
      s().sites.byAge,
      ages.map(({ from, to, children }) => [s().sites.age(count(from), count(to)), children]),
    ),
    bars(
      s().sites.byTown,
      towns.map(({ area, children }) => [county.areaName(area) || area, children]),
    ),
    cost > 1 ? h('p', { class: 'muted figures' }, s().sites.cost(count(cost))) : null,
  )
}

/** Children by some part, as a small table with a bar from zero in each row. */
function bars(caption: string, rows: readonly [string, number][]): Child {
  if (rows.length === 0) return null
  const most = Math.max(...rows.map(([, n]) => n), 1)
  return h(
    'table',
    { class: 'by planned-by' },
    h('caption', {}, caption),
    h(
      'tbody',
      {},
      ...rows.map(([name, n]) => {
        const bar = h('span', { class: 'mini-bar' })
        bar.style.width = `${(100 * n) / most}%`
        return h(
          'tr',
          {},
          h('th', { scope: 'row' }, name),
          h('td', { class: 'figures' }, count(n)),
          h('td', { class: 'planned-bar', 'aria-hidden': 'true' }, bar),
        )
      }),
    ),
  )
}

function substitute(site: PlannedSite, { unit }: SitingResult, show: () => void): HTMLElement {
  const other = site.runner_up
  if (!other) return h('p', { class: 'muted planned-other' }, s().sites.noRunnerUp)
  const what = other.name || s().sites.junctionNear
  const words =
    unit === 'seconds'
      ? s().sites.runnerUpTime(what)
      : other.loses > 0
        ? s().sites.runnerUpIs(what, count(other.loses))
        : s().sites.runnerUpSame(what)
  return h(
    'div',
    { class: 'planned-other' },
    h('p', { class: 'figures' }, words),
    button(show, { class: 'text-button' }, s().sites.showRunnerUp),
  )
}
