import { get, isAbort } from '../api/client'
import type { County } from '../api/county'
import type { SiteFeature, SitePage, SiteProperties } from '../api/types'
import type { Store } from '../state/store'
import { t } from '../text/language'
import { cut, findPart, type Hit } from '../text/match'
import { count } from '../text/numbers'
import { button } from '../ui/button'
import { Combobox, type Option } from '../ui/combobox'
import { type Child, h } from '../ui/dom'
import { notice } from '../ui/notice'
import { symbol } from '../ui/symbol'

export type SearchChoices = { choose(site: SiteFeature): void; problem(cause: unknown, retry: () => void): void }

/** The search field. The server knows characters, pinyin and initials; this shows what it found and why. */
export class SearchPanel {
  private readonly box: Combobox
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: AbortController | null = null

  constructor(
    place: HTMLElement,
    private readonly county: County,
    private readonly store: Store,
    private readonly choices: SearchChoices,
  ) {
    const { label, placeholder, results } = t().search
    this.box = new Combobox(label, placeholder, results, (text) => {
      store.set({ query: text.trim() })
      this.soon(150)
    })
    this.box.text = store.state.query
    if (store.state.query) this.soon(0)
    place.append(this.box.element)
  }

  dispose(): void {
    clearTimeout(this.timer)
    this.running?.abort()
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
    const { query, kinds } = this.store.state
    const kind = kinds.length > 0 ? kinds.join(',') : undefined
    try {
      const page = await get<SitePage>('sites', { q: query, kind, limit: 20 }, running.signal)
      const options = await Promise.all(page.features.map((site) => this.option(site, query)))
      if (running.signal.aborted) return
      const found = t().search.found(count(options.length))
      if (options.length > 0) this.box.show(options, found)
      else this.box.show([], t().search.none(query), this.nothing(query))
    } catch (cause) {
      if (!isAbort(cause)) this.choices.problem(cause, () => this.soon(0))
    }
  }

  private nothing(query: string): HTMLElement {
    const filtered = this.store.state.kinds.length > 0
    const clear = (): void => {
      this.store.set({ kinds: [] })
      this.box.input.focus()
      this.soon(0)
    }
    return notice(
      t().search.none(query),
      filtered ? [t().search.noneFiltered, t().search.noneHint] : [t().search.noneHint],
      filtered ? button(clear, { class: 'button' }, t().search.clearKinds) : null,
    )
  }

  private async option(site: SiteFeature, query: string): Promise<Option> {
    const { kind, name, area, match } = site.properties
    const look = this.county.kind(kind) ?? { shape: 'circle', glyph: 'dot', colour: '' }
    const where = match === 'other' ? otherHit(site.properties, query) : []
    const about = [this.county.kindName(kind), this.county.areaName(area)].filter(Boolean).join(' · ')
    const by = match ? t().search.by[match] : ''
    const content = h(
      'span',
      { class: 'row' },
      symbol(look, { size: 36, ring: site.properties.demonstration === true }),
      h(
        'span',
        { class: 'row-text' },
        h('span', { class: 'row-name' }, ...marked(await hitIn(name, query, match), name || t().unnamed)),
        h('span', { class: 'row-about' }, about),
        where.length > 0 && h('span', { class: 'row-about' }, ...where),
      ),
      by ? h('span', { class: 'row-aside' }, by) : null,
    )
    const choose = (): void => {
      this.box.close()
      this.choices.choose(site)
    }
    return { content, choose }
  }
}

/** Which part of the name was meant; the readings of characters are fetched only when a search went by sound. */
async function hitIn(name: string, query: string, match: string | null | undefined): Promise<Hit | null> {
  const plain = findPart(name, query)
  if (plain || (match !== 'pinyin' && match !== 'initials')) return plain
  const { default: Pinyin } = await import('pinyin-match')
  const range = Pinyin.match(name, query)
  return range ? cut(name, range[0], range[1]) : null
}

/** A hit outside the name: the first attribute in which the words stand. */
function otherHit(properties: SiteProperties, query: string): Child[] {
  for (const id of ['address', 'unit', 'name_en', ...Object.keys(properties)]) {
    const value = properties[id]
    const hit = typeof value === 'string' ? findPart(value, query) : null
    if (hit) return [hit.before, h('mark', {}, hit.hit), hit.after]
  }
  return []
}

function marked(hit: Hit | null, text: string): Child[] {
  return hit ? [hit.before, h('mark', {}, hit.hit), hit.after] : [text]
}
