import { demonstrationBadge } from '../panels/around'
import type { Mode } from '../state/state'
import { f } from '../text/find/words'
import { t } from '../text/language'
import { button } from '../ui/button'
import { h, replace } from '../ui/dom'
import { icon } from '../ui/icons'
import type { Stage } from './stage'

type Door = 'nearby' | 'browse' | 'towns' | 'targets' | 'coverage' | 'plan'

/** The head of the panel in the main modes: the doors between them, and the notice about demonstration data. */
export function tabsHead(stage: Stage, current: Door): void {
  const { places, ...others } = t().tabs
  const words: Record<Door, string> = { nearby: f().tab, browse: places, ...others }
  const tab = (name: Door): HTMLElement => {
    const choose = (): void => {
      const { sheet } = stage.store.state
      stage.store.set({ mode: { name }, sheet: sheet === 'peek' ? 'half' : sheet })
      stage.frame.head.querySelector<HTMLElement>(`[data-tab="${name}"]`)?.focus()
    }
    const here = name === current
    return button(choose, { class: 'tab', 'data-tab': name, 'aria-current': here ? 'page' : null }, words[name])
  }
  replace(
    stage.frame.head,
    h(
      'nav',
      { class: 'tabs', 'aria-label': t().tabs.label },
      tab('nearby'),
      tab('browse'),
      tab('towns'),
      tab('targets'),
      tab('coverage'),
      tab('plan'),
    ),
    stage.county.config.demonstration && demonstrationBadge(),
  )
}

/** The head of the panel for one thing: the way back to where the person came from. */
export function backHead(stage: Stage, to: Mode): void {
  replace(
    stage.frame.head,
    button(() => stage.store.set({ mode: to }), { class: 'tab back' }, icon('back'), t().back),
    stage.county.config.demonstration && demonstrationBadge(),
  )
}
