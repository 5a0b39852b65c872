import type { Thing } from '../../panels/plan/changes'
import type { Plan, Spot } from '../../state/plan'
import * as edit from '../../state/plan'
import type { Planner } from './planner'

/** Changes of the plan by hand. What is being dragged is not in the plan yet: only where it is let go is a step. */
export class Editor {
  private held: { thing: Thing; to: Spot } | null = null

  constructor(private readonly planner: Planner) {}

  /** The plan with what is being dragged where it is now. */
  get plan(): Plan {
    const { plan } = this.planner
    const { held } = this
    if (held?.thing.what === 'site') return edit.moveSite(plan, held.thing.id, held.to)
    if (held?.thing.what === 'post') return edit.movePost(plan, held.thing.place, held.to)
    return plan
  }

  get dragging(): boolean {
    return this.held !== null
  }

  drag(thing: Thing, to: Spot): void {
    this.held = { thing, to }
  }

  /** Where it is now is where it stays. */
  drop(): void {
    const { plan } = this
    this.held = null
    this.planner.apply(plan)
  }

  putBack(): void {
    this.held = null
  }

  /** The new thing, or nothing when the plan is full. */
  add(tool: 'site' | 'post', spot: Spot): Thing | null {
    const { plan } = this.planner
    const next = tool === 'site' ? edit.addSite(plan, spot) : edit.addPost(plan, spot)
    if (next === plan) return null
    this.planner.apply(next)
    return tool === 'site' ? { what: 'site', id: edit.nextId(plan) } : { what: 'post', place: plan.posts.length }
  }

  remove(thing: Thing, change: 'added' | 'closed' | 'hours' = 'added'): void {
    const { plan } = this.planner
    if (thing.what === 'site') this.planner.apply(edit.dropSite(plan, thing.id))
    else if (thing.what === 'post') this.planner.apply(edit.dropPost(plan, thing.place))
    else if (change === 'hours') this.planner.apply(edit.setHours(plan, thing.site, null))
    else this.toggleClosed(thing.site)
  }

  toggleClosed(site: number): void {
    this.planner.apply(edit.toggleClosed(this.planner.plan, site))
  }

  hours(thing: Thing, hours: string | null): void {
    const { plan } = this.planner
    if (thing.what === 'existing') this.planner.apply(edit.setHours(plan, thing.site, hours))
    if (thing.what === 'site') this.planner.apply(edit.changeSite(plan, thing.id, { hours: hours ?? '' }))
  }

  name(id: number, name: string): void {
    this.planner.apply(edit.changeSite(this.planner.plan, id, { name }))
  }

  clear(): void {
    this.planner.apply(edit.noPlan)
  }
}
