import type { Mode } from '../state/state'
import { t } from '../text/language'
import { h, replace } from '../ui/dom'
import { backHead } from './heads'
import type { Stage } from './stage'

/** How to get to a site. Loaded when somebody asks for it. */
export function enterWay(stage: Stage, site: number, from: Mode): () => void {
  // A link to a way leads back to the card of where it goes.
  backHead(stage, from.name === 'card' ? from : { name: 'card', site })
  replace(stage.frame.body, h('p', { class: 'muted padded', role: 'status' }, t().loading))
  stage.frame.body.scrollTop = 0
  let exit: () => void = () => undefined
  let left = false
  const tried = async (): Promise<void> => {
    try {
      const { openWay } = await import('./way/open')
      if (!left) exit = openWay(stage, site)
    } catch (cause) {
      if (!left) stage.problem(cause, () => void tried(), t().retry)
    }
  }
  void tried()
  return () => {
    left = true
    exit()
  }
}
