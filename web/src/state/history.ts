import { noPlan, type Plan } from './plan'

/** The plan with the steps that led to it and those taken back. A value too: it outlives the panels that show it. */
export type History = {
  readonly past: readonly Plan[]
  readonly plan: Plan
  readonly future: readonly Plan[]
}

/** Steps beyond these are forgotten, the oldest first. */
const mostSteps = 200

export const noHistory: History = { past: [], plan: noPlan, future: [] }

/** Takes a step. One that changes nothing is none; what was taken back before is gone. */
export function apply(history: History, plan: Plan): History {
  if (same(plan, history.plan)) return history
  return { past: [...history.past, history.plan].slice(-mostSteps), plan, future: [] }
}

/** The same when there is nothing to take back. */
export function undo({ past, plan, future }: History): History {
  const before = past.at(-1)
  return before ? { past: past.slice(0, -1), plan: before, future: [plan, ...future] } : { past, plan, future }
}

export function redo({ past, plan, future }: History): History {
  const [next, ...rest] = future
  return next ? { past: [...past, plan], plan: next, future: rest } : { past, plan, future }
}

function same(a: Plan, b: Plan): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
