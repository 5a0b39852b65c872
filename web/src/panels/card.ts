import type { County } from '../api/county'
import type { Hours } from '../api/hours'
import type { SiteFeature } from '../api/types'
import type { Moment } from '../state/state'
import { day } from '../text/dates'
import { f } from '../text/find/words'
import { type Opening, stateInWords } from '../text/hours/state'
import { hoursWords } from '../text/hours/words'
import { t } from '../text/language'
import { button } from '../ui/button'
import { type Child, h } from '../ui/dom'
import { icon } from '../ui/icons'
import { symbol } from '../ui/symbol'
import { type Fact, factsOf } from './facts'
import { hoursTable, weekTable } from './hours'

export type CardChoices = {
  copy(text: string): void
  town(code: string): void
  show(): void
  way(): void
  /** Keeps it on this device or lets it go; returns whether it is kept now. */
  keep(): boolean
  kept: boolean
  share(): void
  report(): void
}

/** What is known beside the site itself: when it is open, now or at a time that was chosen, and how far it is from the start. */
export type CardAside = { hours: Hours | null; chosen: Moment | null; walk: string }

/** Everything that is known of one site. */
export function siteCard(site: SiteFeature, county: County, choices: CardChoices, aside: CardAside): HTMLElement {
  const properties = site.properties
  const kind = county.kind(properties.kind)
  const demonstration = properties.demonstration === true
  const facts = factsOf(properties, county.attributes(properties.kind))
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'card-head' },
      symbol(kind ?? { shape: 'circle', glyph: 'dot', colour: '' }, { size: 52, ring: demonstration }),
      h(
        'div',
        {},
        ...names(text(properties.name), text(properties.name_en)),
        h('p', { class: 'card-kind' }, county.kindName(properties.kind)),
      ),
    ),
    glance(aside),
    demonstration && demonstrationBadge(text(properties.demonstration_since)),
    h(
      'div',
      { class: 'card-actions' },
      button(choices.way, { class: 'button primary card-way', id: 'way' }, icon('walk'), f().way.go),
      text(properties.phone) && callLink(text(properties.phone)),
      keepButton(choices),
      button(choices.share, { class: 'button', id: 'share' }, icon('share'), f().share.open),
      button(choices.show, { class: 'button' }, icon('pin'), t().card.onMap),
    ),
    place(text(properties.address), townLine(properties.area ?? null, county, choices)),
    part('clock', ...hours(text(properties.opening_hours), aside.hours, aside.chosen !== null)),
    facts.length > 0 && h('dl', { class: 'facts' }, ...facts.flatMap(factRow)),
    foot(site, choices),
    h('p', {}, button(choices.report, { class: 'text-button', id: 'report' }, icon('flag', 16), t().card.report)),
  )
}

