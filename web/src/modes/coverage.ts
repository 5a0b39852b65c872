import { t } from '../text/language'
import { h, replace } from '../ui/dom'
import { tabsHead } from './heads'
import type { Stage } from './stage'

/** Planning: who can walk where. All of it is loaded only now, because parents never need it. */
export function enterCoverage(stage: Stage): () => void {
  tabsHead(stage, 'coverage')
  replace(stage.frame.body, h('p', { class: 'muted padded', role: 'status' }, t().loading))
  stage.frame.body.scrollTop = 0
  let exit: () => void = () => undefined
  let left = false
  const load = async (): Promise<void> => {
    try {
      const { openCoverage } = await import('./coverage/open')
      if (!left) exit = openCoverage(stage)
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
