import { type Answer, get, send } from './client'
import type { AskedBody, PlanBody, TownChange } from './what_if'

/** What a scenario changes, in the words of the what-if request. */
export type ScenarioPlan = AskedBody & Partial<PlanBody>
export type ScenarioFigures = {
  children_total: number
  children_before: number
  children_after: number
  gained: number
  lost: number
  by_town: TownChange[]
}
/** `place`: which of the plan's proposed sites; null when the plan no longer has it there. */
export type Task = {
  id: string
  place: number | null
  unit: string
  note: string
  handed: string
  state: string
  name: string
}
export type Scenario = {
  id: string
  version: number
  name: string
  note: string
  plan: ScenarioPlan
  siting: string | null
  saved: string
  made_on: { mark: string; sites: string; children: number; network: number }
  /** Which of the data are others now: sites, children, network. */
  moved_on: string[]
  figures: ScenarioFigures
  tasks: Task[]
}
export type Draft = { name: string; note?: string; plan: ScenarioPlan; siting?: string }
export type ComparedTown = { area: string | null; children: number; before: number; covered: number[] }
export type Comparison = {
  scenarios: { id: string; name: string; figures: ScenarioFigures }[]
  by_town: ComparedTown[]
  /** Cells that differ between any two, with the seconds of each scenario in its own list. */
  cells: { index: number[]; secs: number[][] } | null
}

const path = (id: string, rest = ''): string => `scenarios/${encodeURIComponent(id)}${rest}`
const keyed = (key: string): Record<string, string> => ({ 'Scenario-Key': key })

export async function makeScenario(draft: Draft): Promise<Scenario & { key: string }> {
  return (await send<Scenario & { key: string }>('POST', 'scenarios', { body: draft })).body
}

export function getScenario(id: string, signal?: AbortSignal): Promise<Answer<Scenario>> {
  return send<Scenario>('GET', path(id), signal ? { signal } : {})
}

/** Rejects with a Problem of status 412 when somebody else saved a newer version. */
export async function overwriteScenario(id: string, draft: Draft, key: string, version: string): Promise<Scenario> {
  const headers = { ...keyed(key), 'If-Match': version }
  return (await send<Scenario>('PUT', path(id), { body: draft, headers })).body
}

export async function deleteScenario(id: string, key: string): Promise<void> {
  await send('DELETE', path(id), { headers: keyed(key) })
}

export function scenarioNow(id: string, signal?: AbortSignal): Promise<ScenarioFigures> {
  return get<ScenarioFigures>(path(id, '/now'), {}, signal)
}

export function compareScenarios(ids: readonly string[], signal?: AbortSignal): Promise<Comparison> {
  return get<Comparison>(`scenarios/compare?${ids.map((id) => `id=${encodeURIComponent(id)}`).join('&')}`, {}, signal)
}

export function exportAddress(id: string, format: 'csv' | 'geojson'): string {
  return `api/${path(id, `/export?format=${format}`)}`
}

export function comparisonAddress(ids: readonly string[]): string {
  return `api/scenarios/compare?${ids.map((id) => `id=${encodeURIComponent(id)}`).join('&')}&format=csv`
}

export async function handOver(
  id: string,
  key: string,
  task: { place: number; unit: string; note?: string },
): Promise<Task> {
  return (await send<Task>('POST', path(id, '/tasks'), { body: task, headers: keyed(key) })).body
}

/** `confirmed`: the county has said that it is the one. */
export type Unit = { name: string; confirmed: boolean }

/** The responsible units that the data files name. */
export async function getUnits(): Promise<Unit[]> {
  return (await get<{ units: Unit[] }>('units')).units
}
