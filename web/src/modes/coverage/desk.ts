import { problemFrom } from '../../api/client'
import type { Gap } from '../../api/coverage'
import { steps } from '../../api/minutes'
import { dotRadius } from '../../layers/coverage/dots'
import { CoverageLayer } from '../../layers/coverage/layer'
import { failedNotice } from '../../panels/around'
import { type Asked, asked, type Ground, parameters } from '../../panels/coverage/asked'
import { coverageLegend } from '../../panels/coverage/legend'
import { CoveragePanel } from '../../panels/coverage/panel'
import type { Question } from '../../state/state'
import { t } from '../../text/language'
import { replace } from '../../ui/dom'
import type { Stage } from '../stage'
import { type Answered, Answers } from './answers'
import { Serving } from './serving'
import { Sight } from './sight'
import { Walks } from './walks'

/** Milliseconds without a newer question before the server is asked about other minutes. */
const patience = 250

/** Where the planner's question, the answers and the map meet. Moving the minutes repaints at once from what is here. */
export class Desk {
  private readonly layer: CoverageLayer
  private readonly panel: CoveragePanel
  private readonly answers: Answers
  private readonly walks: Walks
  private asked: Asked
  private answered: Answered | null = null
  private gap: Gap | null = null
  private readonly serving: Serving
  private readonly sight: Sight
  private served: number | null = null
  private stops: (() => void)[] = []

  constructor(
    private readonly stage: Stage,
    private readonly ground: Ground,
  ) {
    this.asked = asked(stage.store.state.coverage, ground)
    this.layer = new CoverageLayer(stage.map)
    this.answers = new Answers(stage.places, {
      changed: () => this.draw(),
      arrived: (answered) => this.take(answered),
      failed: (cause, retry) => this.fail(cause, retry),
    })
    this.sight = new Sight(stage)
    this.serving = new Serving(
      (first) => {
        this.layer.look({ area: this.serving.area })
        // The site may lie under the sheet that tells of it.
        if (first) this.sight.site(stage.store.state.coverage.service)
        this.draw()
      },
      (cause, retry) => stage.problem(cause, retry, t().retry),
    )
    this.walks = new Walks(stage, this.layer, () => ({
      question: parameters(this.asked, new Date()),
      kind: stage.county.kindName(this.asked.kind),
    }))
    this.panel = new CoveragePanel(ground, {
      change: (patch) => this.change(patch),
      opened: (open) => this.sight.makeRoom(open),
      town: (code) => this.sight.town(code),
      gap: (gap) => this.showGap(gap),
      open: () => {
        const { service } = stage.store.state.coverage
        if (service !== null) stage.openCard(service)
      },
      leave: () => this.change({ service: null }),
      out: {
        site: (_id, lon, lat) => this.showSpot(lon, lat),
        place: (lon, lat) => this.showSpot(lon, lat),
      },
    })
  }

  open(): void {
    const { stage } = this
    this.layer.add()
    this.layer.setLimits(limits(this.asked.minutes))
    this.walks.open()
    stage.hands = {
      place: (id) => this.choose(id),
      town: (code) => this.sight.town(code),
      ground: (lat, lon) => this.walks.pin(lat, lon),
    }
    stage.renewed = () => {
      this.answers.refresh(this.asked)
      this.draw()
    }
    replace(stage.frame.body, this.panel.element)
    // Until the sites that count are known, those of the kind that are here already stand for them.
    stage.narrow(stage.places.all().filter((place) => place.kind === this.asked.kind))
    const escaped = (event: KeyboardEvent): void => this.onKey(event)
    const zoomed = (): void => this.relegend()
    document.addEventListener('keydown', escaped)
    stage.map.on('zoomend', zoomed)
    this.stops.push(
      stage.store.watch(['coverage'], () => this.follow()),
      () => document.removeEventListener('keydown', escaped),
      () => stage.map.off('zoomend', zoomed),
    )
    this.answers.ask(this.asked, 0)
    this.serving.ask(stage.store.state.coverage.service, this.asked, 0)
    this.draw()
  }

