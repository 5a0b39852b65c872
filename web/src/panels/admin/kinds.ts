import type { County } from '../../api/county'
import { templateAddress } from '../../api/sheets'
import type { Attribute, Kind } from '../../api/types'
import { adminWords } from '../../text/admin/words'
import { exactLength } from '../../text/distances'
import { nameOf, t } from '../../text/language'
import { h } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { symbol } from '../../ui/symbol'

/** All kinds of place, to read: what they are called, how they are shown, what is known of each, and how to change them. */
export function kindsPage(county: County): HTMLElement {
  const words = adminWords().kinds
  return h(
    'div',
    { class: 'office-page' },
    h('h1', { class: 'office-title', tabindex: '-1' }, words.title),
    h('p', { class: 'muted' }, words.intro),
    h('p', { class: 'office-note' }, words.change),
    h('ul', { class: 'kind-rows' }, ...county.allKinds.map(kindRow)),
    h('section', { class: 'office-part' }, h('h2', {}, words.shared), attributeList(county.sharedAttributes)),
  )
}

function kindRow(kind: Kind): HTMLElement {
  const words = adminWords().kinds
  const { id, name, visibility, standard } = kind
  // Nobody walks to a home that is counted and not shown.
  const shown = visibility === 'public'
  const reach = shown ? [words.minutes(String(kind.walk_minutes)), words.radius(exactLength(kind.radius_m))] : []
  return h(
    'li',
    { class: 'kind-row', 'data-kind': id },
    symbol(kind, { size: 44 }),
    h(
      'div',
      { class: 'kind-text' },
      h('h2', {}, name.zh, name.en ? h('span', { class: 'muted', lang: 'en' }, ` ${name.en}`) : null),
      h('p', { class: 'muted' }, [id, words.visibility[visibility] ?? visibility, ...reach].join(' · ')),
      h('p', { class: 'muted' }, `${nameOf(standard)} · ${standard.confirmed ? words.confirmed : words.unconfirmed}`),
      h(
        'details',
        {},
        h('summary', {}, words.own),
        kind.attributes.length > 0 ? attributeList(kind.attributes) : h('p', { class: 'muted' }, words.none),
      ),
      h('a', { class: 'button', href: templateAddress(id), download: '' }, icon('down'), words.template),
    ),
  )
}

function attributeList(attributes: readonly Attribute[]): HTMLElement {
  const { types } = adminWords().kinds
  return h(
    'dl',
    { class: 'facts' },
    ...attributes.flatMap(({ name, type, choices }) => [
      h('dt', {}, nameOf(name)),
      h(
        'dd',
        {},
        [types[type] ?? type, (choices ?? []).map((one) => nameOf(one.name)).join(t().join)].filter(Boolean).join(': '),
      ),
    ]),
  )
}
