import type L from 'leaflet'
import { get, keptSince, Problem, problemFrom } from '../api/client'
import type { County } from '../api/county'
import type { Nearby } from '../api/nearby'
import type { Place, Places } from '../api/places'
import { getProfiles, type Profile } from '../api/profiles'
import type { Box, Target } from '../api/types'
import { AreasLayer } from '../layers/areas'
import type { GroundLayer } from '../layers/ground/layer'
import { SitesLayer } from '../layers/sites'
import { WayLayer } from '../layers/way'
import type { Insets } from '../map/create'
import { showBox } from '../map/create'
import type { Frame } from '../panels/frame'
import { signInHere } from '../panels/sign_in'
import type { Mode } from '../state/state'
import type { Store } from '../state/store'
import { t } from '../text/language'

/** What pressing on the map means to a mode that gives it a meaning of its own. */
export type Hands = {
  place(id: number): void
  town(code: string): void
  ground(lat: number, lon: number): void
}

/** What was asked, what came of it at which moment of this page, and how far the list was read. */
export type Found = {
  key: string
  at: number
  answer: Nearby
  limit: number
  scroll: number
  /** The site whose card was opened from it. */
  opened: number | null
}

/** What outlives a change of language, which builds the page anew. */
export class Memory {
  /** The last answer to what is nearby, so that the way back from a card asks nothing. */
  found: Found | null = null
  /** Where Back leads from a card, a spot or a town: the last place that was not of that sort, one step each. */
  readonly trail: Mode[] = []
}

/** What every mode works with: the person's state, the county, the map with its layers, and the panel to fill. */
export class Stage {
  readonly areas: AreasLayer
  readonly sites: SitesLayer
  /** Where somebody starts, and how they go. */
  readonly way: WayLayer
  /** Whether the first card is looked at from near: somebody came by a link that names a site and no view. */
  closeUp = false
  /** Set by a mode while it is on. */
  hands: Hands | null = null
  /** A legend in place of the usual one, set by a mode while it is on. */
  legend: ((close: () => void) => HTMLElement) | null = null
  /** To be called when the legend would say something else. */
  redrawLegend: () => void = () => undefined
  /** The site that a mode points out, and those that it draws grey. */
  chosen: number | null = null
  closed: ReadonlySet<number> = new Set()
  /** The town that a mode points out. */
  town: string | null = null
  /** Set by a mode that shows more of the server than the places, to be called when that has changed. */
  renewed: () => void = () => undefined
  private narrowed: readonly Place[] | null = null
  private apart = false
  private counted: Place[] | null = null
  private known: Target[] | null = null
  private walkers: Promise<Profile[]> | null = null
  private listeners = new Set<() => void>()
  private cache: { all: readonly Place[]; kinds: string; shown: readonly Place[] } | null = null

  constructor(
    readonly store: Store,
    readonly county: County,
    readonly places: Places,
    readonly map: L.Map,
    readonly frame: Frame,
    readonly memory: Memory,
  ) {
    this.areas = new AreasLayer(map, county.areas)
    this.way = new WayLayer(map)
    this.sites = new SitesLayer(map, county, {
      place: (id) => (this.hands ? this.hands.place(id) : this.openCard(id)),
      spot: (sites) => {
        const first = sites[0]
        if (this.hands && first !== undefined) this.hands.place(first)
        else store.set({ mode: { name: 'spot', sites }, sheet: this.raised() })
      },
      town: (area) => {
        if (this.hands) this.hands.town(area)
        else store.set({ mode: { name: 'town', area }, sheet: this.raised() })
      },
      ground: (lat, lon) => (this.hands ? this.hands.ground(lat, lon) : this.leaveCard()),
      point: (pointed) => store.set({ pointed }),
      insets: () => this.insets(),
    })
  }

  get found(): Found | null {
    return this.memory.found
  }

  set found(found: Found | null) {
    this.memory.found = found
  }

  /**
   * Draws this server's own base map unless an online one is set. Its code comes separately, so that the page stands
   * before it; returns how to take it down again.
   */
  addGround(): () => void {
    const { basemap, ground } = this.county.config
    if (basemap || !ground) return () => undefined
    let layer: GroundLayer | null = null
    let closed = false
    const start = async (): Promise<void> => {
      const { GroundLayer } = await import('../layers/ground/layer')
      if (closed) return
      // Where no town is drawn the ground is land everywhere, and not what lies outside of the county.
      if (!this.county.areas.some((area) => area.geometry)) this.map.getContainer().classList.add('map-land')
      const written = this.county.towns.flatMap((town) => [town.name.zh, town.name.en ?? ''])
      layer = new GroundLayer(this.map, ground, written, (cause) => this.background(cause, () => layer?.retry()))
      const { underlay } = layer
      layer.onNames = () => this.sites.over(underlay)
      layer.add()
    }
    const tried = (): void => void start().catch((cause: unknown) => this.problem(cause, tried, t().retry))
    tried()
    return () => {
      closed = true
      layer?.remove()
    }
  }

  /** What is on the map now: what counts towards the target, or the chosen kinds, or everything. */
  shown(): readonly Place[] {
    if (this.narrowed) return this.narrowed
    if (this.store.state.target !== null && this.counted) return this.counted
    const all = this.places.all()
    const kinds = this.store.state.kinds.join()
    if (this.cache?.all === all && this.cache.kinds === kinds) return this.cache.shown
    const wanted = new Set(this.store.state.kinds)
    const shown = wanted.size === 0 ? all : all.filter((place) => wanted.has(place.kind))
    this.cache = { all, kinds, shown }
    return shown
  }

