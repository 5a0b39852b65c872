import type { Coverage } from '../../api/coverage'
import { figuresAt } from '../../api/minutes'
import { c } from '../../text/coverage/words'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'
import { h } from '../../ui/dom'
import { type Asked, agedInWords, minutesInWords } from '../coverage/asked'
import type { Told } from './told'

/** The figures of a plan. Without changes, after is before. */
export type Change = { total: number; before: number; after: number; gained: number; lost: number; minutes: number }

export function changeOf(answer: Coverage, told: Told | null, minutes: number): Change {
  if (told) {
    const { children_total: total, children_before: before, children_after: after, gained, lost } = told.answer
    return { total, before, after, gained, lost, minutes: told.answer.minutes }
  }
  const { covered, total } = figuresAt(answer, minutes)
  return { total, before: covered, after: covered, gained: 0, lost: 0, minutes }
}

/** +412, −88: with a true minus sign. */
export function signed(n: number): string {
  return n > 0 ? `+${count(n)}` : n < 0 ? `−${count(-n)}` : '±0'
}

/** One decimal: a plan seldom moves a county by a whole percent. */
export function fine(part: number, whole: number): string {
  return `${(whole > 0 ? (100 * part) / whole : 0).toFixed(1)}%`
}

/** Before → after in figures that change in place: nothing around them moves while a site is dragged. */
export class PlanFigure {
  readonly element: HTMLElement
  private readonly share = h('strong', {})
  private readonly change = h('strong', { class: 'plan-change' })
  private readonly today = h('span', { class: 'plan-today figures' })
  private readonly line = h('p', { class: 'plan-line' }, this.change, this.today)
  private readonly sentence = h('span', {})
  private readonly counts = h('strong', { class: 'figures' })
  private readonly both = h('p', { class: 'share-rests figures' })
  private readonly live = h('p', { class: 'visually-hidden', role: 'status' })
  private said: string | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    this.element = h(
      'section',
      { class: 'share plan-figure', 'aria-label': p().title },
      h('h2', { class: 'share-figure' }, this.share, h('span', {}, p().figure.of)),
      this.line,
      h('p', { class: 'share-sentence' }, this.sentence, ' ', this.counts),
      this.both,
      this.live,
    )
  }

  update(answer: Coverage, told: Told | null, asked: Asked, kind: string, planned: boolean): void {
    const now = changeOf(answer, told, asked.minutes)
    const by = now.after - now.before
    this.share.textContent = fine(now.after, now.total)
    this.change.textContent = by === 0 ? p().figure.same : p().figure.change(signed(by))
    this.change.dataset.way = by > 0 ? 'gained' : by < 0 ? 'lost' : 'same'
    this.today.textContent = p().figure.today(fine(now.before, now.total))
    this.line.hidden = !planned
    const minutes = minutesInWords(now.minutes)
    this.sentence.textContent = p().figure.sentence(count(now.total), agedInWords(asked.ages), minutes, kind)
    this.counts.textContent = planned
      ? p().figure.counts(count(now.before), count(now.after))
      : p().figure.count(count(now.before))
    const { gained, lost } = now
    const demonstration = answer.children_source.demonstration ? c().share.demonstration : ''
    this.both.textContent = planned ? p().figure.both(count(gained), count(lost)) : demonstration
    if (planned) this.tell(now.after, by)
  }

  dispose(): void {
    clearTimeout(this.timer)
  }

  /** Says the figure once it has come to rest; the very first is what one has just asked for. */
  private tell(after: number, by: number): void {
    const change = by > 0 ? p().figure.more(count(by)) : by < 0 ? p().figure.fewer(count(-by)) : p().figure.equal
    const words = p().figure.said(count(after), change)
    if (words === this.said) return
    this.said = words
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.live.textContent = words
    }, 500)
  }
}
