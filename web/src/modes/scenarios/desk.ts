import { isAbort } from '../../api/client'
import { getUnits, type Scenario, type ScenarioPlan, type Unit } from '../../api/scenarios'
import { showPoint } from '../../map/create'
import { askVersion } from '../../panels/scenarios/conflict'
import { askDelete } from '../../panels/scenarios/delete'
import { copied } from '../../panels/scenarios/opened'
import { ScenariosPanel } from '../../panels/scenarios/panel'
import { askName, type Named } from '../../panels/scenarios/save'
import { scenarioIn } from '../../state/kept'
import { isEmpty } from '../../state/plan'
import { t } from '../../text/language'
import { count } from '../../text/numbers'
import { w } from '../../text/scenarios/words'
import { type Planner, questionBody } from '../plan/planner'
import { Comparing } from './comparing'
import { Opened } from './opened'
import { planOf, questionOf, samePlan } from './plans'
import { Shelf } from './shelf'

export type ScenarioHost = {
  planner: Planner
  town(code: string): void
  /** Draws nothing of the plan while something else has the map. */
  quiet(on: boolean): void
}

/** Scenarios: save what is planned, open what was saved, set some side by side, hand places over. */
export class ScenariosDesk {
  readonly element: HTMLElement
  private readonly panel: ScenariosPanel
  private readonly shelf = new Shelf()
  private readonly opened = new Opened(this.shelf)
  private readonly comparing: Comparing
  private units: Unit[] | null = null
  /** Asked for and not here yet; and the one whose plan the person asked to see. */
  private loading: string | null = null
  private wanted: string | null = null
  private visible = false

  constructor(private readonly host: ScenarioHost) {
    this.panel = new ScenariosPanel({
      save: () => this.save(null),
      list: {
        open: (id) => this.open(id),
        forget: (id) => {
          this.shelf.forget(id)
          this.draw()
        },
        compare: (ids) => void this.compare(ids),
      },
      link: (text) => this.openLink(text),
      opened: {
        leave: () => this.leave(),
        share: () => this.share(),
        save: () => void this.overwrite(null),
        saveAs: () => this.save(this.opened.now?.scenario.siting ?? null),
        delete: () => this.delete(),
        today: () => void this.try(() => this.opened.today()),
        hand: (place, unit, note) => this.hand(place, unit, note),
        show: (place) => this.show(place),
      },
    })
    this.element = this.panel.element
    this.comparing = new Comparing(host.planner, {
      changed: () => this.draw(),
      back: () => this.panel.top(),
      town: (code) => host.town(code),
      quiet: (on) => host.quiet(on),
    })
  }

  enter(): void {
    if (this.visible) return
    this.visible = true
    if (this.units === null)
      void this.try(async () => {
        this.units = await getUnits()
      })
    this.draw()
  }

  exit(): void {
    if (!this.visible) return
    this.comparing.stop()
    this.visible = false
  }

  close(): void {
    this.exit()
  }

  /** The plan, the question or the open scenario has changed. */
  follow(): void {
    const { scenario } = this.host.planner.stage.store.state
    if (scenario !== null && scenario !== this.opened.now?.scenario.id) void this.load(scenario)
    else if (scenario === null && this.opened.now) this.opened.leave()
    this.draw()
  }

  /** Asks for a name and saves what is planned; `siting` is the search that it came from. */
  save(siting: string | null): void {
    const { planner } = this.host
    const kind = planner.stage.county.kindName(planner.asked.kind)
    const now = this.opened.now?.scenario
    const suggested = w().save.suggest(kind, count(planner.plan.add.length))
    askName({ name: now?.name ?? suggested, note: now?.note ?? '' }, async (named: Named) => {
      const made = await this.opened.make(named, this.plan(), siting)
      planner.stage.store.set({ scenario: made.id })
      planner.stage.frame.toasts.mention(w().save.saved(made.name))
      this.draw()
    })
  }

  private async load(id: string): Promise<void> {
    if (this.loading === id) return
    this.loading = id
    const { planner } = this.host
    const before = planner.plan
    try {
      const scenario = await this.opened.load(id)
      // A link may carry changes that were not saved; they are not to be lost.
      if (isEmpty(before) || this.wanted === id) this.lay(scenario)
    } catch (cause) {
      planner.stage.store.set({ scenario: null })
      planner.stage.problem(cause, () => this.open(id), t().retry)
    } finally {
      this.loading = null
      this.wanted = null
      this.draw()
    }
  }

