import type { Coverage, Gap } from '../../api/coverage'
import type { Place } from '../../api/places'
import { isEmpty, type Plan } from '../../state/plan'
import { c } from '../../text/coverage/words'
import { t } from '../../text/language'
import { p } from '../../text/plan/words'
import { type Child, h, replace } from '../../ui/dom'
import { notice } from '../../ui/notice'
import type { Asked, Ground } from '../coverage/asked'
import { GapList } from '../coverage/lists'
import { type Change, QuestionPanel } from '../coverage/question'
import { type CardHands, ChosenCard } from './card'
import { type ChangeHands, ChangeList, type Thing } from './changes'
import { PlanFigure } from './figure'
import { type RoomName, Rooms } from './rooms'
import type { Told } from './told'
import { TownBars } from './towns'

export type PlanPanelHands = {
  ask: Change
  opened(open: boolean): void
  town(code: string): void
  gap(gap: Gap): void
  find(site: number): Place | undefined
  card: CardHands
  changes: ChangeHands
}

export type PlanShown = {
  asked: Asked
  /** As it stands, with what is being dragged where it is. */
  plan: Plan
  /** Today's figures, and what the server said of the plan; the last that fit together. */
  answer: Coverage | null
  told: Told | null
  /** Today's figures for another question are on their way. */
  waiting: boolean
  gap: Gap | null
  chosen: Thing | null
  counts: boolean
}

/** The question, what is chosen, the figures before and after, the changes, towns and gaps. */
export class PlanPanel {
  readonly element: HTMLElement
  /** Where siting and scenarios have their place. */
  readonly slots = { siting: h('div', { class: 'plan-siting' }), scenarios: h('div', { class: 'plan-scenarios' }) }
  /** Called when another room is entered. */
  onRoom: (room: RoomName) => void = () => undefined
  private readonly rooms: Rooms
  private readonly question: QuestionPanel
  private readonly card: ChosenCard
  private readonly figure = new PlanFigure()
  private readonly start = h('p', { class: 'plan-start' }, p().figure.start)
  private readonly changes: ChangeList
  private readonly bars: TownBars
  private readonly gaps: GapList
  private readonly gapTitle = h('h3', {}, c().gaps.title)
  private readonly answer: HTMLElement
  private readonly empty = h('div')

  constructor(
    private readonly ground: Ground,
    private readonly hands: PlanPanelHands,
  ) {
    const { county } = ground
    this.question = new QuestionPanel(ground, hands.ask, hands.opened)
    this.card = new ChosenCard(county, hands.card)
    this.changes = new ChangeList(county, hands.find, hands.changes)
    this.bars = new TownBars(hands.town)
    this.gaps = new GapList(hands.gap)
    const changes = h(
      'div',
      {},
      this.start,
      this.card.element,
      this.changes.element,
      part(h('h3', {}, p().towns.title), p().towns.order, this.bars.element),
      part(this.gapTitle, p().gaps.order, this.gaps.element),
    )
    this.rooms = new Rooms(
      p().rooms.label,
      [
        { name: 'changes', words: p().rooms.changes, element: changes },
        { name: 'siting', words: p().rooms.siting, element: this.slots.siting },
        { name: 'scenarios', words: p().rooms.scenarios, element: this.slots.scenarios },
      ],
      (room) => {
        this.element.dataset.room = room
        this.onRoom(room)
      },
    )
    this.answer = h('div', { class: 'answer', hidden: true }, this.figure.element, this.rooms.element)
    this.element = h(
      'div',
      { class: 'coverage plan', 'data-room': 'changes' },
      this.question.element,
      this.empty,
      this.answer,
    )
  }

  update(shown: PlanShown): void {
    const { asked, plan, answer, told, chosen } = shown
    const { county } = this.ground
    this.question.update(asked)
    this.element.classList.toggle('is-waiting', shown.waiting)
    const place = chosen?.what === 'existing' ? (this.hands.find(chosen.site) ?? null) : null
    this.card.update({ chosen, plan, told, asked, place, counts: shown.counts })
    if (!answer) {
      if (shown.waiting) replace(this.empty, h('p', { class: 'muted padded', role: 'status' }, t().loading))
      return
    }
    const childless = answer.children_total === 0 ? notice(c().none.children, [c().none.childrenHint]) : null
    replace(this.empty, childless)
    this.answer.hidden = childless !== null
    this.start.hidden = !isEmpty(plan)
    this.figure.update(answer, told, asked, county.kindName(asked.kind), !isEmpty(plan))
    this.changes.update(plan, told, asked.kind, asked.at !== null)
    this.bars.update(answer, told, asked.minutes)
    this.gapTitle.textContent = told ? p().gaps.after : c().gaps.title
    this.gaps.update(told?.answer.gaps ?? answer.gaps, shown.gap)
  }

  enter(room: RoomName): void {
    this.rooms.choose(room)
  }

  /** Brings the card of what was just chosen into sight. */
  showCard(): void {
    if (this.element.dataset.room !== 'changes') this.enter('changes')
    const sheet = window.matchMedia('(max-width: 799.98px)').matches
    this.card.element.scrollIntoView({ block: sheet ? 'start' : 'nearest' })
  }

  /** Nothing could be loaded at all: what happened and the next step in place of an answer. */
  fail(words: HTMLElement): void {
    replace(this.empty, words)
    this.answer.hidden = true
  }

  dispose(): void {
    this.figure.dispose()
  }
}

function part(title: HTMLElement, order: string, ...content: Child[]): HTMLElement {
  return h(
    'section',
    { class: 'part' },
    h('div', { class: 'part-head' }, title, h('span', { class: 'muted' }, order)),
    ...content,
  )
}
