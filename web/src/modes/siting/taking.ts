// A result within the plan: which of its sites the plan already has, and the plan that takes all of them.
import type { PlannedSite, Position, SitingResult } from '../../api/siting'
import { addSite, changeSite, dropSite, exact, mostAdded, type Plan, type Proposed } from '../../state/plan'

export function sameSpot(a: Position, b: Position): boolean {
  const [p, q] = [exact(a), exact(b)]
  return p.lon === q.lon && p.lat === q.lat
}

/** The most useful first, so that numbers on the map and in the list are ranks; equals stay as they came. */
export function ranked(result: SitingResult): SitingResult {
  const worth = ({ children, serves }: PlannedSite): number => (result.unit === 'seconds' ? serves.children : children)
  return { ...result, sites: [...result.sites].sort((a, b) => worth(b) - worth(a)) }
}

export function proposedAt(plan: Plan, spot: Position): Proposed | null {
  return plan.add.find((site) => sameSpot(site, spot)) ?? null
}

export function isForbidden(plan: Plan, spot: Position): boolean {
  return plan.forbid.some((one) => sameSpot(one, spot))
}

/**
 * The plan with the sites of the result in place of what was proposed before: siting did not count with that, so keeping
 * it would give other figures than the result tells. Sites that are in both keep their names and pins.
 */
export function taken(plan: Plan, sites: readonly PlannedSite[]): Plan {
  const kept: Plan = { ...plan, add: plan.add.filter((site) => sites.some((one) => sameSpot(one, site))) }
  return sites.reduce<Plan>((now, { lon, lat, name }) => {
    if (proposedAt(now, { lon, lat }) || now.add.length >= mostAdded) return now
    return addSite(now, name ? { lon, lat, name } : { lon, lat })
  }, kept)
}

/** Pins a spot: a proposed site that siting has to keep. */
export function pinned(plan: Plan, { lon, lat }: Position, name?: string | null): Plan {
  const there = proposedAt(plan, { lon, lat })
  if (there) return changeSite(plan, there.id, { pinned: true })
  return addSite(plan, { lon, lat, pinned: true, ...(name ? { name } : {}) })
}

/** Takes a pin back. What stood there only because it was pinned goes altogether. */
export function unpinned(plan: Plan, spot: Position, own: boolean): Plan {
  const there = proposedAt(plan, spot)
  if (!there) return plan
  return own ? dropSite(plan, there.id) : changeSite(plan, there.id, { pinned: false })
}
