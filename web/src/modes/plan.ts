import { t } from '../text/language'
import { h, replace } from '../ui/dom'
import { tabsHead } from './heads'
import type { Stage } from './stage'

/** What would change if: coverage with changes of the planner's own. Loaded only now, as coverage is. */
export function enterPlan(stage: Stage): () => void {
  tabsHead(stage, 'plan')
  replace(stage.frame.body, h('p', { class: 'muted padded', role: 'status' }, t().loading))
  stage.frame.body.scrollTop = 0
  let exit: () => void = () => undefined
  let left = false
  const load = async (): Promise<void> => {
    try {
      const { openPlan } = await import('./plan/open')
      if (!left) exit = openPlan(stage)
    } catch (cause) {
      if (!left) stage.problem(cause, () => void load(), t().retry)
    }
  }
  void load()
  return () => {
    left = true
    exit()
  }
}
