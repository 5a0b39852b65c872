import type { County } from '../../api/county'
import type { Objective } from '../../api/siting'
import { count } from '../../text/numbers'
import { s } from '../../text/siting/words'
import { button } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { CandidatesField } from './candidates'
import { Check, Choice, NumberField, named, Stepper } from './fields'
import { furtherSet, lacking, mostSites, objectives, type Wish } from './wish'

export type FormChoices = { change(patch: Partial<Wish>): void; start(): void }
export type FormShown = { wish: Wish; pinned: number; forbidden: number; again: boolean }

/** What to look for: how many, to what end, where they may stand; the rest behind "more conditions". */
export class SitingForm {
  readonly element: HTMLElement
  private readonly add: Stepper
  private readonly objective: Choice<Objective>
  private readonly share: NumberField
  private readonly capacity: NumberField
  private readonly candidates: CandidatesField
  private readonly existing: Check
  private readonly onePerTown: Check
  private readonly floor: NumberField
  private readonly budget: NumberField
  private readonly cost: NumberField
  private readonly costHint = h('p', { class: 'muted wish-hint' }, s().form.costHint)
  private readonly apart: NumberField
  private readonly seconds: NumberField
  private readonly summary = h('summary', {})
  private readonly kept = h('div', { class: 'wish-kept' })
  private readonly wrong = h('p', { class: 'wish-bad', role: 'alert' })
  private readonly startWords = h('span')

  constructor(county: County, choices: FormChoices) {
    const { change } = choices
    const words = s().form
    this.add = new Stepper('wish-add', words.add, words, { min: 1, max: mostSites }, (add) => change({ add }))
    this.objective = new Choice(
      'wish-objective',
      words.objective,
      objectives.map((value) => ({ value, content: [named(s().objective[value].name, s().objective[value].term)] })),
      (objective) => change({ objective }),
    )
    this.share = new NumberField('wish-share', words.share, words.shareOf, { min: 1, max: 100 }, (share) =>
      change({ share: share ?? 100 }),
    )
    this.capacity = new NumberField('wish-capacity', words.capacity, words.capacityOf, { min: 1, max: 100_000 }, (n) =>
      change({ capacity: n ?? 1 }),
    )
    this.candidates = new CandidatesField(county, change)
    this.existing = new Check(named(words.existing, words.existingHint), (existing) => change({ existing }))
    this.onePerTown = new Check(words.onePerTown, (onePerTown) => change({ onePerTown }))
    const orNone = words.none
    this.floor = new NumberField(
      'wish-floor',
      words.floor,
      words.floorOf,
      { min: 1, max: 100 },
      (floor) => change({ floor }),
      orNone,
    )
    const money = { min: 0, max: 1e9 }
    this.budget = new NumberField(
      'wish-budget',
      words.budget,
      words.money,
      money,
      (budget) => change({ budget }),
      orNone,
    )
    this.cost = new NumberField('wish-cost', words.cost, words.money, money, (cost) => change({ cost: cost ?? 1 }))
    this.apart = new NumberField(
      'wish-apart',
      words.apart,
      words.apartOf,
      { min: 0, max: 100_000, step: 50 },
      (apart) => change({ apart }),
      orNone,
    )
    this.seconds = new NumberField('wish-seconds', words.seconds, words.secondsOf, { min: 1, max: 600 }, (seconds) =>
      change({ seconds: seconds ?? 60 }),
    )
    const further = [this.onePerTown, this.floor, this.apart, this.budget, this.cost]
    this.element = h(
      'form',
      { class: 'wish', 'aria-label': words.label },
      this.add.element,
      this.objective.element,
      h('div', { class: 'wish-inset' }, this.share.element, this.capacity.element),
      this.candidates.element,
      this.existing.element,
      h(
        'details',
        { class: 'wish-further' },
        this.summary,
        ...further.map(({ element }) => element),
        this.costHint,
        this.seconds.element,
      ),
      this.kept,
      this.wrong,
      button(choices.start, { class: 'button primary wide wish-start' }, icon('search', 18), this.startWords),
    )
    // Enter in a field searches, as in any form; there is nowhere to send it to.
    this.element.addEventListener('submit', (event) => event.preventDefault())
    this.element.addEventListener('keydown', (event) => {
      const target = event.target as HTMLElement
      if (event.key !== 'Enter' || !(target instanceof HTMLInputElement) || target.type === 'file') return
      event.preventDefault()
      choices.start()
    })
  }

  update({ wish, pinned, forbidden, again }: FormShown): void {
    const words = s().form
    const covering = wish.objective === 'set_covering'
    this.add.update(wish.add, covering || wish.budget !== null ? words.addMost : words.add)
    this.objective.update(wish.objective)
    this.share.element.hidden = !covering
    this.share.update(wish.share)
    this.capacity.element.hidden = wish.objective !== 'capacitated_covering'
    this.capacity.update(wish.capacity)
    this.candidates.update(wish)
    this.existing.update(wish.existing)
    this.onePerTown.update(wish.onePerTown)
    this.floor.update(wish.floor)
    this.budget.update(wish.budget)
    this.cost.update(wish.cost)
    this.cost.element.hidden = wish.budget === null
    this.costHint.hidden = wish.budget === null || wish.source !== 'list'
    this.apart.update(wish.apart)
    this.seconds.update(wish.seconds)
    const set = furtherSet(wish)
    this.summary.textContent = set > 0 ? words.furtherSet(count(set)) : words.further
    replace(
      this.kept,
      pinned > 0 && h('p', {}, icon('pin', 18), words.pinned(count(pinned))),
      forbidden > 0 && h('p', {}, icon('close', 18), words.forbidden(count(forbidden))),
    )
    this.startWords.textContent = again ? words.again : words.start
    if (!lacking(wish)) this.wrong.textContent = ''
  }

  /** Says what is missing; true when nothing is. */
  complete(wish: Wish): boolean {
    const lack = lacking(wish)
    this.wrong.textContent = lack ? s().form.wrong[lack] : ''
    return lack === null
  }
}
