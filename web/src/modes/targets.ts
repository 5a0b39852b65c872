import type { Target } from '../api/types'
import { targetsPanel } from '../panels/targets'
import { t } from '../text/language'
import { h, replace } from '../ui/dom'
import { tabsHead } from './heads'
import type { Stage } from './stage'

/** Reading the plan's targets; choosing one shows on the map what counts towards it. */
export function enterTargets(stage: Stage): () => void {
  const { store, frame } = stage
  tabsHead(stage, 'targets')
  let here = true
  let drawn = false
  const choose = (target: Target): void => {
    const off = store.state.target === target.id
    store.set({ target: off ? null : target.id, sheet: store.state.sheet === 'full' ? 'half' : store.state.sheet })
  }
  const draw = async (): Promise<void> => {
    try {
      const targets = await stage.targets()
      if (!here) return
      const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-target]')?.dataset
        .target
      const top = drawn ? frame.body.scrollTop : 0
      replace(frame.body, targetsPanel(targets, store.state.target, stage.county, choose))
      frame.body.scrollTop = top
      if (focused) frame.body.querySelector<HTMLElement>(`[data-target="${CSS.escape(focused)}"] button`)?.focus()
      drawn = true
    } catch (cause) {
      stage.problem(cause, () => void draw(), t().retry)
    }
  }
  replace(frame.body, h('p', { class: 'muted padded', role: 'status' }, t().loading))
  void draw()
  const redraw = (): void => void draw()
  const stops = [store.watch(['target'], redraw), stage.county.whenCounted(redraw)]
  return () => {
    here = false
    for (const stop of stops) stop()
  }
}
