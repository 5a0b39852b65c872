import type { Coverage, Gap, ServiceArea } from '../../api/coverage'
import { figuresAt } from '../../api/minutes'
import type { Place } from '../../api/places'
import { c } from '../../text/coverage/words'
import { t } from '../../text/language'
import { percent } from '../../text/numbers'
import { button } from '../../ui/button'
import { type Child, h, replace } from '../../ui/dom'
import { notice } from '../../ui/notice'
import { type Asked, type Ground, minutesInWords } from './asked'
import { curveChart, curveTable } from './curve'
import { headline } from './figures'
import { GapList, townBars } from './lists'
import { leftOut, measures, type OutChoices } from './more'
import { type Change, QuestionPanel } from './question'
import { type ServiceChoices, serviceCard } from './service'

export type PanelChoices = ServiceChoices & {
  change: Change
  opened(open: boolean): void
  town(code: string): void
  gap(gap: Gap): void
  out: OutChoices
}
export type Shown = {
  asked: Asked
  answer: Coverage | null
  /** A newer answer is on its way: for everything, or for what depends on the minutes only. */
  waiting: 'all' | 'gaps' | null
  gap: Gap | null
  service: { area: ServiceArea | null; place: Place | null } | null
}

/** Question on top, the answer below: the figure, the curve, towns, gaps, and what it leaves out. */
export class CoveragePanel {
  readonly element: HTMLElement
  private readonly question: QuestionPanel
  private readonly chosen = h('div')
  private readonly figures = h('div')
  private readonly chart = h('div')
  private readonly numbers = h('details', { class: 'more' })
  private readonly bars = h('div')
  private readonly gaps: GapList
  private readonly gapBox: HTMLElement
  private readonly measures = h('details', { class: 'more' })
  private readonly out = h('div')
  private readonly answer: HTMLElement
  private readonly empty = h('div')
  private readonly live = h('p', { class: 'visually-hidden', role: 'status' })
  private served: unknown[] | null = null
  private told = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private drawn: { answer: Coverage | null; minutes: number } | null = null

  constructor(
    private readonly ground: Ground,
    private readonly choices: PanelChoices,
  ) {
    this.question = new QuestionPanel(ground, choices.change, choices.opened)
    this.gaps = new GapList(choices.gap)
    this.gapBox = part(c().gaps.title, c().gaps.order, this.gaps.element)
    this.answer = h(
      'div',
      { class: 'answer', hidden: true },
      this.figures,
      part(c().towns.title, c().towns.order, this.bars),
      this.gapBox,
      part(c().curve.title, '', this.chart, this.numbers),
      this.measures,
      this.out,
    )
    this.element = h(
      'div',
      { class: 'coverage' },
      this.question.element,
      this.chosen,
      this.empty,
      this.answer,
      this.live,
    )
  }

  update(shown: Shown): void {
    const { asked, answer, waiting } = shown
    this.question.update(asked)
    this.element.classList.toggle('is-waiting', waiting === 'all')
    this.gapBox.classList.toggle('is-waiting', waiting !== null)
    this.gapBox.setAttribute('aria-busy', String(waiting !== null))
    this.drawService(shown)
    if (!answer) {
      // A failure stays to be read until something new is under way.
      if (waiting) replace(this.empty, h('p', { class: 'muted padded', role: 'status' }, t().loading))
      return
    }
    const nothing = this.nothing(answer, asked)
    replace(this.empty, nothing)
    this.answer.hidden = nothing !== null
    if (this.drawn?.answer !== answer || this.drawn.minutes !== asked.minutes) this.draw(answer, asked)
    if (this.drawn?.answer !== answer) this.drawRest(answer)
    this.drawn = { answer, minutes: asked.minutes }
    this.gaps.update(answer.gaps, shown.gap)
    if (waiting === null) this.tell(answer, asked)
  }

  private drawService({ service, asked }: Shown): void {
    const key = service && [service.area, service.place, asked.kind]
    if (key?.every((one, i) => one === this.served?.[i]) || key === this.served) return
    this.served = key
    const focused = this.chosen.contains(document.activeElement)
    const card = service && serviceCard(service.area, service.place, asked, this.ground.county, this.choices)
    replace(this.chosen, card)
    if (focused) card?.querySelector<HTMLElement>('.service-name')?.focus({ preventScroll: true })
  }

  /** What follows the slider without asking anybody. */
  private draw(answer: Coverage, asked: Asked): void {
    const { county } = this.ground
    const kind = county.kind(asked.kind)
    replace(this.figures, headline(answer, asked, county.kindName(asked.kind), kind?.radius_m ?? 500))
    replace(this.chart, curveChart(answer, asked.minutes))
    const focused = this.bars.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.bar
      : undefined
    replace(this.bars, townBars(answer, asked.minutes, this.choices.town))
    if (focused) this.bars.querySelector<HTMLElement>(`[data-bar="${focused}"]`)?.focus({ preventScroll: true })
  }

  private drawRest(answer: Coverage): void {
    replace(this.numbers, h('summary', {}, c().curve.table), curveTable(answer))
    replace(this.measures, h('summary', {}, c().more.title), measures(answer))
    replace(this.out, leftOut(answer, this.choices.out))
  }

  private nothing(answer: Coverage, asked: Asked): HTMLElement | null {
    if (answer.children_total === 0) return notice(c().none.children, [c().none.childrenHint])
    if (answer.sites.counted > 0) return null
    const relaxed = asked.at !== null || Object.keys(asked.only).length > 0
    const relax = (): void => this.choices.change({ at: null, only: {} })
    return notice(
      c().none.sites(this.ground.county.kindName(asked.kind)),
      [c().none.sitesHint],
      relaxed ? button(relax, { class: 'button primary' }, c().none.relax) : null,
    )
  }

  /** Nothing could be loaded at all: what happened and the next step in place of an answer. */
  fail(words: HTMLElement): void {
    replace(this.empty, words)
    this.answer.hidden = true
  }

  /** Says the new share once the person has come to rest. */
  private tell(answer: Coverage, asked: Asked): void {
    const words = c().share.said(percent(figuresAt(answer, asked.minutes).share), minutesInWords(asked.minutes))
    if (words === this.told) return
    this.told = words
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.live.textContent = words
    }, 300)
  }

  dispose(): void {
    clearTimeout(this.timer)
  }
}

function part(title: string, order: string, ...content: Child[]): HTMLElement {
  return h(
    'section',
    { class: 'part' },
    h('div', { class: 'part-head' }, h('h3', {}, title), order ? h('span', { class: 'muted' }, order) : null),
    ...content,
  )
}
