import { countedFrom } from '../../api/minutes'
import type { Streets } from '../../api/packed'
import type { WhatIf } from '../../api/what_if'
import { dotRadius } from '../../layers/coverage/dots'
import type { After, PlanLayer } from '../../layers/plan/layer'
import { type Asked, agesParameter, parameters } from '../../panels/coverage/asked'
import { coverageLegend } from '../../panels/coverage/legend'
import { changeOf } from '../../panels/plan/figure'
import { differenceLegend, planSigns } from '../../panels/plan/legend'
import type { Told } from '../../panels/plan/told'
import type { Seen } from '../../panels/plan/tools'
import type { Plan } from '../../state/plan'
import { mostMinutes } from '../../state/question'
import type { Answered } from '../coverage/answers'
import { layPlan, notCounting } from './after'
import type { Planner } from './planner'

/** Today and the plan, shown together as soon as both belong to one question; until then what was shown stays. */
export class Picture {
  /** The last two that belong together. */
  shown: { base: Answered; told: Told | null } | null = null
  private base: { answered: Answered; walk: string } | null = null
  private told: (Told & { walk: string }) | null = null
  private grey: ReadonlySet<number> = new Set()
  private after: After | null = null

  constructor(
    private readonly planner: Planner,
    private readonly layer: PlanLayer,
  ) {}

  /** What was said of the plan last, even if it can't be shown yet. */
  get latest(): Told | null {
    return this.told
  }

  get streets(): Streets | null {
    return this.base?.answered.streets ?? null
  }

  /** What the data stand at, once a plan was asked about. */
  get stands(): string | null {
    return this.told?.answer.mark ?? null
  }

  get empty(): boolean {
    return this.base === null
  }

  counts(site: number): boolean {
    return !this.grey.has(site)
  }

  takeBase(answered: Answered): void {
    const { layer } = this
    const before = this.base?.answered
    const { asked } = this.planner
    this.base = { answered, walk: walkOf(asked) }
    if (before?.streets !== answered.streets) layer.setStreets(answered.streets)
    if (before?.cells !== answered.cells) layer.setCells(answered.cells)
    if (before?.painting !== answered.painting || before.streets !== answered.streets) {
      layer.setBefore(answered.painting, asked.profile?.pace_m_per_s ?? 1, answered.sites)
    }
  }

  /** False when what was sent of today no longer holds: the county itself has changed meanwhile. */
  takeTold(asked: { plan: Plan; walk: string }, answer: WhatIf): boolean {
    const same = this.told === null || this.told.answer.mark === answer.mark
    this.told = { ...asked, answer }
    return same
  }

  forgetTold(): void {
    this.told = null
  }

  /** Whether another picture is shown now. `waiting`: more is to come about the plan. `anew`: in any case. */
  fit(seen: Seen, waiting: boolean, anew = false): boolean {
    const { base, told, planner } = this
    if (!base || (told ? told.walk !== base.walk : waiting && this.shown !== null)) return false
    if (!anew && this.shown?.base === base.answered && this.shown.told === told) return false
    this.shown = { base: base.answered, told }
    const { asked, stage } = planner
    const { every, sites } = base.answered
    const after = layPlan(base.answered, told, told?.answer.minutes ?? asked.minutes, asked.at !== null)
    this.after = after
    this.layer.setAfter(after)
    this.grey = notCounting(every, seen === 'before' ? sites : after.sites)
    stage.closed = this.grey
    stage.narrow(every)
    stage.refresh()
    return true
  }

  /** The legend of the map that is seen; classes after the change are counted from the cells themselves. */
  legend(seen: Seen, close: () => void): HTMLElement | null {
    const { shown, after } = this
    if (!shown || !after) return null
    const { stage, asked, ground } = this.planner
    const { base, told } = shown
    const kind = ground.county.kind(asked.kind)
    if (seen === 'difference') return differenceLegend(changeOf(base.answer, told, asked.minutes), kind, close)
    const dot = (children: number): number => dotRadius(children, stage.map.getZoom())
    const { children } = base.cells
    const total = base.answer.children_total
    const changed = told !== null && seen === 'after'
    const reach = changed ? countedFrom(after.painting.cells, children, total, mostMinutes) : base.answer
    return coverageLegend(reach, asked, base.streets !== null, dot, close, ...planSigns(kind))
  }
}

/** Everything of the question that the painted times and the counted children depend on; the minutes are not. */
export function walkOf(asked: Asked): string {
  return JSON.stringify([parameters(asked, new Date()), agesParameter(asked)])
}
