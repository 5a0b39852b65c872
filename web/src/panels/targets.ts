import type { County } from '../api/county'
import type { Target } from '../api/types'
import { day } from '../text/dates'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { button } from '../ui/button'
import { h } from '../ui/dom'
import { icon } from '../ui/icons'
import { notice } from '../ui/notice'
import { symbol } from '../ui/symbol'
import { measuredText, meter, missing, thenAndNow } from './figure'

/** The plan's targets as they stand, each with the sites that count a press away. */
export function targetsPanel(
  targets: readonly Target[],
  chosen: string | null,
  county: County,
  show: (target: Target) => void,
): HTMLElement {
  if (targets.length === 0) return notice(t().targets.none, [t().targets.noneHint])
  return h(
    'div',
    { class: 'targets' },
    h('h2', { class: 'list-title padded' }, t().targets.title),
    ...targets.map((target) => targetCard(target, target.id === chosen, county, show)),
  )
}

function targetCard(target: Target, chosen: boolean, county: County, show: (target: Target) => void): HTMLElement {
  const kind = county.kind(target.kind)
  const words = nameOf(target.text)
  const lack = missing(target)
  const share = target.measure === 'share'
  return h(
    'article',
    { class: chosen ? 'target target-chosen' : 'target', 'data-target': target.id },
    h(
      'div',
      { class: 'target-top' },
      h('h3', { class: 'target-name' }, kind && symbol(kind, { size: 24 }), nameOf(target.name)),
      h('span', { class: `state state-${target.state}` }, icon(target.state, 16), t().targets.state[target.state]),
    ),
    h(
      'p',
      { class: 'target-figure' },
      h('strong', {}, share ? measuredText(target) : `${measuredText(target)} / ${count(target.threshold)}`),
      h('span', {}, `· ${lack > 0 ? t().targets.short(count(lack)) : t().targets.enough}`),
    ),
    h('p', { class: 'target-words' }, words),
    share &&
      typeof target.of === 'number' &&
      h('p', { class: 'muted' }, t().targets.ofAll(count(target.counted), count(target.of))),
    meter(target, words),
    h(
      'p',
      { class: 'target-when' },
      h('span', {}, t().targets.deadline(day(target.deadline))),
      h('span', {}, thenAndNow(target)),
      typeof target.met_by_deadline === 'boolean' &&
        h('span', {}, target.met_by_deadline ? t().targets.metByDeadline : t().targets.notMetByDeadline),
    ),
    target.by && breakdown(target.by),
    h(
      'dl',
      { class: 'facts facts-quiet' },
      h('dt', {}, t().targets.unit),
      h('dd', {}, target.unit),
      h('dt', {}, t().targets.source),
      h('dd', {}, nameOf(target.source)),
    ),
    target.sites.length > 0
      ? button(
          () => show(target),
          { class: 'button wide', 'aria-pressed': String(chosen) },
          icon('pin'),
          t().targets.show(count(target.sites.length)),
        )
      : h('p', { class: 'muted' }, t().targets.showNone),
  )
}

/** Every value of the attribute, those without a site too: what is missing is what a planner looks for. */
function breakdown(by: NonNullable<Target['by']>): HTMLElement {
  const most = Math.max(1, ...by.rows.map((row) => row.count))
  const rows = by.rows.map((row) => {
    const bar = h('span', { class: 'mini-bar' })
    bar.style.width = `${(100 * row.count) / most}%`
    return h(
      'tr',
      row.count === 0 ? { class: 'is-zero' } : {},
      h('th', { scope: 'row' }, nameOf(row.name)),
      h('td', { class: 'mini', 'aria-hidden': 'true' }, bar),
      h('td', { class: 'figures' }, count(row.count)),
    )
  })
  return h('table', { class: 'by' }, h('caption', {}, t().targets.by(nameOf(by.name))), h('tbody', {}, ...rows))
}
