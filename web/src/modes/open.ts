import type L from 'leaflet'
import type { County } from '../api/county'
import type { Places } from '../api/places'
import type { SearchHit } from '../api/search'
import { closest, createMap, showPoint } from '../map/create'
import { addScale } from '../map/scale'
import { controlButtons, cornerLines, crowdedNotice, emptyNotice, pageHeading, targetBanner } from '../panels/around'
import { addChips } from '../panels/chips'
import { type Frame, makeFrame } from '../panels/frame'
import { legendPanel } from '../panels/legend'
import { SearchPanel } from '../panels/search'
import type { State } from '../state/state'
import type { Store } from '../state/store'
import { f } from '../text/find/words'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { h, replace } from '../ui/dom'
import { followPresses, locate, startFrom } from './origin'
import { searchKept } from './search_offline'
import { followSignal } from './signal'
import { type Memory, Stage } from './stage'
import { Steps } from './steps'
import { followMode } from './switch'

const kept: readonly (keyof State)[] = [
  'view',
  'kinds',
  'mode',
  'target',
  'coverage',
  'plan',
  'scenario',
  'query',
  'wish',
  'origin',
  'language',
  'legend',
]

/** Builds the page around the map and ties state, map and panels together. Returns how to take all of it down. */
export function openPage(root: HTMLElement, county: County, places: Places, store: Store, memory: Memory): () => void {
  const frame = makeFrame(
    pageHeading(county),
    (sheet) => store.set({ sheet }),
    () => store.set({ language: store.state.language === 'zh' ? 'en' : 'zh' }),
  )
  root.replaceChildren(frame.element)
  frame.sheet.moveTo(store.state.sheet)
  const stops: (() => void)[] = [
    () => frame.sheet.dispose(),
    store.watch(['sheet'], (s) => frame.sheet.moveTo(s.sheet)),
  ]
  const map = createMap(frame.map, county.config.basemap ?? null)
  stops.push(() => map.remove())
  const stage = new Stage(store, county, places, map, frame, memory)
  stage.closeUp = store.state.view === null
  startView(stage)
  stage.areas.add()
  stage.sites.add()
  stops.push(() => stage.sites.remove(), stage.addGround())
  stops.push(...around(stage), ...state(stage, map))
  if (!county.config.bounds) {
    frame.element.classList.add('is-empty')
    replace(frame.body, emptyNotice())
    replace(frame.head)
    frame.sheet.moveTo('half')
    return () => stops.reverse().forEach((stop) => void stop())
  }
  // A link may name kinds that this county's catalogue does not have.
  store.set({ kinds: store.state.kinds.filter((id) => county.pointKinds.some((kind) => kind.id === id)) })
  stops.push(addChips(frame.chips, county, store))
  const search = new SearchPanel(frame.tools, county, store, {
    choose: (hit) => take(stage, hit),
    problem: (cause, retry) => stage.problem(cause, retry, t().retry),
    kept: (text) => searchKept(places.all(), county, text),
    away: (lat, lon) => {
      const { origin } = store.state
      return origin && map.distance([origin.lat, origin.lon], [lat, lon])
    },
  })
  // In another language the cards and ways of what was found nearby still have its map.
  if (memory.trail[0]?.name === 'nearby') {
    const { features = [], beyond = [] } = memory.found?.answer ?? {}
    const found = features.length > 0 ? features : beyond
    stage.narrow(
      found.map((site) => places.keep(site)),
      false,
    )
  }
  stops.push(() => search.dispose(), followPresses(stage), followMode(stage), followSignal(stage), live(stage))
  return () => stops.reverse().forEach((stop) => void stop())
}

/** What was found in the search field: where one starts, what is looked for, or a card. */
function take(stage: Stage, hit: SearchHit): void {
  const { store, map } = stage
  const planning = stage.hands !== null
  if (hit.type === 'kind') {
    const next = store.state.origin || store.state.mode.name === 'nearby' ? 'nearby' : 'browse'
    store.set({ kinds: [hit.kind], target: null, ...(planning ? {} : { mode: { name: next }, sheet: 'half' }) })
    return
  }
  const { lat, lon } = hit
  if (hit.type === 'site' && !store.state.seeking) {
    stage.places.keepHit(hit)
    stage.openCard(hit.id)
    showPoint(map, lat, lon, stage.insets(), 15)
  } else if (planning) showPoint(map, lat, lon, stage.insets(), 15)
  else {
    const name = nameOf(hit.name_en ? { zh: hit.name, en: hit.name_en } : { zh: hit.name })
    startFrom(stage, { lat, lon, by: 'place', name, accuracy: null })
  }
}

