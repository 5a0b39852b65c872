import type { AskedBody, PlanBody } from '../../api/what_if'
import { type Asked, agesParameter, asked, type Ground } from '../../panels/coverage/asked'
import { apply, redo, undo } from '../../state/history'
import type { Plan } from '../../state/plan'
import { nextDate } from '../../state/question'
import type { Question } from '../../state/state'
import type { Stage } from '../stage'

/** The question and the plan within the store. Every change of the plan is one step that can be taken back. */
export class Planner {
  constructor(
    readonly stage: Stage,
    readonly ground: Ground,
  ) {}

  get plan(): Plan {
    return this.stage.store.state.plan.plan
  }

  get asked(): Asked {
    return asked(this.stage.store.state.coverage, this.ground)
  }

  get canUndo(): boolean {
    return this.stage.store.state.plan.past.length > 0
  }

  get canRedo(): boolean {
    return this.stage.store.state.plan.future.length > 0
  }

  ask(patch: Partial<Question>): void {
    const { store } = this.stage
    store.set({ coverage: { ...store.state.coverage, ...patch } })
  }

  /** A plan as the server wants it for the kind that is asked about; changes to sites of others wait until they are. */
  body(plan: Plan): PlanBody {
    const { places } = this.stage
    const { kind } = this.asked
    return planBody(plan, (site) => (places.find(site)?.kind ?? kind) === kind)
  }

  apply(plan: Plan): void {
    const { store } = this.stage
    store.set({ plan: apply(store.state.plan, plan) })
  }

  undo(): void {
    const { store } = this.stage
    store.set({ plan: undo(store.state.plan) })
  }

  redo(): void {
    const { store } = this.stage
    store.set({ plan: redo(store.state.plan) })
  }
}

/** The question as the server wants it in a body. */
export function questionBody(asked: Asked): AskedBody {
  const { kind, minutes, profile, at, only } = asked
  return {
    kind,
    minutes,
    ages: agesParameter(asked),
    ...(profile ? { profile: profile.id } : {}),
    ...(at ? { at: nextDate(at, new Date()) } : {}),
    ...(Object.keys(only).length > 0 ? { only } : {}),
  }
}

/** The plan as the server wants it: what is only for siting stays here, and so do changes to sites of `other` kinds. */
export function planBody({ add, remove, hours, posts }: Plan, counts: (site: number) => boolean): PlanBody {
  const sites = add.map(({ lon, lat, name, hours }) => ({
    lon,
    lat,
    ...(name ? { name } : {}),
    ...(hours ? { opening_hours: hours } : {}),
  }))
  return {
    add: sites,
    remove: remove.filter(counts),
    hours: hours.filter(({ site }) => counts(site)),
    posts: [...posts],
  }
}
