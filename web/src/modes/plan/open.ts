import '../../style/coverage.css'
import '../../style/plan.css'
import { Problem } from '../../api/client'
import { getChildren, getProfiles } from '../../api/coverage'
import { failedNotice } from '../../panels/around'
import { replace } from '../../ui/dom'
import type { Stage } from '../stage'
import { PlanDesk } from './desk'
import { Planner } from './planner'

/** Learns who walks and which children there are, then opens the desk for planning. */
export function openPlan(stage: Stage): () => void {
  const { frame } = stage
  let left = false
  let desk: PlanDesk | null = null
  frame.element.classList.add('is-coverage', 'is-plan')
  const load = async (): Promise<void> => {
    try {
      const [profiles, children] = await Promise.all([getProfiles(), getChildren()])
      if (left) return
      desk = new PlanDesk(new Planner(stage, { county: stage.county, profiles, children }))
      desk.open()
    } catch (cause) {
      if (left) return
      const problem = cause instanceof Problem ? cause : new Problem(0, String(cause), '')
      replace(
        frame.body,
        failedNotice(problem.title, problem.detail, () => void load()),
      )
    }
  }
  void load()
  return () => {
    left = true
    desk?.close()
    frame.element.classList.remove('is-coverage', 'is-plan')
  }
}
