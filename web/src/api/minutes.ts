// Figures at a limit of minutes, from the curve that came with the answer: moving the limit asks the server nothing.

import type { Reach, TownReach } from './coverage'
import type { Times } from './packed'

/** What figures at a limit need of an answer. */
export type Counted = Pick<Reach, 'children_total' | 'curve'>
export type Figures = { covered: number; total: number; share: number }
/** Children whose way takes more than `from` and at most `to` minutes; the last one has no end. */
export type Class = { from: number; to: number | null; children: number; share: number }

/** Where classes of walking time end, unless the limit ends them sooner: the 5-, 10- and 15-minute circles. */
export const steps = [5, 10, 15] as const

export function figuresAt(reach: Counted, minutes: number): Figures {
  const covered = within(reach, minutes)
  const total = reach.children_total
  return { covered, total, share: total > 0 ? covered / total : 0 }
}

function within(reach: Counted, minutes: number): number {
  const last = reach.curve.length - 1
  return reach.curve[Math.min(last, Math.max(0, Math.round(minutes)))] ?? 0
}

/** The classes up to the limit, and all that is beyond it as the last one. */
export function classesAt(reach: Counted, minutes: number): Class[] {
  const ends: (number | null)[] = [...steps.filter((step) => step < minutes), minutes, null]
  const total = reach.children_total
  let from = 0
  let before = 0
  return ends.map((to) => {
    const upTo = to === null ? total : within(reach, to)
    const children = upTo - before
    const found = { from, to, children, share: total > 0 ? children / total : 0 }
    before = upTo
    from = to ?? from
    return found
  })
}

export type TownFigures = { town: TownReach; at: Figures }

/** Worst first; where the share is the same, more children without first. A town without children comes last. */
export function townsAt(towns: readonly TownReach[], minutes: number): TownFigures[] {
  const rank = ({ at }: TownFigures): number => (at.total > 0 ? at.share : 2)
  const missing = ({ at }: TownFigures): number => at.total - at.covered
  return towns
    .map((town) => ({ town, at: figuresAt(town, minutes) }))
    .sort((a, b) => rank(a) - rank(b) || missing(b) - missing(a) || (a.town.id ?? '').localeCompare(b.town.id ?? ''))
}

/** Minutes as they are told: never less than the way takes, so that 15 minutes and one second are not 15. */
export function wholeMinutes(secs: number): number {
  return Math.max(1, Math.ceil(secs / 60))
}

/** The same figures from the cells themselves, for times that no answer has a curve of. */
export function countedFrom({ secs }: Times, children: ArrayLike<number>, total: number, most: number): Counted {
  const curve = new Array<number>(most + 1).fill(0)
  for (let i = 0; i < secs.length; i++) {
    const minutes = Math.ceil((secs[i] ?? 0) / 60)
    if (minutes <= most) curve[minutes] = (curve[minutes] ?? 0) + (children[i] ?? 0)
  }
  for (let m = 1; m <= most; m++) curve[m] = (curve[m] ?? 0) + (curve[m - 1] ?? 0)
  return { children_total: total, curve }
}
