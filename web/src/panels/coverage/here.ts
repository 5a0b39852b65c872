import type { Here } from '../../api/coverage'
import { wholeMinutes } from '../../api/minutes'
import { type Protection, protectionOf } from '../../style/crossings'
import { c } from '../../text/coverage/words'
import { distance } from '../../text/distances'
import { count } from '../../text/numbers'
import { crossingSign } from '../../ui/crossing'
import { h } from '../../ui/dom'
import { minutesInWords } from './asked'

/** How long the walk from a place is, to which site, over which crossings, and what is next nearest. */
export function hereWords(here: Here, kind: string): HTMLElement[] {
  const { walk_secs: secs, length_m: metres, site, second, crossings } = here.properties
  return [
    h('strong', { class: 'here-walk' }, c().here.walk(kind, minutesInWords(wholeMinutes(secs)))),
    h('span', { class: 'here-site' }, `${site.name} · ${distance(metres)}`),
    crossingLine(crossings.map(({ protection }) => protectionOf(protection))),
    ...(second
      ? [
          h(
            'span',
            { class: 'here-second' },
            c().here.second(second.name, minutesInWords(wholeMinutes(second.walk_secs))),
          ),
        ]
      : []),
  ]
}

function crossingLine(crossings: readonly Protection[]): HTMLElement {
  if (crossings.length === 0) return h('span', { class: 'here-crossings' }, c().here.noCrossings)
  const kinds = (['safe', 'marked', 'bare'] as const).filter((kind) => crossings.includes(kind))
  const parts = kinds.map((kind) => {
    const times = crossings.filter((one) => one === kind).length
    return h(
      'span',
      { class: 'here-crossing' },
      crossingSign(kind),
      c().here.times(c().here.crossing[kind] ?? '', count(times)),
    )
  })
  return h('span', { class: 'here-crossings' }, ...parts)
}

export function failedHere(title: string, detail: string): HTMLElement[] {
  return [h('strong', { class: 'here-walk' }, title), ...(detail ? [h('span', { class: 'here-second' }, detail)] : [])]
}
