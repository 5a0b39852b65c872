// What a plan would change, without anything being changed: POST /api/what-if.

import { post } from './client'
import type { Gap } from './coverage'
import type { Times } from './packed'

/** The question about coverage as a body; the same words as in the address of GET /api/coverage. */
export type AskedBody = {
  kind: string
  minutes?: number
  profile?: string
  at?: string
  ages?: string
  only?: Readonly<Record<string, string>>
}

type LonLat = { readonly lon: number; readonly lat: number }

/** Changes of a plan as the server takes them; a scenario keeps the same. */
export type PlanBody = {
  add: { lon: number; lat: number; name?: string; opening_hours?: string }[]
  remove: readonly number[]
  hours: readonly { readonly site: number; readonly opening_hours: string }[]
  posts: readonly LonLat[]
}

export type WhatIfRequest = AskedBody & PlanBody & { cells: boolean; streets: boolean; gaps: boolean }

/** Where it changed and to what, one entry each. `site`: the nearest site, −k the k-th of `add`, 0 none. */
export type Changed = { index: number[]; secs: number[]; site: number[] }

export type TownChange = { area?: string | null; children: number; before: number; after: number }

export type WhatIf = {
  kind: string
  minutes: number
  profile: string
  at?: string | null
  ages: { from: number; to: number }
  children_total: number
  children_before: number
  children_after: number
  gained: number
  lost: number
  by_town: TownChange[]
  add: { on_street: boolean; away_m?: number | null; open: boolean; children: number; alone: number }[]
  remove: { site: number; children: number }[]
  posts: { crossing: boolean; crossings: number }[]
  cells: Changed | null
  streets: Changed | null
  gaps: Gap[] | null
  /** What the data stood at; another one means that sites, children, streets or rules have changed. */
  mark: string
}

export function askWhatIf(request: WhatIfRequest, signal: AbortSignal): Promise<WhatIf> {
  return post<WhatIf>('what-if', request, signal)
}

/** Walking times after a change. Proposed sites have no number: their cells keep 0 for the site and the time tells. */
export function laidOver(base: Times, changed: Changed | null): Times {
  if (!changed || changed.index.length === 0) return base
  const after = { site: base.site.slice(), secs: base.secs.slice() }
  changed.index.forEach((index, i) => {
    after.secs[index] = changed.secs[i] ?? 0
    after.site[index] = Math.max(0, changed.site[i] ?? 0)
  })
  return after
}

/** Children who come within the limit or fall out of it: positive gained, negative lost, by cell. */
export function difference(
  base: Times,
  changed: Changed | null,
  children: ArrayLike<number>,
  minutes: number,
): Map<number, number> {
  const found = new Map<number, number>()
  const limit = minutes * 60
  changed?.index.forEach((cell, i) => {
    const [before, after] = [(base.secs[cell] ?? 0) <= limit, (changed.secs[i] ?? 0) <= limit]
    const n = children[cell] ?? 0
    if (before !== after && n > 0) found.set(cell, after ? n : -n)
  })
  return found
}
