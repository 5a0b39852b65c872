import type { County } from '../../api/county'
import { type Photo, type Step, signAddress } from '../../api/registrations'
import { f } from '../../text/form/words'
import { moment } from '../../text/moments'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'
import { notice } from '../../ui/notice'
import { differenceOf, differenceTable, type Version } from './difference'

/** What a line of the log has of a site, whatever of it there is. */
export function versionIn(written: Record<string, unknown> | null): Version | null {
  if (!written) return null
  const text = (name: string): string | null => (typeof written[name] === 'string' ? (written[name] as string) : null)
  const number = (name: string): number | null => (typeof written[name] === 'number' ? (written[name] as number) : null)
  const attributes = written.attributes
  return {
    kind: text('kind') ?? '',
    name: text('name'),
    lon: number('lon'),
    lat: number('lat'),
    attributes: typeof attributes === 'object' && attributes !== null ? (attributes as Version['attributes']) : {},
    photos: Array.isArray(written.photos) ? (written.photos as Photo[]) : [],
    closed_on: text('closed_on') ?? text('closed'),
  }
}

/** All versions of one site, the latest first, each with what it changed. */
export function historyPage(
  site: number,
  name: string,
  revisions: readonly Step[],
  county: County,
  may: { change: boolean },
  restore: (revision: Step) => void,
): HTMLElement {
  const words = v().history
  const steps = revisions.map((revision, index) => {
    const [before, after] = [versionIn(revision.before), versionIn(revision.after)]
    return h(
      'li',
      { class: 'history-step', 'data-revision': revision.revision },
      h(
        'div',
        { class: 'history-head' },
        h('h2', {}, words.actions[revision.action] ?? revision.action),
        index === 0 && h('span', { class: 'badge badge-published' }, words.current),
      ),
      h('p', { class: 'muted' }, words.by(revision.who, moment(revision.at))),
      revision.why ? h('p', {}, words.reasons[revision.why] ?? revision.why) : null,
      after && differenceTable(differenceOf(county, before, after), before === null),
      index > 0 &&
        after &&
        may.change &&
        button(() => restore(revision), { class: 'button', 'data-restore': revision.revision }, words.restore),
    )
  })
  return h(
    'div',
    { class: 'office-page' },
    h('h1', { class: 'office-title', tabindex: '-1' }, words.of(name)),
    h(
      'div',
      { class: 'office-acts' },
      may.change && h('a', { class: 'button primary', href: `#/amend/${site}` }, f().amendAgain),
      may.change && h('a', { class: 'button', href: `#/close/${site}` }, f().title.close ?? ''),
      h('a', { class: 'button', href: `./#site=${site}` }, r().nav.map),
      h('a', { class: 'button', href: signAddress(site, 'a4'), target: '_blank', rel: 'noopener' }, r().desk.sign),
    ),
    steps.length > 0 ? h('ol', { class: 'history' }, ...steps) : notice(words.none, []),
  )
}
