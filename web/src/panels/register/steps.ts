import type { Step } from '../../api/registrations'
import { moment } from '../../text/moments'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { h } from '../../ui/dom'

/** What happened to a registration, step by step: who, when and why. */
export function stepList(steps: readonly Step[] | undefined): HTMLElement | null {
  if (!steps || steps.length === 0) return null
  const words = v().history
  return h(
    'section',
    { class: 'office-part' },
    h('h2', {}, words.title),
    h(
      'ol',
      { class: 'steps' },
      ...steps.map(({ at, who, action, why }) =>
        h(
          'li',
          {},
          h('strong', {}, words.actions[action] ?? r().states[action] ?? action),
          h('span', { class: 'muted' }, words.by(who, moment(at))),
          why ? h('span', {}, words.reasons[why] ?? why) : null,
        ),
      ),
    ),
  )
}
