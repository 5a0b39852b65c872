import { noticeOf } from '../../panels/around'
import type { RoomName } from '../../panels/plan/rooms'
import { t } from '../../text/language'
import { h, replace } from '../../ui/dom'
import type { ScenariosDesk } from '../scenarios/desk'
import type { SitingDesk } from '../siting/desk'
import type { PlanDesk } from './desk'
import type { Planner } from './planner'

/** The rooms beside the plan, each loaded when it is first entered: where the next sites go, and saved scenarios. */
export class Annex {
  private siting: SitingDesk | null = null
  private scenarios: ScenariosDesk | null = null
  private room: RoomName = 'changes'
  private stop: () => void = () => undefined
  private left = false

  constructor(
    private readonly planner: Planner,
    private readonly desk: PlanDesk,
  ) {}

  open(): void {
    const { store } = this.planner.stage
    this.desk.panel.onRoom = (room) => void this.enter(room)
    this.stop = store.watch(['coverage', 'plan', 'scenario'], () => this.follow())
    if (store.state.scenario !== null) this.desk.panel.enter('scenarios')
  }

  close(): void {
    this.left = true
    this.stop()
    this.siting?.close()
    this.scenarios?.close()
  }

  /** Something that the rooms show may have changed. */
  follow(): void {
    if (this.room === 'siting') this.siting?.follow()
    this.scenarios?.follow()
  }

  private async enter(room: RoomName): Promise<void> {
    if (this.room === 'siting') this.siting?.exit()
    if (this.room === 'scenarios') this.scenarios?.exit()
    this.room = room
    if (room === 'changes') return
    const slot = this.desk.panel.slots[room]
    if (slot.childElementCount === 0) replace(slot, h('p', { class: 'muted padded', role: 'status' }, t().loading))
    try {
      if (room === 'siting') await this.openSiting()
      else await this.openScenarios()
    } catch (cause) {
      if (!this.left)
        replace(
          slot,
          noticeOf(cause, () => void this.enter(room)),
        )
    }
  }

  private async openSiting(): Promise<void> {
    if (!this.siting) {
      const { makeSiting } = await import('../siting/open')
      if (this.left) return
      this.siting ??= makeSiting({
        planner: this.planner,
        streets: () => this.desk.picture.streets,
        mark: () => this.desk.picture.stands,
        save: (job) => void this.save(job),
      })
      replace(this.desk.panel.slots.siting, this.siting.element)
    }
    if (this.room === 'siting') this.siting.enter()
  }

  private async openScenarios(): Promise<void> {
    if (!this.scenarios) {
      const { makeScenarios } = await import('../scenarios/open')
      if (this.left) return
      this.scenarios ??= makeScenarios({
        planner: this.planner,
        town: (code) => this.desk.sight.town(code),
        quiet: (on) => this.desk.quiet(on),
      })
      replace(this.desk.panel.slots.scenarios, this.scenarios.element)
      this.scenarios.follow()
    }
    if (this.room === 'scenarios') this.scenarios.enter()
  }

  /** From a result straight to a scenario: the room of scenarios asks for its name. */
  private async save(job: string): Promise<void> {
    this.desk.panel.enter('scenarios')
    await this.openScenarios()
    this.scenarios?.save(job)
  }
}
