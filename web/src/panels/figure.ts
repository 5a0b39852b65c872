import type { Target } from '../api/types'
import { t } from '../text/language'
import { count, percent } from '../text/numbers'
import { h } from '../ui/dom'

/** How many sites are still missing; for a share, how many of those that exist must still change. */
export function missing(target: Target): number {
  const wanted = target.measure === 'share' ? Math.ceil(target.threshold * (target.of ?? 0) - 1e-9) : target.threshold
  return Math.max(0, wanted - target.counted)
}

/** A figure in the measure of the target: 7 or 62%. */
export function inMeasure(target: Target, value: number): string {
  return target.measure === 'share' ? percent(value) : count(value)
}

/** The figure now. Of a kind that is published in rough numbers only, it is known to be at least so much. */
export function measuredText(target: Target): string {
  return atLeast(target) + inMeasure(target, target.measured)
}

export function atLeast(target: Target): string {
  return target.at_least ? '≥\u2009' : ''
}

/** 到期时 6 个 · 现在 7 个; before the deadline only what is now. */
export function thenAndNow(target: Target): string {
  const pieces = (value: number): string =>
    target.measure === 'share' ? percent(value) : t().targets.pieces(count(value))
  const now = atLeast(target) + pieces(target.measured)
  const then = target.measured_by_deadline ?? null
  return then === null ? t().targets.before(now) : t().targets.byDeadlineAndNow(pieces(then), now)
}

/** A bar that starts at zero, with the threshold marked on it. */
export function meter(target: Target, label: string): HTMLElement {
  const most = target.measure === 'share' ? 1 : Math.max(target.threshold, target.measured, 1)
  const now = measuredText(target)
  const wanted = inMeasure(target, target.threshold)
  const fill = h('span', { class: 'meter-fill' })
  fill.style.width = `${(100 * target.measured) / most}%`
  const mark = h('span', { class: 'meter-mark' })
  mark.style.left = `${(100 * target.threshold) / most}%`
  return h(
    'div',
    { class: 'meter', role: 'img', 'aria-label': t().targets.meter(label, now, wanted) },
    h('span', { class: 'meter-track' }, fill, mark),
    h('span', { class: 'meter-scale' }, h('span', {}, '0'), h('span', {}, t().targets.threshold(wanted))),
  )
}
