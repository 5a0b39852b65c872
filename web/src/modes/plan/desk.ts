import { QuestionPanel } from '../../panels/coverage/question'
import { h, replace } from '../../ui/dom'
import type { Planner } from './planner'

/** Where the plan, the answers about it and the map meet. */
export class PlanDesk {
  private readonly question: QuestionPanel
  private stops: (() => void)[] = []

  constructor(private readonly planner: Planner) {
    this.question = new QuestionPanel(
      planner.ground,
      (patch) => planner.ask(patch),
      () => undefined,
    )
  }

  open(): void {
    const { stage } = this.planner
    replace(stage.frame.body, h('div', { class: 'coverage plan' }, this.question.element))
    this.stops.push(stage.store.watch(['coverage', 'plan'], () => this.follow()))
    this.follow()
  }

  close(): void {
    for (const stop of this.stops) stop()
  }

  private follow(): void {
    this.question.update(this.planner.asked)
  }
}
