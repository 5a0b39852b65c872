import type { County } from '../../api/county'
import type { ServiceArea } from '../../api/coverage'
import type { Place } from '../../api/places'
import { c } from '../../text/coverage/words'
import { nameOf, t } from '../../text/language'
import { count, percent } from '../../text/numbers'
import { button, iconButton } from '../../ui/button'
import { h } from '../../ui/dom'
import { symbol } from '../../ui/symbol'
import { type Asked, agedInWords, minutesInWords } from './asked'

export type ServiceChoices = { open(): void; leave(): void }

/** The head of a site's card with whom it serves; the map shows from where. */
export function serviceCard(
  area: ServiceArea | null,
  place: Place | null,
  asked: Asked,
  county: County,
  choices: ServiceChoices,
): HTMLElement {
  const kind = county.kind(asked.kind)
  const name = place ? nameOf(place.name) : (area?.site.name ?? t().loading)
  const total = area?.children_total ?? 0
  return h(
    'section',
    { class: 'service', 'aria-label': name },
    h(
      'div',
      { class: 'service-head' },
      kind && symbol(kind, { size: 40, ring: place?.demonstration ?? false }),
      h(
        'div',
        { class: 'row-text' },
        h('h2', { class: 'service-name', tabindex: '-1' }, name),
        h(
          'p',
          { class: 'row-about' },
          [county.kindName(asked.kind), county.areaName(place?.area)].filter(Boolean).join(' · '),
        ),
      ),
      iconButton('close', c().service.leave, choices.leave),
    ),
    area
      ? h(
          'p',
          { class: 'service-figure figures' },
          h('strong', {}, c().service.children(count(area.children), agedInWords(asked.ages))),
          h(
            'span',
            {},
            `${c().service.within(minutesInWords(area.minutes))} · ${c().service.of(percent(total > 0 ? area.children / total : 0))}`,
          ),
        )
      : h('p', { class: 'muted' }, t().loading),
    button(choices.open, { class: 'text-button' }, c().service.open),
  )
}
