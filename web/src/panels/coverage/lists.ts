// Towns by need, and the gaps: the two lists that lead from figures to places on the map.
import type { Coverage, Gap } from '../../api/coverage'
import { townsAt, wholeMinutes } from '../../api/minutes'
import { c } from '../../text/coverage/words'
import { nameOf } from '../../text/language'
import { count, percent } from '../../text/numbers'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'
import { minutesInWords } from './asked'

export function townBars(answer: Coverage, minutes: number, show: (code: string) => void): HTMLElement {
  const rows = townsAt(answer.areas, minutes).map(({ town, at }) => {
    const fill = h('span', { class: 'bar-fill' })
    fill.style.width = `${100 * at.share}%`
    const missing = at.total - at.covered
    const about =
      at.total === 0 ? c().towns.noChildren : missing === 0 ? c().towns.all : c().towns.missing(count(missing))
    const content = [
      h('span', { class: 'bar-name' }, nameOf(town.name)),
      h('span', { class: 'bar-share figures' }, at.total === 0 ? '—' : percent(at.share)),
      h('span', { class: 'bar-track', 'aria-hidden': 'true' }, fill),
      h('span', { class: 'bar-about figures' }, about),
    ]
    const { id = null } = town
    if (id === null) return h('li', { class: 'bar' }, ...content)
    return h(
      'li',
      {},
      button(() => show(id), { class: 'bar', 'data-bar': id, title: c().towns.show(nameOf(town.name)) }, ...content),
    )
  })
  return h('ul', { class: 'bars' }, ...rows)
}

const shownFirst = 8

/** The ranked gaps; the rest of a long list a press away. */
export class GapList {
  readonly element = h('div')
  private limit = shownFirst

  constructor(private readonly choose: (gap: Gap) => void) {}

  update(gaps: readonly Gap[], chosen: Gap | null): void {
    const focused = this.element.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.gap
      : undefined
    const more = gaps.length - this.limit
    const showMore = (): void => {
      const first = this.limit
      this.limit = gaps.length
      this.update(gaps, chosen)
      this.element.querySelector<HTMLElement>(`[data-gap="${first}"]`)?.focus()
    }
    this.element.replaceChildren(
      gaps.length === 0
        ? h('p', { class: 'muted' }, c().gaps.none)
        : h('ol', { class: 'gaps' }, ...gaps.slice(0, this.limit).map((gap, i) => this.row(gap, i, chosen))),
      ...(more > 0 ? [button(showMore, { class: 'button wide' }, c().gaps.more(count(more)))] : []),
    )
    if (focused) this.element.querySelector<HTMLElement>(`[data-gap="${focused}"]`)?.focus({ preventScroll: true })
  }

  private row(gap: Gap, index: number, chosen: Gap | null): HTMLElement {
    const { walk_secs: secs = null } = gap
    const walk = secs === null ? c().gaps.noWay : c().gaps.walk(minutesInWords(wholeMinutes(secs)))
    const here = chosen !== null && chosen.lon === gap.lon && chosen.lat === gap.lat
    return h(
      'li',
      {},
      button(
        () => this.choose(gap),
        { class: 'gap', 'data-gap': index, 'aria-pressed': String(here) },
        h('span', { class: 'gap-rank figures', 'aria-hidden': 'true' }, count(index + 1)),
        h(
          'span',
          { class: 'row-text' },
          h('span', { class: 'row-name' }, nameOf(gap.name)),
          h('span', { class: 'row-about figures' }, `${c().gaps.left(count(gap.children))} · ${walk}`),
        ),
      ),
    )
  }
}