/** The name in the language of the reader first, the other one below it. */
function names(chinese: string, english: string): HTMLElement[] {
  const [first, second] = t().lang === 'en' && english ? [english, chinese] : [chinese, english]
  const lang = (name: string): string => (name === english ? 'en' : 'zh-CN')
  const title = h('h2', { class: 'card-name', tabindex: '-1', lang: lang(first) }, first || t().unnamed)
  return second ? [title, h('p', { class: 'card-name-en', lang: lang(second) }, second)] : [title]
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function demonstrationBadge(since: string): HTMLElement {
  return h('p', { class: 'gold-badge' }, since ? t().card.demonstrationSince(day(since)) : t().card.demonstration)
}

function callLink(phone: string): HTMLElement {
  const href = `tel:${phone.replace(/[^\d+]/g, '')}`
  return h('a', { class: 'button', href, title: phone }, icon('phone'), t().card.call)
}

function part(name: 'pin' | 'clock', ...content: Child[]): HTMLElement {
  return h('div', { class: 'card-part' }, icon(name), h('div', {}, ...content))
}

/** Address and town; nothing where neither is known. */
function place(address: string, town: HTMLElement | null): HTMLElement | null {
  return address || town ? part('pin', address && h('p', {}, address), town) : null
}

function townLine(code: string | null, county: County, choices: CardChoices): HTMLElement | null {
  const name = county.areaName(code)
  if (!code || !name) return county.towns.length > 0 ? h('p', { class: 'muted' }, t().card.noTown) : null
  return h(
    'p',
    {},
    button(() => choices.town(code), { class: 'text-button' }, name),
  )
}

function hours(written: string, known: Hours | null, chosen: boolean): Child[] {
  if (!written) return [h('p', { class: 'muted' }, t().card.noHours)]
  // Without the server's answer the simple part of what is written can be told all the same.
  return known?.week
    ? weekTable(known.week, known.at.slice(0, 10), chosen)
    : [hoursTable(written, new Date(), t().card.hours)]
}

/** 步行 7 分钟 · 已开放，17:00 关门: what a parent wants to know first. */
function glance({ hours: known, chosen, walk }: CardAside): HTMLElement | null {
  const opening = known?.opening
  const said = opening ? stateInWords(opening, known.at.slice(0, 16), chosen !== null).trim() : ''
  if (!opening && !walk) return null
  return h(
    'p',
    { class: 'card-glance', role: 'status' },
    walk ? h('strong', {}, walk) : null,
    opening && known
      ? h(
          'span',
          { class: `opening opening-${soonOf(opening)}` },
          chosen ? `${f().needs.at(hoursWords().weekdays[chosen.day] ?? '', chosen.time)} · ${said}` : said,
        )
      : null,
  )
}

function soonOf(opening: Opening): 'open' | 'soon' | 'closed' | 'unsure' {
  if (opening.state === 'open') return opening.closes_soon ? 'soon' : 'open'
  return opening.state === 'closed' ? 'closed' : 'unsure'
}

function keepButton(choices: CardChoices): HTMLElement {
  const label = document.createTextNode('')
  const press = (): void => draw(choices.keep())
  const made = button(press, { class: 'button keep', id: 'keep' }, icon('star'), label)
  function draw(kept: boolean): void {
    made.setAttribute('aria-pressed', String(kept))
    label.data = kept ? f().keep.remove : f().keep.add
  }
  draw(choices.kept)
  return made
}

function factRow(fact: Fact): HTMLElement[] {
  const value: Child =
    fact.type === 'phone'
      ? h('a', { href: `tel:${fact.value.replace(/[^\d+]/g, '')}` }, fact.value)
      : fact.type === 'hours'
        ? hoursTable(fact.value, new Date(), fact.label)
        : fact.value
  return [h('dt', {}, fact.label), h('dd', {}, value)]
}

function foot(site: SiteFeature, choices: CardChoices): HTMLElement {
  const { source, updated } = site.properties
  const [lon = 0, lat = 0] = site.geometry.coordinates
  // Latitude first, as people and other maps read it; WGS-84 is named, because a shifted map is half a kilometre off.
  const position = `${lat.toFixed(5)}, ${lon.toFixed(5)}`
  return h(
    'dl',
    { class: 'facts facts-quiet' },
    h('dt', {}, t().card.coordinates),
    h(
      'dd',
      {},
      h('span', { class: 'figures' }, `${position} (WGS-84)`),
      button(() => choices.copy(position), { class: 'text-button' }, icon('copy', 16), t().card.copyCoordinates),
    ),
    ...(source ? [h('dt', {}, t().card.source), h('dd', {}, ...sourceOf(source))] : []),
    ...(updated ? [h('dt', {}, t().card.updated), h('dd', {}, day(updated))] : []),
  )
}

function sourceOf(source: string): Child[] {
  const known = t().card.sources[source] ?? source
  if (source !== 'osm') return [known]
  return [
    outside('https://www.openstreetmap.org/copyright', t().map.osmCredit),
    ' · ',
    outside('https://opendatacommons.org/licenses/odbl/', t().card.odbl),
  ]
}

function outside(href: string, label: string): HTMLElement {
  return h('a', { href, rel: 'noopener noreferrer', target: '_blank' }, label)
}