  close(): void {
    for (const stop of this.stops) stop()
    this.serving.stop()
    this.answers.close()
    this.walks.close()
    this.layer.remove()
    this.panel.dispose()
    const { stage } = this
    stage.hands = null
    stage.renewed = () => undefined
    stage.legend = null
    stage.town = null
    stage.redrawLegend()
    stage.narrow(null)
  }

  private change(patch: Partial<Question>): void {
    const { store } = this.stage
    store.set({ coverage: { ...store.state.coverage, ...patch } })
  }

  private follow(): void {
    const before = this.asked
    this.asked = asked(this.stage.store.state.coverage, this.ground)
    this.layer.setLimits(limits(this.asked.minutes))
    this.answers.ask(this.asked, patience)
    const { service } = this.stage.store.state.coverage
    if (!sameWalk(before, this.asked) || service !== this.served) this.walks.forget()
    if (service !== this.served) this.stage.refresh()
    this.served = service
    this.serving.ask(service, this.asked, patience)
    this.draw()
    this.relegend()
  }

  private take(answered: Answered): void {
    const { layer, stage } = this
    const before = this.answered
    this.answered = answered
    if (before?.streets !== answered.streets) layer.setStreets(answered.streets)
    if (before?.cells !== answered.cells) layer.setCells(answered.cells)
    if (before?.painting !== answered.painting || before.cells !== answered.cells) {
      const pace = this.asked.profile?.pace_m_per_s ?? 1
      layer.setTimes(answered.painting.cells, answered.painting.streets, pace, answered.sites)
    }
    const still = answered.answer.gaps.find((gap) => gap.lon === this.gap?.lon && gap.lat === this.gap.lat)
    this.mark(still ?? null)
    stage.narrow(answered.sites)
    const dot = (children: number): number => dotRadius(children, stage.map.getZoom())
    stage.legend = (close) => coverageLegend(answered.answer, this.asked, answered.streets !== null, dot, close)
    this.draw()
    this.relegend()
  }

  private fail(cause: unknown, retry: () => void): void {
    if (this.answered) {
      this.stage.problem(cause, retry, t().retry)
      return
    }
    const problem = problemFrom(cause)
    this.panel.fail(failedNotice(problem.title, problem.detail, retry))
  }

  private draw(): void {
    const { service } = this.stage.store.state.coverage
    this.panel.update({
      asked: this.asked,
      answer: this.answered?.answer ?? null,
      waiting: this.answers.waiting,
      gap: this.gap,
      service: service === null ? null : { area: this.serving.area, place: this.stage.places.find(service) ?? null },
    })
  }

  private relegend(): void {
    if (this.stage.store.state.legend) this.stage.redrawLegend()
  }

  private choose(site: number): void {
    const { store } = this.stage
    const off = store.state.coverage.service === site
    this.change({ service: off ? null : site })
    if (!off && store.state.sheet !== 'full') store.set({ sheet: 'half' })
    if (!off) this.stage.frame.body.scrollTop = 0
  }

  private showGap(gap: Gap): void {
    const again = this.gap !== null && this.gap.lon === gap.lon && this.gap.lat === gap.lat
    this.mark(again ? null : gap)
    this.draw()
    if (!again) this.sight.box(gap.bbox)
  }

  private mark(gap: Gap | null): void {
    this.gap = gap
    this.layer.look({ gap })
  }

  private showSpot(lon: number, lat: number): void {
    this.sight.spot(lon, lat)
    this.walks.pin(lat, lon)
  }

  /** Escape puts away one thing at a time, the latest looked at first. */
  private onKey(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null
    if (event.key !== 'Escape' || event.defaultPrevented || target?.closest('dialog, .tools, .legend')) return
    if (this.walks.unpin()) return
    if (this.stage.store.state.coverage.service !== null) this.change({ service: null })
    else if (this.gap) {
      this.mark(null)
      this.draw()
    } else if (this.stage.town !== null) {
      this.stage.town = null
      this.stage.refresh()
    }
  }
}

function limits(minutes: number): number[] {
  return [...steps.filter((step) => step < minutes), minutes]
}

function sameWalk(a: Asked, b: Asked): boolean {
  const of = ({ kind, profile, at, only }: Asked): string => JSON.stringify([kind, profile?.id, at, only])
  return of(a) === of(b)
}
