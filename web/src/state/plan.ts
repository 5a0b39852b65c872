// A plan: what a planner would change. It is a value; every change makes a new one, so that undo is only a step back.

export type Spot = { readonly lon: number; readonly lat: number }

/** A site that is not there yet. `pinned`: siting has to keep it. */
export type Proposed = Spot & {
  /** Its name within the plan, from 1; it stays the same when others go. */
  readonly id: number
  readonly name?: string
  readonly hours?: string
  readonly pinned?: boolean
}

export type NewHours = { readonly site: number; readonly opening_hours: string }

export type Plan = {
  readonly add: readonly Proposed[]
  /** Existing sites that close. */
  readonly remove: readonly number[]
  readonly hours: readonly NewHours[]
  /** Crossings that are staffed in addition. */
  readonly posts: readonly Spot[]
  /** Where siting must put nothing. */
  readonly forbid: readonly Spot[]
}

export const noPlan: Plan = { add: [], remove: [], hours: [], posts: [], forbid: [] }

/** As many as the server takes of each. */
export const mostAdded = 50

export function isEmpty({ add, remove, hours, posts, forbid }: Plan): boolean {
  return add.length + remove.length + hours.length + posts.length + forbid.length === 0
}

/** Ten-millionths of a degree, as the map's own data: what a link carries is the very same place. */
export function exact({ lon, lat }: Spot): Spot {
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
  return { lon: round(lon), lat: round(lat) }
}

/** The id that the next proposed site gets. */
export function nextId({ add }: Plan): number {
  return add.reduce((most, { id }) => Math.max(most, id), 0) + 1
}

export function addSite(plan: Plan, site: Omit<Proposed, 'id'>): Plan {
  if (plan.add.length >= mostAdded) return plan
  return { ...plan, add: [...plan.add, { ...site, ...exact(site), id: nextId(plan) }] }
}

export function moveSite(plan: Plan, id: number, to: Spot): Plan {
  return changeSite(plan, id, exact(to))
}

/** Empty text takes a name or hours away. */
export function changeSite(plan: Plan, id: number, change: Partial<Omit<Proposed, 'id'>>): Plan {
  const changed = ({ name, hours, pinned, ...site }: Proposed): Proposed => ({
    ...site,
    ...(name ? { name } : {}),
    ...(hours ? { hours } : {}),
    ...(pinned ? { pinned } : {}),
  })
  return { ...plan, add: plan.add.map((site) => (site.id === id ? changed({ ...site, ...change }) : site)) }
}

export function dropSite(plan: Plan, id: number): Plan {
  return { ...plan, add: plan.add.filter((site) => site.id !== id) }
}

/** Closes an existing site, or opens it again. */
export function toggleClosed(plan: Plan, site: number): Plan {
  const closed = plan.remove.includes(site)
  return { ...plan, remove: closed ? plan.remove.filter((id) => id !== site) : [...plan.remove, site] }
}

/** Other opening hours for an existing site; null takes the change back. */
export function setHours(plan: Plan, site: number, hours: string | null): Plan {
  const others = plan.hours.filter((one) => one.site !== site)
  return { ...plan, hours: hours === null ? others : [...others, { site, opening_hours: hours }] }
}

export function addPost(plan: Plan, spot: Spot): Plan {
  return plan.posts.length >= mostAdded ? plan : { ...plan, posts: [...plan.posts, exact(spot)] }
}

export function movePost(plan: Plan, place: number, to: Spot): Plan {
  return { ...plan, posts: plan.posts.map((post, i) => (i === place ? exact(to) : post)) }
}

export function dropPost(plan: Plan, place: number): Plan {
  return { ...plan, posts: plan.posts.filter((_, i) => i !== place) }
}

export function forbid(plan: Plan, spot: Spot): Plan {
  return { ...plan, forbid: [...plan.forbid, exact(spot)] }
}

export function allow(plan: Plan, place: number): Plan {
  return { ...plan, forbid: plan.forbid.filter((_, i) => i !== place) }
}