/** Listens for what is published, once the page stands; the code for it comes then. */
function live(stage: Stage): () => void {
  let stop: () => void = () => undefined
  let closed = false
  const start = async (): Promise<void> => {
    const { followChanges } = await import('./live')
    if (!closed) stop = followChanges(stage)
  }
  // Without it the map is as of when it was opened, as maps are; nobody needs to be told.
  const timer = setTimeout(() => void start().catch(() => undefined), 1500)
  return () => {
    closed = true
    clearTimeout(timer)
    stop()
  }
}

/** The view of the address bar, else all of the county, else all of China. */
function startView(stage: Stage): void {
  const { view } = stage.store.state
  if (view) stage.map.setView([view.lat, view.lon], view.zoom)
  else if (stage.county.config.bounds) stage.whole()
  else stage.map.setView([35.5, 105], 4)
}

/** Map → state → address bar, requests for what comes into sight, and layers that follow the state. */
function state(stage: Stage, map: L.Map): (() => void)[] {
  const { store, places } = stage
  const moved = (): void => {
    const { lat, lng } = map.getCenter()
    store.set({ view: { lat, lon: lng, zoom: map.getZoom() } })
    cover()
  }
  const cover = (): void => {
    if (!stage.county.config.bounds) return
    const box = map.getBounds()
    places.cover([box.getWest(), box.getSouth(), box.getEast(), box.getNorth()], store.state.kinds)
  }
  const steps = new Steps(store)
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    clearTimeout(timer)
    // Safari refuses more than a hundred changes in half a minute.
    timer = setTimeout(() => steps.write(), 120)
  }
  places.onChange = () => stage.announce()
  places.onProblem = (cause, retry) => stage.background(cause, retry)
  map.on('moveend', moved)
  moved()
  write()
  const follow = (fit: boolean): void => {
    stage.followTarget(fit).catch((cause: unknown) => stage.problem(cause, () => follow(fit), t().retry))
  }
  if (store.state.target) follow(false)
  return [
    store.watch(kept, write),
    // What is opened right after it is a step of its own, however quick the finger.
    store.watch(['mode', 'origin'], () => steps.write()),
    store.watch(['kinds'], () => {
      cover()
      stage.announce()
    }),
    store.watch(['pointed'], () => stage.refresh()),
    store.watch(['target'], () => follow(true)),
    () => map.off('moveend', moved),
    () => clearTimeout(timer),
    () => steps.dispose(),
  ]
}

/** Buttons, banner, legend and corner. */
function around(stage: Stage): (() => void)[] {
  const { frame, store, map, county } = stage
  frame.controls.append(
    ...controlButtons({
      locate: () => void locate(stage).then((why) => why && frame.toasts.show(f().failed[why])),
      zoom: (by) => map.setZoom(Math.min(closest, Math.round(map.getZoom() + by))),
      whole: () => stage.whole(),
      legend: () => {
        const legend = !store.state.legend
        // On a phone the legend takes the room of the sheet.
        store.set(legend && frame.sheet.covers > 0 ? { legend, sheet: 'peek' } : { legend })
      },
    }),
  )
  const scale = h('div')
  frame.corner.append(scale, ...cornerLines(county))
  const over = (): void => drawOver(stage, frame)
  const legend = (): void => {
    const close = (): void => {
      store.set({ legend: false })
      frame.controls.querySelector<HTMLElement>('.legend-button')?.focus()
    }
    frame.element.querySelector('.legend')?.remove()
    frame.controls.querySelector('.legend-button')?.setAttribute('aria-expanded', String(store.state.legend))
    if (!store.state.legend) return
    frame.map.parentElement?.append(stage.legend ? stage.legend(close) : legendPanel(county, close))
  }
  legend()
  stage.redrawLegend = legend
  return [addScale(map, scale), stage.whenShown(over), store.watch(['target'], over), store.watch(['legend'], legend)]
}

function drawOver(stage: Stage, frame: Frame): void {
  const { store, places } = stage
  const counted = store.state.target !== null
  const banner = counted
    ? targetBanner(t().targets.only(count(stage.shown().length)), () => store.set({ target: null }))
    : null
  replace(frame.over, banner, !counted && places.truncated && crowdedNotice())
}
