import type { County } from '../../api/county'
import type { Place } from '../../api/places'
import type { Opened, Warning } from '../../api/registrations'
import { distance } from '../../text/distances'
import { f } from '../../text/form/words'
import { nameOf, t } from '../../text/language'
import { moment } from '../../text/moments'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { button, iconButton } from '../../ui/button'
import { h } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { symbol } from '../../ui/symbol'
import { badge, calledBy } from '../register/rows'
import { stepList } from '../register/steps'
import { differenceOf, differenceTable, metresBetween, photoStrip, versionOf } from './difference'

export type Near = { place: Place; metres: number }
export type OpenedChoices = {
  publish(): void
  return(): void
  merge(): void
  /** Shows what it would change beside what was published since. */
  compare(): void
  back(): void
  zoom(by: number): void
}

/** One registration under review: what it changes in words, what is near it, and the decision. */
export class OpenedPanel {
  readonly element: HTMLElement
  /** Where the map goes. */
  readonly map = h('div', { class: 'map place-map', 'aria-label': v().map })
  private readonly near = h('div')
  private readonly buttons: HTMLButtonElement[]

  constructor(
    one: Opened,
    private readonly county: County,
    choices: OpenedChoices,
    /** The site was published anew since this change of it was begun. */
    moved: boolean,
  ) {
    const words = v()
    const before = one.current && versionOf(one.current)
    const after = versionOf(one)
    const kind = county.kind(one.kind)
    const metres = metresBetween(before, after)
    const open = one.state === 'submitted'
    this.buttons = open
      ? [
          button(choices.publish, { class: 'button primary', id: 'publish', 'aria-keyshortcuts': 'p' }, words.publish),
          button(choices.return, { class: 'button', id: 'return', 'aria-keyshortcuts': 'r' }, words.return),
          button(choices.merge, { class: 'button is-plain', id: 'merge', 'aria-keyshortcuts': 'm' }, words.merge),
        ]
      : []
    this.element = h(
      'article',
      { class: 'opened', 'data-opened': one.id },
      h('div', { class: 'opened-back' }, button(choices.back, { class: 'text-button' }, icon('back'), t().back)),
      h(
        'div',
        { class: 'opened-head' },
        kind ? symbol(kind, { size: 44 }) : null,
        h(
          'div',
          {},
          h('h2', { class: 'opened-name', tabindex: '-1' }, calledBy(one)),
          h(
            'p',
            { class: 'muted' },
            [
              county.kindName(one.kind),
              one.unit?.name ?? '',
              words.by(one.author.name),
              moment(one.submitted ?? one.saved),
            ]
              .filter(Boolean)
              .join(' · '),
          ),
          h(
            'p',
            { class: 'opened-badges' },
            h('span', { class: 'badge' }, r().changes[one.change] ?? ''),
            badge(one.state),
          ),
        ),
      ),
      ...warningLines(one.warnings),
      open &&
        moved &&
        h(
          'div',
          { class: 'office-note form-overtaken' },
          h('p', {}, words.overtaken),
          button(choices.compare, { class: 'button', id: 'compare' }, f().compare),
        ),
      one.note && h('p', { class: 'office-note' }, h('strong', {}, `${words.note}: `), one.note),
      h(
        'div',
        { class: 'place-map-box' },
        this.map,
        h(
          'div',
          { class: 'zoom place-zoom' },
          iconButton('plus', t().map.zoomIn, () => choices.zoom(1)),
          iconButton('minus', t().map.zoomOut, () => choices.zoom(-1)),
        ),
      ),
      metres !== null &&
        metres >= 1 &&
        h(
          'p',
          { class: 'moved-key' },
          h('span', { class: 'moved-sign', 'aria-hidden': 'true' }),
          `${words.old} → ${words.fresh}: `,
          h('strong', {}, words.moved(distance(metres))),
        ),
      differenceTable(differenceOf(county, before, after), before === null),
      photoStrip(one.photos, words.photos),
      h('section', { class: 'office-part' }, h('h3', {}, words.near), this.near),
      stepList(one.history),
      open && h('div', { class: 'opened-foot' }, ...this.buttons),
    )
  }

  busy(on: boolean): void {
    for (const one of this.buttons) one.disabled = on
  }

  /** Sites of the kind around it, the nearest first. */
  around(near: readonly Near[]): void {
    this.near.replaceChildren(
      near.length === 0
        ? h('p', { class: 'muted' }, v().nearNone)
        : h('ul', { class: 'near-rows' }, ...near.map((one) => this.nearRow(one))),
    )
  }

  private nearRow({ place, metres }: Near): HTMLElement {
    const kind = this.county.kind(place.kind)
    return h(
      'li',
      {},
      kind ? symbol(kind, { size: 24 }) : null,
      h('a', { href: `#/history/${place.id}` }, nameOf(place.name)),
      h('span', { class: 'muted figures' }, distance(metres)),
    )
  }
}

function warningLines(warnings: readonly Warning[] | undefined): HTMLElement[] {
  return (warnings ?? []).map((warning) => {
    const { says, name, distance_m: metres, site } = warning
    const far = typeof metres === 'number' ? ` · ${distance(metres)}` : ''
    return h(
      'div',
      { class: 'warning', 'data-warning': warning.what },
      icon('at_risk'),
      h(
        'div',
        {},
        h('p', {}, nameOf(says)),
        name
          ? h(
              'p',
              { class: 'warning-twin' },
              site ? h('a', { href: `#/history/${site}` }, name) : h('strong', {}, name),
              far,
            )
          : null,
      ),
    )
  })
}
