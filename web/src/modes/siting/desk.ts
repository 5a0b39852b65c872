import type { Streets } from '../../api/packed'
import type { Position } from '../../api/siting'
import { type Marker, SitingLayer } from '../../layers/siting/layer'
import { showPoint } from '../../map/create'
import { SitingPanel } from '../../panels/siting/panel'
import { siteName } from '../../panels/siting/sites'
import { sitingRequest, type Wish } from '../../panels/siting/wish'
import { allow, forbid } from '../../state/plan'
import { count } from '../../text/numbers'
import { s } from '../../text/siting/words'
import type { Planner } from '../plan/planner'
import { Candidates } from './candidates'
import { type Found, session } from './session'
import { isForbidden, pinned, proposedAt, sameSpot, taken, unpinned } from './taking'

export type SitingHost = {
  planner: Planner
  streets(): Streets | null
  /** What the data stand at, as far as is known. */
  mark(): string | null
  save(job: string): void
}

/** "Where next": what the session holds, in the panel and on the map, and what is done with it in the plan. */
export class SitingDesk {
  readonly element: HTMLElement
  private readonly panel: SitingPanel
  private readonly layer: SitingLayer
  private readonly candidates: Candidates
  private editing = false
  private chosen: number | null = null
  private instead: { from: Position; to: Position } | null = null
  /** Spots that stand in the plan only because they were pinned here. */
  private readonly own: Position[] = []
  private visible = false

  constructor(private readonly host: SitingHost) {
    const { stage, ground } = host.planner
    this.panel = new SitingPanel(ground.county, {
      change: (patch) => this.change(patch),
      start: () => this.start(),
      cancel: () => void session.job.cancel(),
      edit: () => {
        this.editing = true
        this.draw()
        this.element.querySelector<HTMLElement>('#wish-add')?.focus()
      },
      accept: () => this.accept(),
      save: () => this.save(),
      show: (place) => this.show(place),
      pin: (place) => this.pin(place),
      forbid: (place) => this.forbid(place),
      runnerUp: (place) => this.runnerUp(place),
      open: (place, open) => this.choose(open ? place : null),
    })
    this.element = this.panel.element
    this.layer = new SitingLayer(stage.map, {
      choose: (place) => {
        this.panel.open(place)
        this.choose(place)
        this.panel.reveal(place)
      },
      moved: (place, to) => this.moved(place, to),
      removed: (place) => this.forbid(place),
    })
    this.candidates = new Candidates(stage.places, () => this.draw())
  }

  enter(): void {
    if (this.visible) return
    this.visible = true
    this.layer.add()
    session.onChange = () => this.draw()
    session.onFound = (found) => this.arrived(found)
    this.candidates.follow(session.wish)
    this.draw()
  }

  /** The search goes on; its result waits. */
  exit(): void {
    if (!this.visible) return
    this.visible = false
    session.onChange = () => undefined
    session.onFound = () => undefined
    this.candidates.stop()
    this.layer.remove()
  }

  close(): void {
    this.exit()
  }

  /** The question, the plan or the data have changed. */
  follow(): void {
    if (this.visible) this.draw()
  }

  private request(): ReturnType<typeof sitingRequest> {
    const { planner } = this.host
    // Places that are proposed and not pinned are what the search is to find anew.
    const { add: _, ...change } = planner.body(planner.plan)
    return sitingRequest(planner.asked, session.wish, planner.plan, change, new Date())
  }

  private change(patch: Partial<Wish>): void {
    session.wish = { ...session.wish, ...patch }
    this.candidates.follow(session.wish)
    this.draw()
  }

  private start(): void {
    if (!this.panel.complete(session.wish)) {
      this.editing = true
      this.draw()
      return
    }
    this.editing = false
    this.instead = null
    this.chosen = null
    session.start(this.request())
    this.lower()
    this.panel.focus()
  }

  private arrived({ of }: Found): void {
    this.panel.say(of.status === 'cancelled' ? s().run.stopped : s().run.ended)
    this.panel.focus()
  }

  private accept(): void {
    const { found } = session
    if (!found) return
    const { planner } = this.host
    const plan = taken(planner.plan, found.of.sites)
    planner.apply(plan)
    const [n, of] = [plan.add.length, found.of.sites.length]
    const words = n < of ? s().result.acceptedPart(count(n), count(of)) : s().result.accepted(count(n))
    planner.stage.frame.toasts.mention(words)
  }

  private save(): void {
    if (!session.found) return
    this.accept()
    this.host.save(session.found.job)
  }

