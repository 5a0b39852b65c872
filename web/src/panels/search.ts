import { isAbort, Problem } from '../api/client'
import type { County } from '../api/county'
import { type KindHit, type Marks, type PlaceHit, type SearchHit, type SiteHit, search } from '../api/search'
import type { Store } from '../state/store'
import { distance } from '../text/distances'
import { f } from '../text/find/words'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { Combobox, type Option } from '../ui/combobox'
import { type Child, h } from '../ui/dom'
import { icon } from '../ui/icons'
import { notice } from '../ui/notice'
import { symbol } from '../ui/symbol'

export type SearchChoices = {
  choose(hit: SearchHit): void
  problem(cause: unknown, retry: () => void): void
  /** What of this goes by the text and is on this device, for when there is no signal. */
  kept(text: string): SearchHit[]
  /** Metres in a straight line from where somebody starts; null where nobody has said. */
  away(lat: number, lon: number): number | null
}

/** The search field. The server knows characters, pinyin, initials and slips; this shows what it found and marks why. */
export class SearchPanel {
  private readonly box: Combobox
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: AbortController | null = null
  private readonly stop: () => void

  constructor(
    place: HTMLElement,
    private readonly county: County,
    private readonly store: Store,
    private readonly choices: SearchChoices,
  ) {
    const { label, placeholder, results } = t().search
    this.box = new Combobox(label, placeholder, results, (text) => {
      store.set({ query: text.trim() })
      this.soon(120)
    })
    this.box.text = store.state.query
    if (store.state.query) this.soon(0)
    place.append(this.box.element)
    // While a start is wanted, the field says so.
    const seek = (): void => {
      const { seeking } = store.state
      this.box.input.placeholder = seeking ? f().from.seek : placeholder
      this.box.input.setAttribute('aria-label', seeking ? f().from.seek : label)
      this.box.element.classList.toggle('seeking', seeking)
    }
    seek()
    this.stop = store.watch(['seeking'], seek)
  }

  dispose(): void {
    clearTimeout(this.timer)
    this.running?.abort()
    this.stop()
  }

  private soon(delay: number): void {
    clearTimeout(this.timer)
    this.running?.abort()
    if (this.store.state.query === '') return
    this.timer = setTimeout(() => void this.ask(), delay)
  }

  private async ask(): Promise<void> {
    const running = new AbortController()
    this.running = running
    const { query, view } = this.store.state
    try {
      const { hits, explain } = await search(query, view, running.signal)
      if (!running.signal.aborted) this.show(query, hits, explain ? nameOf(explain) : '')
    } catch (cause) {
      if (isAbort(cause)) return
      if (cause instanceof Problem && cause.status === 0) this.show(query, this.choices.kept(query), f().offline.search)
      else this.choices.problem(cause, () => this.soon(0))
    }
  }

  private show(query: string, hits: readonly SearchHit[], hint: string): void {
    // What starts a way is a place on the map; a kind is none.
    const wanted = this.store.state.seeking ? hits.filter(({ type }) => type !== 'kind') : hits
    if (wanted.length > 0) {
      const options = wanted.map((hit) => this.option(hit))
      this.box.show(options, t().search.found(count(wanted.length)))
    } else this.box.show([], `${t().search.none(query)} ${hint}`, notice(t().search.none(query), [hint]))
  }

  private option(hit: SearchHit): Option {
    const choose = (): void => {
      this.box.close()
      // What was looked for is found: the field is free for the next thing.
      if (hit.type !== 'site' || this.store.state.seeking) {
        this.box.text = ''
        this.store.set({ query: '' })
      }
      this.choices.choose(hit)
    }
    return { content: this.row(hit), choose }
  }

  private row(hit: SearchHit): HTMLElement {
    switch (hit.type) {
      case 'kind':
        return this.kindRow(hit)
      case 'place':
        return this.placeRow(hit)
      case 'site':
        return this.siteRow(hit)
    }
  }

  private siteRow(hit: SiteHit): HTMLElement {
    const look = this.county.kind(hit.kind) ?? plainLook
    const about = this.about(hit, this.county.kindName(hit.kind), this.county.areaName(hit.area))
    const by = t().search.by[hit.edits ? 'typo' : (hit.match ?? 'name')] ?? ''
    const english = t().lang === 'en' && hit.name_en ? hit.name_en : null
    return option(
      symbol(look, { size: 36 }),
      marked(english ?? (hit.name || t().unnamed), english ? hit.marks_en : hit.marks),
      [english ? h('span', { class: 'row-about', lang: 'zh-CN' }, ...marked(hit.name, hit.marks)) : null, about],
      by,
    )
  }

  private about({ lat, lon }: SiteHit | PlaceHit, ...parts: string[]): string {
    const metres = this.choices.away(lat, lon)
    return [...parts, metres === null ? '' : t().search.away(distance(metres))].filter(Boolean).join(' · ')
  }

  private kindRow(hit: KindHit): HTMLElement {
    const look = this.county.kind(hit.kind) ?? plainLook
    return option(symbol(look, { size: 36 }), [nameOf(hit.name)], [t().search.kind(count(hit.count))], '')
  }

  /** Villages of one name are told apart by their town. */
  private placeRow(hit: PlaceHit): HTMLElement {
    const { name, name_en: en, area, marks } = hit
    const english = t().lang === 'en' && en ? en : null
    const pin = h('span', { class: 'option-pin' }, icon('pin', 22))
    const about = this.about(hit, this.county.areaName(area), t().search.place)
    return option(
      pin,
      english ? [english] : marked(name, marks),
      [english ? h('span', { class: 'row-about', lang: 'zh-CN' }, ...marked(name, marks)) : null, about],
      '',
    )
  }
}

const plainLook = { shape: 'circle', glyph: 'dot', colour: '' }

function option(sign: Element, name: Child[], about: (HTMLElement | string | null)[], aside: string): HTMLElement {
  const lines = about
    .filter(Boolean)
    .map((line) => (typeof line === 'string' ? h('span', { class: 'row-about' }, line) : line))
  return h(
    'span',
    { class: 'row' },
    sign,
    h('span', { class: 'row-text' }, h('span', { class: 'row-name' }, ...name), ...lines),
    aside ? h('span', { class: 'row-aside' }, aside) : null,
  )
}

/** The name with the marked characters marked, whatever order or overlap the marks come in. */
export function marked(name: string, marks: Marks): Child[] {
  const chars = Array.from(name)
  const hit = chars.map((_, i) => marks.some(([from, to]) => i >= from && i < to))
  const parts: Child[] = []
  for (let i = 0; i < chars.length; ) {
    let end = i
    while (end < chars.length && hit[end] === hit[i]) end++
    const part = chars.slice(i, end).join('')
    parts.push(hit[i] ? h('mark', {}, part) : part)
    i = end
  }
  return parts
}
