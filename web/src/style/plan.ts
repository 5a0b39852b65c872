// The colours of a difference, read from plan.css as walk.ts reads those of walking time.

export type PlanColours = { gained: string; lost: string; rim: string }

export function planColours(): PlanColours {
  const css = getComputedStyle(document.documentElement)
  const read = (name: string): string => css.getPropertyValue(`--plan-${name}`).trim()
  return { gained: read('gained'), lost: read('lost'), rim: read('rim') }
}
