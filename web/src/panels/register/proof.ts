import type { County } from '../../api/county'
import type { Opened } from '../../api/registrations'
import { f } from '../../text/form/words'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { h } from '../../ui/dom'
import { differenceOf, differenceTable, photoStrip, versionOf } from '../review/difference'
import { badge, calledBy } from './rows'
import { stepList } from './steps'

/** What was registered, to read: it is decided, and what more is to change begins anew from the site. */
export function proofPage(one: Opened, county: County, mayRegister: boolean): HTMLElement {
  const lines = differenceOf(county, null, versionOf(one))
  return h(
    'div',
    { class: 'office-page is-narrow' },
    h('h1', { class: 'office-title', tabindex: '-1' }, calledBy(one)),
    h('p', {}, badge(one.state)),
    h('p', { class: 'office-note' }, f().readOnly[one.state] ?? ''),
    // A home has no page on the map, and no history that is told by its number.
    one.site !== null &&
      one.site > 0 &&
      h(
        'div',
        { class: 'office-acts' },
        mayRegister && h('a', { class: 'button primary', href: `#/amend/${one.site}` }, f().amendAgain),
        mayRegister && h('a', { class: 'button', href: `#/close/${one.site}` }, f().title.close ?? ''),
        h('a', { class: 'button', href: `#/history/${one.site}` }, r().desk.history),
        h('a', { class: 'button', href: `./#site=${one.site}` }, r().nav.map),
      ),
    photoStrip(one.photos, v().photos),
    differenceTable(lines, true),
    stepList(one.history),
  )
}
