import type { Cells } from '../../api/packed'
import { type Comparison, compareScenarios, getScenario, type ScenarioPlan } from '../../api/scenarios'
import type { Pair } from '../../panels/scenarios/compare'
import { sameQuestion } from '../../panels/scenarios/words'
import { apartCells, sums } from './apart'

export type Compared = {
  comparison: Comparison
  plans: readonly ScenarioPlan[]
  cells: Cells | null
  pair: Pair
  apart: ReadonlyMap<number, number>
}

/** Asks for everything that setting scenarios side by side takes. */
export async function compare(
  ids: readonly string[],
  getCells: (ages: string | undefined, signal: AbortSignal) => Promise<Cells>,
  signal: AbortSignal,
): Promise<Compared> {
  const [comparison, ...scenarios] = await Promise.all([
    compareScenarios(ids, signal),
    ...ids.map((id) => getScenario(id, signal)),
  ])
  const plans = scenarios.map(({ body }) => body.plan)
  const cells = comparison.cells ? await getCells(plans[0]?.ages, signal) : null
  return paired({ comparison, plans, cells }, { from: 0, to: 1 })
}

/** The same with another two on the map. */
export function paired(of: Omit<Compared, 'pair' | 'apart'>, pair: Pair): Compared {
  const limits = of.plans.map(({ minutes }) => minutes ?? 15)
  const apart = of.cells ? apartCells(of.comparison, pair, limits, of.cells.children) : new Map<number, number>()
  return { ...of, pair, apart }
}

export function shownOf({ comparison, plans, pair, apart, cells }: Compared): {
  comparison: Comparison
  pair: Pair
  apart: { onlyFrom: number; onlyTo: number } | null
  sameQuestion: boolean
} {
  const [first, ...others] = plans
  const same = first === undefined || others.every((plan) => sameQuestion(first, plan))
  return { comparison, pair, apart: cells ? sums(apart) : null, sameQuestion: same }
}