  /** Shows only these, whatever kinds and target are chosen; null shows by choice again. `apart`: small, in a painted map. */
  narrow(places: readonly Place[] | null, apart = true): void {
    if (places === this.narrowed) return
    this.narrowed = places
    this.apart = apart
    this.announce()
  }

  /** Calls `run` now and whenever other places are shown. */
  whenShown(run: () => void): () => void {
    this.listeners.add(run)
    run()
    return () => this.listeners.delete(run)
  }

  /** Draws what is shown; called after anything that can change it. */
  refresh(): void {
    const { mode, pointed, target, coverage } = this.store.state
    const chosen =
      mode.name === 'card' || mode.name === 'way'
        ? mode.site
        : mode.name === 'coverage'
          ? coverage.service
          : this.chosen
    this.sites.update({
      places: this.shown(),
      selected: chosen === null ? null : (this.places.find(chosen) ?? null),
      pointed: pointed === null ? null : (this.places.find(pointed) ?? null),
      haloed: target !== null && this.counted !== null && !this.narrowed,
      apart: this.narrowed !== null && this.apart,
      closed: this.closed,
    })
    this.areas.update(mode.name === 'town' ? mode.area : this.town)
  }

  announce(): void {
    this.refresh()
    for (const run of [...this.listeners]) run()
  }

  openCard(site: number): void {
    this.store.set({ mode: { name: 'card', site }, sheet: this.raised() })
  }

  async targets(): Promise<Target[]> {
    this.known ??= (await get<{ targets: Target[] }>('targets')).targets
    return this.known
  }

  /** Who may be walking; nobody where the server cannot be asked. */
  async profiles(): Promise<readonly Profile[]> {
    this.walkers ??= getProfiles()
    try {
      return await this.walkers
    } catch (cause) {
      this.walkers = null
      if (cause instanceof Problem) return []
      throw cause
    }
  }

  /** Something was published: where the targets stand is asked anew, and what counts towards the chosen one shown. */
  forgetTargets(): void {
    this.known = null
    if (this.store.state.target === null) return
    this.followTarget(false).catch((cause: unknown) => this.problem(cause, () => this.forgetTargets(), t().retry))
  }

  /** Loads the sites that count towards the chosen target; `fit` also brings all of them into view. */
  async followTarget(fit: boolean): Promise<Target | null> {
    const wanted = this.store.state.target
    const target = wanted === null ? undefined : (await this.targets()).find((candidate) => candidate.id === wanted)
    if (!target) {
      this.counted = null
      if (wanted !== null) this.store.set({ target: null })
      this.announce()
      return null
    }
    const counted = await this.places.fetchOnly(target.sites, target.kind)
    if (this.store.state.target !== wanted) return null
    this.counted = counted
    this.announce()
    if (fit && counted.length > 0) this.fit(counted)
    return target
  }

  fit(places: readonly Place[]): void {
    const lons = places.map((place) => place.lon)
    const lats = places.map((place) => place.lat)
    const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
    showBox(this.map, box, this.besideButtons(), 15)
  }

  whole(): void {
    if (this.county.config.bounds) showBox(this.map, this.county.config.bounds, this.insets())
  }

  /** The same for what nobody has pressed: with no signal the line above the list has said so already. */
  background(cause: unknown, retry: () => void): void {
    const unheard = cause instanceof Problem && cause.status === 0 && keptSince() !== null
    if (!unheard) this.problem(cause, retry, t().retry)
  }

  problem(cause: unknown, retry: () => void, again: string): void {
    const failed = problemFrom(cause)
    if (failed.status === 401) {
      const go = { label: t().signIn.go, run: () => location.assign(signInHere()) }
      this.frame.toasts.show(failed.title, t().signIn.why, go)
      return
    }
    this.frame.toasts.show(failed.title, failed.detail, { label: again, run: retry })
  }

  /** What of the map lies under the header and the sheet. A full sheet counts as half: there is no map to speak of then. */
  insets(): Insets {
    const { element, sheet } = this.frame
    const covers = Math.min(sheet.covers, window.innerHeight * 0.5)
    // The chips lie on the map on every screen, and are the lowest part of what floats above it; where a mode does
    // without them, on a phone the search field is.
    const lowest = (name: string): number => element.querySelector(name)?.getBoundingClientRect().bottom ?? 0
    const top = lowest('.plan-tools') || lowest('.chips') || (sheet.covers > 0 ? lowest('.tools') : 0)
    return { top: Math.max(0, top), right: 0, bottom: covers, left: 0 }
  }

  /** The same without the right margin, where the map's buttons are: for what must be seen whole. */
  besideButtons(): Insets {
    return { ...this.insets(), right: this.frame.sheet.covers > 0 ? 64 : 72 }
  }

  /** The uncovered part of the map as a box. */
  seen(): Box {
    const { top, bottom } = this.insets()
    const size = this.map.getSize()
    const northWest = this.map.containerPointToLatLng([0, top])
    const southEast = this.map.containerPointToLatLng([size.x, Math.max(top + 1, size.y - bottom)])
    return [northWest.lng, southEast.lat, southEast.lng, northWest.lat]
  }

  private raised(): 'half' | 'full' {
    return this.store.state.sheet === 'full' ? 'full' : 'half'
  }

  /** A press on empty ground puts away what was picked on the map. */
  private leaveCard(): void {
    const { mode } = this.store.state
    if (mode.name === 'card' || mode.name === 'spot' || mode.name === 'town')
      this.store.set({ mode: { name: 'browse' } })
  }
}
