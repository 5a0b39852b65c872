import type { Listed, Objective, Position, SitingRequest } from '../../api/siting'
import type { PlanBody } from '../../api/what_if'
import type { Plan } from '../../state/plan'
import { type Asked, agesParameter, parameters } from '../coverage/asked'

export const objectives: readonly Objective[] = [
  'maximal_covering',
  'set_covering',
  'p_median',
  'p_center',
  'capacitated_covering',
]
export const sources = ['junctions', 'kinds', 'list'] as const
export type Source = (typeof sources)[number]

/** What the form holds: everything that siting is asked beside the question and the plan. null sets no limit. */
export type Wish = {
  add: number
  objective: Objective
  /** Of set covering, in per cent. */
  share: number
  source: Source
  kinds: readonly string[]
  list: readonly Listed[]
  existing: boolean
  onePerTown: boolean
  /** In per cent of the children of each town. */
  floor: number | null
  budget: number | null
  cost: number
  capacity: number
  /** Metres between any two. */
  apart: number | null
  seconds: number
}

export const firstWish: Wish = {
  add: 5,
  objective: 'maximal_covering',
  share: 100,
  source: 'junctions',
  kinds: [],
  list: [],
  existing: true,
  onePerTown: false,
  floor: null,
  budget: null,
  cost: 1,
  capacity: 60,
  apart: null,
  seconds: 60,
}

export const mostSites = 200

/** What keeps the wish from being asked, if anything. The server judges everything else. */
export function lacking(wish: Wish): 'kinds' | 'list' | null {
  if (wish.source === 'kinds' && wish.kinds.length === 0) return 'kinds'
  return wish.source === 'list' && wish.list.length === 0 ? 'list' : null
}

/** How many of the further conditions are set. */
export function furtherSet({ onePerTown, floor, budget, apart, seconds }: Wish): number {
  return [onePerTown, floor !== null, budget !== null, apart !== null, seconds !== firstWish.seconds].filter(Boolean)
    .length
}

/** The words of the request: the question as the coverage asks it, the wish, and what the plan pins and rules out. */
export function sitingRequest(
  asked: Asked,
  wish: Wish,
  plan: Plan,
  change: Omit<PlanBody, 'add'>,
  today: Date,
): SitingRequest {
  const { profile, at } = parameters(asked, today)
  const only = Object.keys(asked.only).length > 0 ? { only: { ...asked.only } } : {}
  const pinned = plan.add.filter((site) => site.pinned).map(position)
  const forbidden = plan.forbid.map(position)
  const { source, objective } = wish
  return {
    kind: asked.kind,
    minutes: asked.minutes,
    ...(profile ? { profile } : {}),
    ...(at ? { at } : {}),
    ages: agesParameter(asked),
    ...only,
    objective,
    // As few as it takes: nobody knows how many that are.
    ...(objective === 'set_covering' ? {} : { add: wish.add }),
    ...(objective === 'set_covering' ? { share: wish.share / 100 } : {}),
    existing: wish.existing,
    ...(change.remove.length > 0 ? { remove: [...change.remove] } : {}),
    ...(change.hours.length > 0 ? { hours: [...change.hours] } : {}),
    ...(change.posts.length > 0 ? { posts: [...change.posts] } : {}),
    candidates:
      source === 'kinds'
        ? { from: 'kinds', kinds: [...wish.kinds] }
        : source === 'list'
          ? { from: 'list', list: [...wish.list] }
          : { from: 'junctions' },
    ...(pinned.length > 0 ? { must: pinned } : {}),
    ...(forbidden.length > 0 ? { must_not: forbidden } : {}),
    ...(wish.onePerTown ? { one_per_town: true } : {}),
    ...(wish.floor !== null ? { floor_per_town: wish.floor / 100 } : {}),
    ...(wish.budget !== null ? { budget: wish.budget, cost: wish.cost } : {}),
    ...(objective === 'capacitated_covering' ? { capacity: wish.capacity } : {}),
    ...(wish.apart !== null ? { apart_m: wish.apart } : {}),
    seconds: wish.seconds,
  }
}

function position({ lon, lat }: Position): Position {
  return { lon, lat }
}
