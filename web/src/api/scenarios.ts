import { type Answer, get, send } from './client'
import type { components } from './types.gen'

type Schemas = components['schemas']

/** What a scenario changes, in the words of the what-if request. */
export type ScenarioPlan = Schemas['WhatIf']
export type ScenarioFigures = Schemas['WhatIfFigures']
export type Scenario = Schemas['ScenarioAnswer']
export type NewScenario = Schemas['NewScenarioAnswer']
export type Draft = Schemas['ScenarioBody']
export type Comparison = Schemas['ScenarioComparison']
export type ComparedTown = Schemas['TownCompared']
/** `place`: which of the plan's proposed sites; nothing when the plan no longer has it there. */
export type Task = Schemas['TaskAnswer']
/** `confirmed`: the county has said that it is the one. */
export type Unit = Schemas['UnitListed']

const path = (id: string, rest = ''): string => `scenarios/${encodeURIComponent(id)}${rest}`
const keyed = (key: string): Record<string, string> => ({ 'Scenario-Key': key })

export async function makeScenario(draft: Draft): Promise<NewScenario> {
  return (await send<NewScenario>('POST', 'scenarios', { body: draft })).body
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

export async function handOver(id: string, key: string, task: Schemas['TaskBody']): Promise<Task> {
  return (await send<Task>('POST', path(id, '/tasks'), { body: task, headers: keyed(key) })).body
}

/** The responsible units that the data files name. */
export async function getUnits(): Promise<Unit[]> {
  return (await get<Schemas['UnitList']>('units')).units
}
