// What a plan would change, without anything being changed: POST /api/what-if.

import { post } from './client'
import type { Gap } from './coverage'
import type { Times } from './packed'
import type { components } from './types.gen'

type Schemas = components['schemas']
type Asked = Schemas['WhatIf']
/** What is left open is left out; null says no more. */
type Said<T> = { [K in keyof T]: Exclude<T[K], null> }

/** The question about coverage as a body; the same words as in the address of GET /api/coverage. */
export type AskedBody = Said<Pick<Asked, 'kind' | 'minutes' | 'profile' | 'at' | 'ages' | 'only'>>
/** Changes of a plan as the server takes them; a scenario keeps the same. */
export type PlanBody = Required<Pick<Asked, 'add' | 'remove' | 'hours' | 'posts'>>
export type WhatIfRequest = AskedBody & PlanBody & Required<Pick<Asked, 'cells' | 'streets' | 'gaps'>>

/** Where it changed and to what, one entry each. `site`: the nearest site, −k the k-th of `add`, 0 none. */
export type Changed = Schemas['ChangedTimes']
export type TownChange = Schemas['TownChange']
export type WhatIf = Omit<Schemas['WhatIfAnswer'], 'gaps'> & { gaps?: Gap[] | null }

export function askWhatIf(request: WhatIfRequest, signal: AbortSignal): Promise<WhatIf> {
  return post<WhatIf>('what-if', request, signal)
}

/** Walking times after a change. Proposed sites have no number: their cells keep 0 for the site and the time tells. */
export function laidOver(base: Times, changed: Changed | null | undefined): Times {
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
  changed: Changed | null | undefined,
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
