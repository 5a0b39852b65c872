import type { WhatIf } from '../../api/what_if'
import type { Plan, Proposed } from '../../state/plan'
import { exactLength } from '../../text/distances'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'

/** What the server said of a plan; a dragged one is already elsewhere, so the plan it was said of belongs to it. */
export type Told = { plan: Plan; answer: WhatIf }

export type About = { words: string; short: string; amiss: boolean }

/** What a proposed site would do, or what keeps it from doing anything. */
export function aboutSite(id: number, told: Told | null): About {
  const place = told ? told.plan.add.findIndex((site) => site.id === id) : -1
  const said = told?.answer.add[place]
  if (!said) return { words: p().changes.counting, short: '', amiss: false }
  if (!said.on_street) {
    const words = typeof said.away_m === 'number' ? p().changes.away(metres(said.away_m)) : p().changes.nowhere
    return { words, short: words, amiss: true }
  }
  if (!said.open) return { words: p().changes.shut, short: p().changes.shut, amiss: true }
  const [children, alone] = [count(said.children), count(said.alone)]
  if (said.alone === 0) {
    return { words: p().changes.reachesNobodyNew(children), short: p().changes.nobodyNew, amiss: false }
  }
  return { words: p().changes.reaches(children, alone), short: p().changes.alone(alone), amiss: false }
}

export function aboutPost(place: number, told: Told | null): About {
  const said = told?.answer.posts[place]
  if (!said) return { words: p().changes.counting, short: '', amiss: false }
  if (!said.crossing) return { words: p().changes.guardsNone, short: p().changes.guardsNone, amiss: true }
  const words = p().changes.guards(count(said.crossings))
  return { words, short: words, amiss: false }
}

export function siteName({ id, name }: Proposed): string {
  return name || p().changes.site(count(id))
}

export function postName(place: number): string {
  return p().changes.post(count(place + 1))
}

/** To the metre: whoever drags wants to see it shrink. */
function metres(away: number): string {
  return away < 1000 ? exactLength(Math.round(away)) : exactLength(Math.round(away / 100) * 100)
}
