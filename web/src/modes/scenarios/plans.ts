// A scenario's plan ↔ the planner's question and plan.
import type { ScenarioPlan } from '../../api/scenarios'
import { addSite, noPlan, type Plan } from '../../state/plan'
import type { Moment, Question } from '../../state/state'
import { noQuestion } from '../../state/state'

/** 2026-11-28T10:00 → Saturday 10:00: the planner asks about a weekday, the server about a date. */
export function momentOf(at: string | null | undefined): Moment | null {
  const [, y, m, d, time] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})/.exec(at ?? '') ?? []
  if (!y || !m || !d || !time) return null
  return { day: (new Date(Number(y), Number(m) - 1, Number(d)).getDay() + 6) % 7, time }
}

export function questionOf({ kind, minutes, profile, at, ages, only }: ScenarioPlan): Question {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(ages ?? '') ?? []
  return {
    ...noQuestion,
    kind,
    minutes: minutes ?? null,
    profile: profile ?? null,
    at: momentOf(at),
    ages: from && to ? { from: Number(from), to: Number(to) } : null,
    only: only ?? {},
  }
}

export function planOf({ add = [], remove = [], hours = [], posts = [] }: ScenarioPlan): Plan {
  const sites = add.reduce(
    (plan: Plan, { lon, lat, name, opening_hours: open }) =>
      addSite(plan, { lon, lat, ...(name ? { name } : {}), ...(open ? { hours: open } : {}) }),
    noPlan,
  )
  return {
    ...sites,
    remove: [...remove],
    hours: hours.map(({ site, opening_hours }) => ({ site, opening_hours })),
    posts: posts.map(({ lon, lat }) => ({ lon, lat })),
  }
}

/** Whether two say the same, whatever order their parts came in and whichever Saturday they mean. */
export function samePlan(a: ScenarioPlan, b: ScenarioPlan): boolean {
  return said(a) === said(b)
}

function said(plan: ScenarioPlan): string {
  const { kind, minutes, profile, ages, only = {}, add = [], remove = [], hours = [], posts = [] } = plan
  const fixed = (n: number): string => n.toFixed(6)
  return JSON.stringify([
    kind,
    minutes ?? null,
    profile ?? null,
    momentOf(plan.at),
    ages ?? null,
    Object.entries(only).sort(),
    add.map(({ lon, lat, name, opening_hours: open }) => [fixed(lon), fixed(lat), name ?? '', open ?? '']),
    [...remove].sort((x, y) => x - y),
    hours.map(({ site, opening_hours }) => [site, opening_hours]).sort(),
    posts.map(({ lon, lat }) => [fixed(lon), fixed(lat)]),
  ])
}
