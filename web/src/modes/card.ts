import { get, isAbort, keptSince, Problem, problemFrom } from '../api/client'
import { getHours, type Hours } from '../api/hours'
import { wholeMinutes } from '../api/minutes'
import { featureOf } from '../api/places'
import type { SiteFeature } from '../api/types'
import { showPoint } from '../map/create'
import { failedNotice } from '../panels/around'
import { type CardChoices, siteCard } from '../panels/card'
import { closesFirst } from '../panels/find/results'
import { isFavourite, toggleFavourite } from '../state/favourites'
import { nextDate } from '../state/question'
import type { Mode } from '../state/state'
import { distance } from '../text/distances'
import { f } from '../text/find/words'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { h, replace } from '../ui/dom'
import { notice } from '../ui/notice'
import { device } from './device'
import { backHead } from './heads'
import { copyText, shareSite } from './share'
import type { Stage } from './stage'

/** So near that one sees the streets around a site. */
const near = 16

/** Reading about one site. Leaving goes back to `from`; who came by a link that names it and no view sees it from near. */
export function enterCard(stage: Stage, id: number, from: Mode, arriving: boolean): () => void {
  const running = new AbortController()
  const { frame } = stage
  backHead(stage, from)
  replace(frame.body, h('p', { class: 'muted padded', role: 'status' }, t().loading))
  frame.body.scrollTop = 0
  const load = async (): Promise<void> => {
    try {
      const [site, hours] = await fetchSite(stage, id, running.signal)
      const place = stage.places.keep(site)
      stage.refresh()
      showPoint(stage.map, place.lat, place.lon, stage.insets(), !arriving && stage.closeUp ? near : undefined)
      show(stage, site, hours)
    } catch (cause) {
      if (isAbort(cause)) return
      const known = stage.places.find(id)
      const problem = problemFrom(cause)
      if (problem.status === 0 && known) {
        show(stage, featureOf(known), null)
        frame.body.prepend(h('p', { class: 'padded muted', role: 'status' }, f().offline.bare))
        return
      }
      // What is not there will not be there when it is asked for again.
      const failed =
        problem.status === 404
          ? notice(t().card.missing, [problem.detail])
          : failedNotice(problem.title, problem.detail, () => void load())
      replace(frame.body, failed)
    }
  }
  void load()
  stage.renewed = () => void renew()
  // Published anew while somebody reads it: the card says so, and neither map nor focus moves.
  const renew = async (): Promise<void> => {
    try {
      const [site, hours] = await fetchSite(stage, id, running.signal)
      const { scrollTop } = frame.body
      stage.places.keep(site)
      stage.refresh()
      show(stage, site, hours)
      frame.body.scrollTop = scrollTop
    } catch (cause) {
      // What was read stays; a site that was closed says so when it is opened again.
      if (!isAbort(cause) && !(cause instanceof Problem)) throw cause
    }
  }
  return () => {
    running.abort()
    stage.renewed = () => undefined
    stage.refresh()
  }
}

/** Both at once, so that the card does not move under the eye. It stands without hours, too. */
async function fetchSite(stage: Stage, id: number, signal: AbortSignal): Promise<[SiteFeature, Hours | null]> {
  const { at } = stage.store.state.wish
  const hours = getHours(id, at && nextDate(at, new Date()), signal).catch((cause: unknown) => {
    if (isAbort(cause) || cause instanceof Problem) return null
    throw cause
  })
  return [await get<SiteFeature>(`sites/${id}`, {}, signal), await hours]
}

function show(stage: Stage, site: SiteFeature, hours: Hours | null): void {
  const [lon = 0, lat = 0] = site.geometry.coordinates
  const { id } = site.properties
  const name = nameOf(stage.places.keep(site).name)
  const choices: CardChoices = {
    copy: (text) => void copyText(stage, text),
    town: (area) => stage.store.set({ mode: { name: 'town', area } }),
    show: () => {
      if (stage.store.state.sheet === 'full') stage.store.set({ sheet: 'half' })
      showPoint(stage.map, lat, lon, stage.insets(), near)
    },
    way: () => stage.store.set({ mode: { name: 'way', site: id }, sheet: 'half' }),
    keep: () => {
      const kept = toggleFavourite(device(), stage.places.keep(site))
      stage.frame.toasts.mention(kept ? f().keep.added : f().keep.removed)
      return kept
    },
    kept: isFavourite(device(), id),
    share: () => void shareSite(stage, id, name),
    report: () => void report(stage, site),
  }
  const card = siteCard(site, stage.county, choices, {
    hours: fresh(hours),
    chosen: stage.store.state.wish.at,
    walk: walkTo(stage, id),
  })
  // Who came here by the keys reads on from the name; a press on the map leaves focus where it was.
  const byKeys = stage.frame.sheet.element.contains(document.activeElement) || document.activeElement === document.body
  replace(stage.frame.body, card)
  if (byKeys) card.querySelector<HTMLElement>('.card-name')?.focus({ preventScroll: true })
}

async function report(stage: Stage, site: SiteFeature): Promise<void> {
  try {
    const { reportSite } = await import('./report')
    reportSite(site.properties.id, site.properties.name)
  } catch (cause) {
    stage.problem(cause, () => void report(stage, site), t().retry)
  }
}

/** A state that was looked up long ago, with no signal since, says nothing of now; the week still stands. */
function fresh(hours: Hours | null): Hours | null {
  return hours && keptSince() !== null ? { ...hours, opening: null } : hours
}

/** 步行 7 分钟 · 420 米, where it was among what is nearby. */
function walkTo(stage: Stage, id: number): string {
  if (!stage.store.state.origin) return ''
  const { features = [], beyond = [] } = stage.found?.answer ?? {}
  const found = [...features, ...beyond].find(({ properties }) => properties.id === id)?.properties
  if (typeof found?.walk_secs !== 'number') return ''
  const minutes = f().walk(f().minutes(count(wholeMinutes(found.walk_secs))))
  const metres = typeof found.walk_m === 'number' ? distance(found.walk_m) : ''
  const late = closesFirst(found.opening, stage.found?.answer.at ?? '', found.walk_secs) ? f().list.late : ''
  return [minutes, metres, late].filter(Boolean).join(' · ')
}
