import '../../style/way.css'
import { get, isAbort, Problem } from '../../api/client'
import type { Place } from '../../api/places'
import { walkerFor } from '../../api/profiles'
import type { SiteFeature } from '../../api/types'
import { askWay, type LonLat, type Ways } from '../../api/ways'
import { showBox, showPoint } from '../../map/create'
import { noticeOf } from '../../panels/around'
import { refusal, startQuestion } from '../../panels/find/invitation'
import { onWheels } from '../../panels/find/needs'
import { fromBar } from '../../panels/find/results'
import { type Choice, type Shown, wayPanel } from '../../panels/find/way'
import { nextDate } from '../../state/question'
import { f } from '../../text/find/words'
import { nameOf, t } from '../../text/language'
import { h, replace } from '../../ui/dom'
import { notice } from '../../ui/notice'
import { locate, seekStart } from '../origin'
import type { Stage } from '../stage'

/** The way to one site and back, with a choice where the safest is not the quickest. */
export function openWay(stage: Stage, site: number): () => void {
  const going = new Going(stage, site)
  void going.open()
  const stop = stage.store.watch(['origin', 'wish'], () => void going.ask())
  return () => {
    stop()
    going.close()
  }
}

class Going {
  private place: Place | null = null
  private ways: Ways | null = null
  private choice: Choice = 'quickest'
  private home = false
  private walker = ''
  private readonly running = new AbortController()
  private asking: AbortController | null = null
  private fitted = false

  constructor(
    private readonly stage: Stage,
    private readonly site: number,
  ) {}

  close(): void {
    this.running.abort()
    this.asking?.abort()
    this.stage.way.show({ way: null, other: null })
  }

  async open(): Promise<void> {
    const { stage, site } = this
    try {
      const known = stage.places.find(site)
      this.place = known ?? stage.places.keep(await get<SiteFeature>(`sites/${site}`, {}, this.running.signal))
      stage.refresh()
    } catch (cause) {
      if (isAbort(cause)) return
      // What is not there will not be there when it is asked for again.
      const missing = cause instanceof Problem && cause.status === 404
      this.body(missing ? notice(t().card.missing, [cause.detail]) : noticeOf(cause, () => void this.open()))
      return
    }
    if (this.place && stage.closeUp && !stage.store.state.origin)
      showPoint(stage.map, this.place.lat, this.place.lon, stage.insets(), 15)
    await this.ask()
    this.stage.frame.body.querySelector<HTMLElement>('.way-title')?.focus({ preventScroll: true })
  }

  async ask(): Promise<void> {
    const { stage, place } = this
    const { origin, wish } = stage.store.state
    if (!place) return
    this.asking?.abort()
    if (!origin) {
      this.ways = null
      stage.way.show({ way: null, other: null })
      this.draw(null)
      return
    }
    const asking = new AbortController()
    this.asking = asking
    const { signal } = asking
    const walker = walkerFor(wish.age, onWheels(wish), await stage.profiles())
    if (signal.aborted) return
    this.walker = walker ? nameOf(walker.name) : ''
    try {
      // The same moment as in the list, so that both tell the same minutes: who is on duty depends on it.
      const at = wish.at ? nextDate(wish.at, new Date()) : (stage.found?.answer.at ?? 'now')
      const profile = walker?.usual ? undefined : walker?.id
      this.ways = await askWay({ from: origin, to: place, home: this.home, profile, at }, signal)
      if (!this.ways.properties.safest) this.choice = 'quickest'
      this.draw(null)
      this.paint()
    } catch (cause) {
      if (isAbort(cause)) return
      this.ways = null
      stage.way.show({ way: null, other: null })
      const offline = cause instanceof Problem && cause.status === 0
      this.draw(
        offline
          ? h('p', { class: 'way-failed', role: 'alert' }, f().way.offline)
          : noticeOf(cause, () => void this.ask()),
      )
    }
  }

  private draw(instead: HTMLElement | null): void {
    const { stage, place } = this
    if (!place) return
    const { origin } = stage.store.state
    const name = nameOf(place.name)
    const held = (document.activeElement as HTMLElement | null)?.dataset.way
    const shown: Shown = {
      name,
      to: [place.lon, place.lat],
      ways: origin ? this.ways : null,
      home: this.home,
      choice: this.choice,
      walker: this.walker,
    }
    const panel = wayPanel(
      shown,
      {
        choose: (choice) => {
          this.choice = choice
          this.draw(null)
          this.paint()
        },
        turn: (home) => {
          this.home = home
          void this.ask()
        },
      },
      origin
        ? fromBar(
            origin,
            { change: () => stage.store.set({ origin: null }), again: () => void this.locate() },
            this.home,
          )
        : startQuestion({ locate: () => void this.locate(), type: () => seekStart(stage) }),
      instead ?? (origin && !this.ways ? h('p', { class: 'muted', role: 'status' }, t().loading) : null),
    )
    this.body(panel)
    if (held) panel.querySelector<HTMLElement>(`[data-way="${held}"]`)?.focus({ preventScroll: true })
  }

  private async locate(): Promise<void> {
    const why = await locate(this.stage)
    if (why) this.draw(refusal(why))
  }

  private paint(): void {
    const { stage, ways } = this
    if (!ways) return
    const { safest } = ways.properties
    const [way, other] = this.choice === 'safest' && safest ? [safest, ways] : [ways, safest]
    stage.way.show({ way, other })
    if (this.fitted) return
    this.fitted = true
    showBox(
      stage.map,
      boxOf([...ways.geometry.coordinates, ...(safest?.geometry.coordinates ?? [])]),
      stage.besideButtons(),
      17,
    )
  }

  private body(content: HTMLElement): void {
    const { scrollTop } = this.stage.frame.body
    replace(this.stage.frame.body, content)
    this.stage.frame.body.scrollTop = scrollTop
  }
}

export function boxOf(points: readonly LonLat[]): [number, number, number, number] {
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}
