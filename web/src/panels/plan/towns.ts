import type { Coverage } from '../../api/coverage'
import { townsAt } from '../../api/minutes'
import { c } from '../../text/coverage/words'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'
import { button } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { fine } from './figure'
import type { Told } from './told'

type Row = {
  id: string | null
  total: number
  before: number
  share: HTMLElement
  fill: HTMLElement
  was: HTMLElement
  about: HTMLElement
}

/** Towns in the order of today's need, so that none moves while a site is dragged; each bar has a line where it is today. */
export class TownBars {
  readonly element = h('ul', { class: 'bars plan-bars' })
  private rows: Row[] = []
  private drawn: { answer: Coverage; minutes: number } | null = null

  constructor(private readonly show: (code: string) => void) {}

  update(answer: Coverage, told: Told | null, asked: number): void {
    const minutes = told?.answer.minutes ?? asked
    if (this.drawn?.answer !== answer || this.drawn.minutes !== minutes) this.build(answer, minutes)
    this.drawn = { answer, minutes }
    const changed = new Map(told?.answer.by_town.map((town) => [town.area ?? null, town]))
    for (const row of this.rows) {
      const { before, after } = changed.get(row.id) ?? { before: row.before, after: row.before }
      this.draw(row, before, after)
    }
  }

  private build(answer: Coverage, minutes: number): void {
    const focused = this.element.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.bar
      : undefined
    const items: HTMLElement[] = []
    this.rows = townsAt(answer.areas, minutes).map(({ town, at }) => {
      const row = {
        id: town.id ?? null,
        total: at.total,
        before: at.covered,
        share: h('span', { class: 'bar-share figures' }),
        fill: h('span', { class: 'bar-fill' }),
        was: h('span', { class: 'bar-was' }),
        about: h('span', { class: 'bar-about figures' }),
      }
      const name = nameOf(town.name)
      const content = [
        h('span', { class: 'bar-name' }, name),
        row.share,
        h('span', { class: 'bar-track', 'aria-hidden': 'true' }, row.fill, row.was),
        row.about,
      ]
      const { id } = row
      const press = id === null ? null : { class: 'bar', 'data-bar': id, title: c().towns.show(name) }
      items.push(
        press && id !== null
          ? h(
              'li',
              {},
              button(() => this.show(id), press, ...content),
            )
          : h('li', { class: 'bar' }, ...content),
      )
      return row
    })
    replace(this.element, ...items)
    if (focused) this.element.querySelector<HTMLElement>(`[data-bar="${focused}"]`)?.focus({ preventScroll: true })
  }

  private draw({ total, share, fill, was, about }: Row, before: number, after: number): void {
    const by = after - before
    const missing = total - after
    share.textContent = total === 0 ? '—' : fine(after, total)
    fill.style.width = `${total > 0 ? (100 * after) / total : 0}%`
    was.style.left = `${total > 0 ? (100 * before) / total : 0}%`
    was.hidden = by === 0
    const rest = total === 0 ? c().towns.noChildren : missing === 0 ? c().towns.all : c().towns.missing(count(missing))
    const change = by > 0 ? p().towns.gained(count(by)) : by < 0 ? p().towns.lost(count(-by)) : null
    replace(
      about,
      change && h('strong', { class: 'bar-change', 'data-way': by > 0 ? 'gained' : 'lost' }, change),
      change && ' · ',
      rest,
    )
  }
}
