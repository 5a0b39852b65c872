import type { Painting } from '../../api/coverage'
import type { Place } from '../../api/places'
import { difference, laidOver } from '../../api/what_if'
import type { After } from '../../layers/plan/layer'
import type { Told } from '../../panels/plan/told'
import { type Answered, serving } from '../coverage/answers'

/** Today with the plan's difference laid over it. `timed`: only sites that are open then count. */
export function layPlan(base: Answered, told: Told | null, minutes: number, timed: boolean): After {
  if (!told) return { painting: base.painting, sites: base.sites, junctions: [], difference: new Map() }
  const { plan, answer } = told
  const { cells, streets } = base.painting
  const painting: Painting = {
    cells: laidOver(cells, answer.cells),
    streets: streets && laidOver(streets, answer.streets),
  }
  const closed = new Set(plan.remove)
  const standing = timed ? serving(base.every, painting) : base.sites
  const added = plan.add.filter((_, i) => answer.add[i]?.on_street && answer.add[i]?.open)
  return {
    painting,
    sites: [...standing.filter(({ id }) => !closed.has(id)), ...added],
    junctions: answer.streets?.index ?? [],
    difference: difference(cells, answer.cells, base.cells.children, minutes),
  }
}

/** Of all sites of the kind, those that would not count. */
export function notCounting(every: readonly Place[], counting: After['sites']): Set<number> {
  const standing = new Set<unknown>(counting)
  return new Set(every.filter((place) => !standing.has(place)).map(({ id }) => id))
}
