import type { County } from '../../api/county'
import { wholeMinutes } from '../../api/minutes'
import type { NearFeature, NearProperties } from '../../api/nearby'
import type { Origin } from '../../state/state'
import { distance } from '../../text/distances'
import { f } from '../../text/find/words'
import { type Opening, stateInWords, whenInWords } from '../../text/hours/state'
import { nameOf, t } from '../../text/language'
import { count } from '../../text/numbers'
import { button } from '../../ui/button'
import { crossingSign } from '../../ui/crossing'
import { type Child, h, on } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { symbol } from '../../ui/symbol'
import type { RowChoices } from '../rows'

export type FromChoices = { change(): void; again(): void }

/** From where, or on the way home to where, and how to start elsewhere. */
export function fromBar(origin: Origin, choices: FromChoices, home = false): HTMLElement {
  const far = origin.accuracy !== null && origin.accuracy > 60 ? f().from.about(distance(origin.accuracy)) : ''
  return h(
    'div',
    { class: 'from', role: 'group', 'aria-label': f().from.label },
    h('span', { class: 'from-dot', 'aria-hidden': 'true' }),
    h(
      'span',
      { class: 'from-name' },
      (home ? f().from.to : f().from.from)(originName(origin)),
      far ? h('small', {}, far) : null,
    ),
    origin.by === 'device' ? button(choices.again, { class: 'text-button from-again' }, f().from.again) : null,
    button(choices.change, { class: 'text-button from-change' }, f().from.change),
  )
}

export function originName({ by, name }: Origin): string {
  return name || (by === 'device' ? f().from.device : f().from.map)
}

/** What all rows of a list share. `chosen`: whether `at` is not now. `kinds`: whether each says of what kind it is. */
export type NearList = { at: string; chosen: boolean; county: County; choices: RowChoices; kinds: boolean }

/** One place with its minutes large, its metres small, until when it is open, and what is unguarded on the way. */
export function nearRow(site: NearFeature, { at, chosen, county, choices, kinds }: NearList): HTMLElement {
  const { properties } = site
  const kind = county.kind(properties.kind)
  const unguarded = properties.unguarded ?? 0
  const row = on(
    h(
      'button',
      { type: 'button', class: 'row near-row', 'data-site': properties.id },
      symbol(kind ?? { shape: 'circle', glyph: 'dot', colour: '' }, {
        size: 36,
        ring: properties.demonstration === true,
      }),
      h(
        'span',
        { class: 'row-text' },
        h('span', { class: 'row-name' }, siteName(properties)),
        h('span', { class: 'near-facts' }, ...factsLine(properties, at, chosen)),
        unguarded > 0
          ? h('span', { class: 'near-bare' }, crossingSign('bare'), f().list.unguarded(count(unguarded)))
          : null,
        kinds ? h('span', { class: 'row-about' }, county.kindName(properties.kind)) : null,
      ),
      minutesOf(properties),
    ),
    {
      click: () => choices.choose(properties.id),
      mouseenter: () => choices.point(properties.id),
      mouseleave: () => choices.point(null),
      focus: () => choices.point(properties.id),
      blur: () => choices.point(null),
    },
  )
  return h('li', {}, row)
}

function siteName({ name, name_en: en }: NearProperties): string {
  return nameOf(typeof en === 'string' ? { zh: name, en } : { zh: name })
}

/** 7 分钟, or metres where no walking time is known. */
function minutesOf({ walk_secs: secs, distance_m: metres }: NearProperties): HTMLElement {
  const words = typeof secs === 'number' ? f().minutes(count(wholeMinutes(secs))) : distance(metres ?? 0)
  return h('strong', { class: 'near-minutes' }, words)
}

function factsLine(properties: NearProperties, at: string, chosen: boolean): Child[] {
  const { walk_m: metres, opening } = properties
  const late = closesFirst(opening, at, properties.walk_secs)
  const open = late ? f().list.late : opening === undefined ? '' : openingInWords(opening, at, chosen)
  const how = late
    ? 'opening-soon'
    : opening?.state === 'open'
      ? 'is-open'
      : opening?.state === 'closed'
        ? 'is-closed'
        : 'is-unsure'
  return [
    typeof metres === 'number' ? h('span', {}, distance(metres)) : null,
    open ? h('span', { class: `near-open ${how}` }, open) : null,
  ]
}

/** 开放至 20:00; everything else as the card says it. */
export function openingInWords(opening: Opening | null, at: string, chosen = false): string {
  if (!opening) return f().list.noHours
  const plain = opening.state === 'open' && opening.until?.sure && !opening.closes_soon && !opening.comment
  return plain && opening.until
    ? f().list.until(whenInWords(opening.until.at, at, chosen))
    : stateInWords(opening, at, chosen)
}

/** Whether a place that is open then has closed by the time one gets there. */
export function closesFirst(opening: Opening | null | undefined, at: string, secs: number | null | undefined): boolean {
  const until = opening?.state === 'open' ? opening.until?.at : undefined
  return until !== undefined && typeof secs === 'number' && moment(at) + secs * 1000 >= moment(until)
}

/** Local times of one place, compared. */
function moment(local: string): number {
  return Date.parse(`${local.slice(0, 16)}Z`)
}

export type Nothing = { open: boolean; filtered: boolean; explain: string; clear(): void }

/** Nothing answers: why, what is nearest beyond, and how to ask for less. */
export function nothingNear(nothing: Nothing, beyond: readonly HTMLElement[]): HTMLElement {
  const words = f().list
  const why = nothing.explain || (nothing.open ? words.noneOpen : nothing.filtered ? words.noneFilter : words.noneAll)
  const asked = nothing.open || nothing.filtered
  return h(
    'div',
    { class: 'near-nothing' },
    h('h2', { class: 'list-title padded' }, words.none),
    h('p', { class: 'padded' }, why),
    asked ? button(nothing.clear, { class: 'button near-clear' }, icon('close', 16), words.clear) : null,
    beyond.length > 0 ? h('h3', { class: 'padded' }, words.beyond) : null,
    beyond.length > 0 ? h('ul', { class: 'rows' }, ...beyond) : null,
  )
}

export function searching(): HTMLElement {
  return h('p', { class: 'muted padded', role: 'status' }, t().loading)
}
