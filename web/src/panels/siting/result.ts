import type { County } from '../../api/county'
import type { SitingResult } from '../../api/siting'
import { nameOf } from '../../text/language'
import { count, percent } from '../../text/numbers'
import { s } from '../../text/siting/words'
import { button } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { converging } from './converge'
import { paysUpTo, sitesCurve, sitesTable } from './curve'
import { type SiteChoices, siteRow } from './sites'
import type { Track } from './track'
import { gapInWords } from './value'

export type ResultChoices = SiteChoices & { accept(): void; save(): void }
export type ResultShown = {
  result: SitingResult
  asked: number
  track: Track
  /** Which of its sites the plan pins. */
  pinned: ReadonlySet<number>
  forbidden: ReadonlySet<number>
}

/** The plan that was found: the sentence with its proof, what it brings, its sites, and what more would bring. */
export class ResultPanel {
  readonly element = h('section', { class: 'result', 'aria-label': s().result.label })
  private readonly open = new Set<number>()
  private of: SitingResult | null = null

  constructor(
    private readonly county: County,
    private readonly choices: ResultChoices,
  ) {}

  update(shown: ResultShown): void {
    const { result } = shown
    if (this.of !== result) this.open.clear()
    this.of = result
    const focused = this.element.contains(document.activeElement) ? whereIs(document.activeElement) : ''
    replace(
      this.element,
      this.head(result),
      this.actions(result),
      this.proof(result, shown.track),
      this.list(shown),
      this.curve(result, shown.asked),
    )
    if (focused) this.element.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true })
  }

  /** Sets the row of a site apart from the others. */
  choose(chosen: number | null): void {
    for (const row of this.element.querySelectorAll('.planned')) {
      const here = row.getAttribute('data-planned') === String(chosen)
      row.parentElement?.classList.toggle('is-chosen', here)
      if (here && this.open.has(chosen ?? -1)) row.setAttribute('open', '')
    }
  }

  /** The row of a site is unfolded the next time all is drawn. */
  unfold(place: number): void {
    this.open.add(place)
  }

  /** Brings the row of a site into sight, as when it was pressed on the map. */
  reveal(place: number): void {
    const row = this.element.querySelector<HTMLDetailsElement>(`[data-planned="${place}"]`)
    row?.scrollIntoView({ block: 'nearest' })
  }

  private head(result: SitingResult): HTMLElement {
    const { children_total: total, children_before: before, children_after: after, status } = result
    const share = (n: number): number => (total > 0 ? n / total : 0)
    const [was, more] = [h('span', { class: 'gain-was' }), h('span', { class: 'gain-more' })]
    was.style.width = `${100 * share(Math.min(before, after))}%`
    more.style.width = `${100 * Math.max(0, share(after) - share(before))}%`
    const proven = result.optimal
    const words = s().result.status[proven ? 'optimal' : status]
    return h(
      'div',
      { class: 'result-head' },
      h(
        'span',
        { class: `state ${proven ? 'state-met' : 'state-on_track'}` },
        icon(proven ? 'met' : 'info', 16),
        [words, !proven && s().result.off(gapInWords(result.gap))].filter(Boolean).join(' · '),
      ),
      h('p', { class: 'result-says' }, nameOf(result.says)),
      h('div', { class: 'gain', 'aria-hidden': 'true' }, was, more),
      h(
        'p',
        { class: 'result-gain figures' },
        h('strong', {}, `${percent(share(before))} → ${percent(share(after))}`),
        h('span', {}, s().result.total(count(after), count(total))),
      ),
    )
  }

  private actions(result: SitingResult): HTMLElement {
    return result.sites.length === 0
      ? h('p', { class: 'muted' }, `${s().result.none}${s().result.noneHint}`)
      : h(
          'div',
          { class: 'result-actions' },
          button(() => this.choices.accept(), { class: 'button primary', 'data-accept': '' }, s().result.accept),
          button(() => this.choices.save(), { class: 'button', 'data-save': '' }, s().result.save),
        )
  }

  private proof(result: SitingResult, track: Track): HTMLElement {
    return h(
      'div',
      { class: 'result-proof' },
      converging(track, false),
      h('p', { class: 'muted figures' }, s().result.candidates(count(result.candidates))),
    )
  }

  private list({ result, pinned, forbidden }: ResultShown): HTMLElement | null {
    if (result.sites.length === 0) return null
    const choices: SiteChoices = {
      ...this.choices,
      open: (place, open) => {
        if (open) this.open.add(place)
        else this.open.delete(place)
        this.choices.open(place, open)
      },
    }
    return h(
      'section',
      { class: 'result-part' },
      h('div', { class: 'part-head' }, h('h4', {}, s().sites.title), h('span', { class: 'muted' }, s().sites.order)),
      h(
        'ol',
        { class: 'planned-list' },
        ...result.sites.map((_, place) =>
          siteRow(
            place,
            result,
            this.county,
            {
              open: this.open.has(place),
              pinned: pinned.has(place),
              forbidden: forbidden.has(place),
            },
            choices,
          ),
        ),
      ),
    )
  }

  private curve(result: SitingResult, asked: number): HTMLElement | null {
    if (result.curve.length < 2) return null
    const pays = paysUpTo(result)
    return h(
      'section',
      { class: 'result-part' },
      h('div', { class: 'part-head' }, h('h4', {}, s().curve.title)),
      sitesCurve(result, asked),
      pays !== null && h('p', { class: 'muted figures' }, s().curve.pays(count(pays))),
      h('details', { class: 'more' }, h('summary', {}, s().curve.table), sitesTable(result)),
    )
  }
}

/** How to find again what has the focus once all is drawn anew. */
function whereIs(element: Element | null): string {
  const row = element?.closest<HTMLElement>('[data-planned]')
  const action = element instanceof HTMLElement ? element.dataset.action : undefined
  if (row) return `[data-planned="${row.dataset.planned}"] ${action ? `[data-action="${action}"]` : 'summary'}`
  if (element?.matches('[data-accept]')) return '[data-accept]'
  return element?.matches('[data-save]') ? '[data-save]' : ''
}
