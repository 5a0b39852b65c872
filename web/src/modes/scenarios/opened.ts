import { Problem } from '../../api/client'
import {
  deleteScenario,
  getScenario,
  handOver,
  makeScenario,
  overwriteScenario,
  type Scenario,
  type ScenarioFigures,
  type ScenarioPlan,
  scenarioNow,
} from '../../api/scenarios'
import type { Named } from '../../panels/scenarios/save'
import type { Shelf } from './shelf'

export type OpenState = { scenario: Scenario; version: string; today: ScenarioFigures | null }

/** The scenario that is open, and everything that is asked of the server about it. */
export class Opened {
  now: OpenState | null = null

  constructor(private readonly shelf: Shelf) {}

  get key(): string | null {
    return this.now && this.shelf.key(this.now.scenario.id)
  }

  async load(id: string): Promise<Scenario> {
    try {
      const { body, etag } = await getScenario(id)
      this.set(body, etag)
      this.shelf.keep(body, null)
      return body
    } catch (cause) {
      if (cause instanceof Problem && (cause.status === 404 || cause.status === 410)) this.shelf.gone.add(id)
      throw cause
    }
  }

  leave(): void {
    this.now = null
  }

  async make(named: Named, plan: ScenarioPlan, siting: string | null): Promise<Scenario> {
    const { key, ...scenario } = await makeScenario({ ...draft(named, plan), ...(siting ? { siting } : {}) })
    this.shelf.keep(scenario, key)
    this.set(scenario, null)
    return scenario
  }

  /** Saves over the version that was opened. Gives the newer one when somebody else was first, else null. */
  async save(plan: ScenarioPlan, over: string | null = null): Promise<{ theirs: Scenario; version: string } | null> {
    const { now, key } = this
    if (!now || key === null) return null
    const { scenario } = now
    const named = { name: scenario.name, note: scenario.note }
    const siting = scenario.siting ? { siting: scenario.siting } : {}
    try {
      const saved = await overwriteScenario(scenario.id, { ...draft(named, plan), ...siting }, key, over ?? now.version)
      this.set(saved, null)
      this.shelf.keep(saved, key)
      return null
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.status !== 412) throw cause
      const { body, etag } = await getScenario(scenario.id)
      return { theirs: body, version: etag ?? versionOf(body) }
    }
  }

  /** Goes on from another version of the same scenario. */
  take(scenario: Scenario, version: string): void {
    this.set(scenario, version)
    this.shelf.keep(scenario, null)
  }

  async remove(): Promise<void> {
    const { now, key } = this
    if (!now || key === null) return
    await deleteScenario(now.scenario.id, key)
    this.shelf.forget(now.scenario.id)
    this.now = null
  }

  async today(): Promise<void> {
    const { now } = this
    if (!now) return
    const today = await scenarioNow(now.scenario.id)
    if (this.now === now) this.now = { ...now, today }
  }

  async hand(place: number, unit: string, note: string): Promise<void> {
    const { now, key } = this
    if (!now || key === null) return
    await handOver(now.scenario.id, key, { place, unit, ...(note ? { note } : {}) })
    // The list of tasks is the server's; a new one may have made a new version too.
    const { body, etag } = await getScenario(now.scenario.id)
    this.set(body, etag)
  }

  private set(scenario: Scenario, version: string | null): void {
    const today = this.now?.scenario.id === scenario.id ? this.now.today : null
    this.now = { scenario, version: version ?? versionOf(scenario), today }
  }
}

function draft({ name, note }: Named, plan: ScenarioPlan): { name: string; note?: string; plan: ScenarioPlan } {
  return { name, ...(note ? { note } : {}), plan }
}

/** As the server writes its ETag. */
function versionOf({ version }: Scenario): string {
  return `"${version}"`
}
