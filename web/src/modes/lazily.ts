import { noticeOf } from '../panels/around'
import { t } from '../text/language'
import { h, replace } from '../ui/dom'
import { tabsHead } from './heads'
import type { Stage } from './stage'

/** Enters a mode of planners, which is loaded only now, because parents never need it. `load` brings what opens it. */
export function enterLazily(
  stage: Stage,
  door: 'coverage' | 'plan',
  load: () => Promise<(stage: Stage) => () => void>,
): () => void {
  tabsHead(stage, door)
  replace(stage.frame.body, h('p', { class: 'muted padded', role: 'status' }, t().loading))
  stage.frame.body.scrollTop = 0
  let exit: () => void = () => undefined
  let left = false
  const tried = async (): Promise<void> => {
    try {
      const open = await load()
      if (!left) exit = open(stage)
    } catch (cause) {
      if (!left)
        replace(
          stage.frame.body,
          noticeOf(cause, () => void tried()),
        )
    }
  }
  void tried()
  return () => {
    left = true
    exit()
  }
}
