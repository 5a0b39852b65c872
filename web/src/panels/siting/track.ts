import type { Progress, Unit } from '../../api/siting'
import { upwards } from './value'

/** What a search has found and proven at a moment, in milliseconds since it began. */
export type Moment = { at: number; found: number | null; bound: number | null }

/** Moments beyond these are thinned out, so that a long search draws as fast as a short one. */
const mostMoments = 240

/** The course of one search. Values only ever get better, as those of a proof do, whatever order they arrive in. */
export class Track {
  moments: readonly Moment[] = []

  constructor(readonly unit: Unit) {}

  get last(): Moment | null {
    return this.moments.at(-1) ?? null
  }

  /** The share of the bound that found and bound still lie apart; null until both are known. */
  get gap(): number | null {
    const { found = null, bound = null } = this.last ?? {}
    if (found === null || bound === null) return null
    const larger = Math.max(found, bound)
    return larger > 0 ? Math.abs(bound - found) / larger : 0
  }

  add(at: number, progress: Pick<Progress, 'objective' | 'bound'>): void {
    const up = upwards(this.unit)
    const found = best(this.last?.found ?? null, progress.objective, up)
    const bound = best(this.last?.bound ?? null, progress.bound, !up)
    const before = this.last
    if (before && before.found === found && before.bound === bound) {
      // Nothing new: the last moment only lasts longer.
      const since = this.moments.at(-2)
      const still = since && since.found === found && since.bound === bound
      this.moments = [...(still ? this.moments.slice(0, -1) : this.moments), { at, found, bound }]
      return
    }
    const kept = this.moments.length < mostMoments ? this.moments : this.moments.filter((_, i) => i % 2 === 0)
    this.moments = [...kept, { at, found, bound }]
  }
}

function best(a: number | null, b: number | null, larger: boolean): number | null {
  if (a === null || b === null) return a ?? b
  return larger ? Math.max(a, b) : Math.min(a, b)
}
