import '../../style/coverage.css'
import '../../style/pins.css'
import '../../style/plan.css'
import { getChildren, getProfiles } from '../../api/coverage'
import { noticeOf } from '../../panels/around'
import { replace } from '../../ui/dom'
import type { Stage } from '../stage'
import { Annex } from './annex'
import { PlanDesk } from './desk'
import { Planner } from './planner'

/** Learns who walks and which children there are, then opens the desk for planning. */
export function openPlan(stage: Stage): () => void {
  const { frame } = stage
  let left = false
  let desk: PlanDesk | null = null
  let annex: Annex | null = null
  frame.element.classList.add('is-coverage', 'is-plan')
  const load = async (): Promise<void> => {
    try {
      const [profiles, children] = await Promise.all([getProfiles(), getChildren()])
      if (left) return
      const planner = new Planner(stage, { county: stage.county, profiles, children })
      desk = new PlanDesk(planner)
      desk.open()
      annex = new Annex(planner, desk)
      annex.open()
    } catch (cause) {
      if (left) return
      replace(
        frame.body,
        noticeOf(cause, () => void load()),
      )
    }
  }
  void load()
  return () => {
    left = true
    annex?.close()
    desk?.close()
    frame.element.classList.remove('is-coverage', 'is-plan')
  }
}