  /** Puts the plan of a scenario in place of the present one, as one step that can be taken back. */
  private lay({ plan }: Scenario): void {
    const { planner } = this.host
    planner.stage.store.set({ coverage: questionOf(plan) })
    planner.apply(planOf(plan))
  }

  private open(id: string): void {
    const { store } = this.host.planner.stage
    this.comparing.stop()
    this.wanted = id
    if (store.state.scenario === id) void this.load(id)
    else store.set({ scenario: id })
    this.panel.top()
  }

  private openLink(text: string): string | null {
    const id = scenarioIn(text)
    if (id === null) return w().compare.badLink
    this.open(id)
    return null
  }

  private leave(): void {
    this.opened.leave()
    this.host.planner.stage.store.set({ scenario: null })
    this.draw()
  }

  /** Saves over the open scenario; `over` is a version of somebody else that may be replaced. */
  private async overwrite(over: string | null): Promise<void> {
    const plan = this.plan()
    const { toasts } = this.host.planner.stage.frame
    await this.try(async () => {
      const conflict = await this.opened.save(plan, over)
      if (!conflict) {
        const { now } = this.opened
        if (now) toasts.mention(w().save.saved(now.scenario.name))
        return
      }
      const now = this.opened.now?.scenario
      const { county } = this.host.planner.stage
      askVersion(
        { name: now?.name ?? '', note: now?.note ?? '', plan },
        conflict.theirs,
        (kind) => county.kindName(kind),
        {
          mine: () => void this.overwrite(conflict.version),
          theirs: () => {
            this.opened.take(conflict.theirs, conflict.version)
            this.lay(conflict.theirs)
            this.draw()
          },
        },
      )
    })
  }

  private async share(): Promise<void> {
    const { toasts } = this.host.planner.stage.frame
    toasts.mention(await copied(this.address()))
  }

  private address(): string {
    const id = this.opened.now?.scenario.id ?? ''
    return `${location.origin}${location.pathname}#panel=plan&scenario=${id}`
  }

  private delete(): void {
    const name = this.opened.now?.scenario.name ?? ''
    askDelete(name, () =>
      this.try(async () => {
        await this.opened.remove()
        const { store, frame } = this.host.planner.stage
        store.set({ scenario: null })
        frame.toasts.mention(w().open.deleted(name))
        this.panel.top()
      }),
    )
  }

  private async hand(place: number, unit: string, note: string): Promise<void> {
    await this.try(async () => {
      await this.opened.hand(place, unit, note)
      this.host.planner.stage.frame.toasts.mention(w().tasks.sent(unit))
    })
  }

  private show(place: number): void {
    const site = this.opened.now?.scenario.plan.add?.[place]
    const { stage } = this.host.planner
    if (!site) return
    if (stage.store.state.sheet === 'full') stage.store.set({ sheet: 'half' })
    showPoint(stage.map, site.lat, site.lon, stage.insets(), 15)
  }

  private async compare(ids: readonly string[]): Promise<void> {
    await this.try(() => this.comparing.start(ids))
    if (this.comparing.shown) this.panel.top()
  }

  private plan(): ScenarioPlan {
    const { planner } = this.host
    const { remove, hours, posts, ...body } = { ...questionBody(planner.asked), ...planner.body(planner.plan) }
    return { ...body, remove: [...remove], hours: [...hours], posts: [...posts] }
  }

  /** Does something with the server and draws what came of it; a failure is told in the server's own words. */
  private async try(run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (cause) {
      if (!isAbort(cause)) this.host.planner.stage.problem(cause, () => void this.try(run), t().retry)
    }
    this.draw()
  }

  private draw(): void {
    if (!this.visible) return
    const { planner } = this.host
    const { now, key } = this.opened
    const { shelf } = this
    this.panel.update({
      empty: isEmpty(planner.plan),
      list: { kept: shelf.kept, here: now?.scenario.id ?? null, gone: shelf.gone },
      opened: now && {
        scenario: now.scenario,
        today: now.today,
        units: this.units ?? [],
        writable: key !== null,
        unsaved: !samePlan(this.plan(), now.scenario.plan),
        address: this.address(),
      },
      comparison: this.comparing.shown,
    })
  }
}