  private pin(place: number): void {
    const site = session.found?.of.sites[place]
    if (!site) return
    const { planner } = this.host
    const there = proposedAt(planner.plan, site)
    if (there?.pinned) {
      const own = this.own.some((spot) => sameSpot(spot, site))
      planner.apply(unpinned(planner.plan, site, own))
      return
    }
    if (!there) this.own.push(site)
    planner.apply(pinned(planner.plan, site, site.name))
    this.panel.say(s().sites.pinnedNow(count(place + 1)))
  }

  private forbid(place: number): void {
    const site = session.found?.of.sites[place]
    if (!site) return
    const { planner } = this.host
    const at = planner.plan.forbid.findIndex((spot) => sameSpot(spot, site))
    if (at >= 0) {
      planner.apply(allow(planner.plan, at))
      return
    }
    // Nothing can be both wanted and ruled out.
    const without = unpinned(planner.plan, site, true)
    planner.apply(forbid(without, { lon: site.lon, lat: site.lat }))
    this.panel.say(s().sites.forbiddenNow(count(place + 1)))
  }

  private moved(place: number, to: Position): void {
    const site = session.found?.of.sites[place]
    if (!site) return
    const { planner } = this.host
    const plan = pinned(unpinned(planner.plan, site, true), to, site.name)
    this.own.push(to)
    session.replaced.set(place, to)
    planner.apply(plan)
    this.panel.say(s().sites.movedTo(count(place + 1)))
  }

  /** A sheet that covers the map would hide what is to be seen there. */
  private lower(): void {
    const { store } = this.host.planner.stage
    if (store.state.sheet === 'full') store.set({ sheet: 'half' })
  }

  private show(place: number): void {
    const site = session.found?.of.sites[place]
    if (!site) return
    const { stage } = this.host.planner
    this.lower()
    showPoint(stage.map, site.lat, site.lon, stage.insets(), 15)
    this.choose(place)
  }

  private runnerUp(place: number): void {
    const site = session.found?.of.sites[place]
    const other = site?.runner_up
    if (!site || !other) return
    const { stage } = this.host.planner
    this.lower()
    this.instead = { from: site, to: other }
    showPoint(stage.map, other.lat, other.lon, stage.insets(), 14)
    this.draw()
  }

  private choose(place: number | null): void {
    this.chosen = place
    if (place === null || session.found?.of.sites[place]?.runner_up === null) this.instead = null
    this.draw()
  }

  private draw(): void {
    if (!this.visible) return
    const { found, failed, wish } = session
    const { running } = session.job
    const { planner, mark } = this.host
    const { plan } = planner
    const sites = found?.of.sites ?? []
    const places = (is: (spot: Position) => boolean): ReadonlySet<number> =>
      new Set(sites.flatMap((site, place) => (is(site) ? [place] : [])))
    this.panel.update({
      wish,
      pinned: plan.add.filter((site) => site.pinned).length,
      forbidden: plan.forbid.length,
      editing: this.editing || failed !== null,
      running,
      failed,
      chosen: this.chosen,
      result: found && {
        of: found.of,
        track: found.track,
        stale: session.isStale(this.request()),
        moved: mark() !== null && mark() !== found.of.mark,
        pinned: places((spot) => proposedAt(plan, spot)?.pinned === true),
        forbidden: places((spot) => isForbidden(plan, spot)),
      },
    })
    const { candidates } = this
    const filling = this.editing || found === null
    const looking = running !== null || (filling && wish.source !== 'junctions')
    this.layer.show({
      candidates: looking ? candidates.of(wish, this.host.streets()) : null,
      found: running?.progress?.sites ?? [],
      forbidden: plan.forbid,
      instead: this.instead,
      markers: running ? [] : this.markers(),
    })
  }

  /** The sites of the result that the plan does not show already. */
  private markers(): Marker[] {
    const { found } = session
    const { plan, ground } = this.host.planner
    return (found?.of.sites ?? []).flatMap((site, place) => {
      const elsewhere = session.replaced.get(place)
      if (proposedAt(plan, site) || isForbidden(plan, site) || (elsewhere && proposedAt(plan, elsewhere))) return []
      const number = count(place + 1)
      const name = s().sites.name(number, siteName(site, ground.county))
      const label = `${name}。${s().sites.drag(number)}`
      return [{ place, lon: site.lon, lat: site.lat, text: number, label, chosen: this.chosen === place }]
    })
  }
}
