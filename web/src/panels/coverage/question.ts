import { mostMinutes } from '../../state/question'
import type { Question } from '../../state/state'
import { c } from '../../text/coverage/words'
import { nameOf } from '../../text/language'
import { button } from '../../ui/button'
import { type Child, h, on, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { symbol } from '../../ui/symbol'
import { type Asked, agesInWords, filters, type Ground, minutesInWords, momentInWords, onlyInWords } from './asked'
import { agesChoice, atChoice, kindChoice, onlyChoice, profileChoice } from './choices'

export type Part = 'kind' | 'profile' | 'at' | 'ages' | 'only'
export type Change = (patch: Partial<Question>) => void

/** The question as one sentence, each word of it a choice, and the minutes as a slider that is always at hand. */
export class QuestionPanel {
  readonly element: HTMLElement
  private readonly sentence = h('div', { class: 'ask', role: 'group', 'aria-label': c().question.label })
  private readonly choice = h('div', { class: 'ask-choice', id: 'ask-choice', hidden: true })
  private readonly slider: HTMLInputElement
  private open: Part | null = null
  private asked: Asked | null = null

  constructor(
    private readonly ground: Ground,
    private readonly change: Change,
    /** Called when a choice opens or closes, so that a sheet can make room for it. */
    private readonly opened: (open: boolean) => void,
  ) {
    this.slider = on(
      h('input', {
        type: 'range',
        class: 'minutes',
        min: 1,
        max: mostMinutes,
        step: 1,
        'aria-label': c().question.minutes,
      }),
      { input: () => this.change({ minutes: Number(this.slider.value) }) },
    )
    const ticks = [5, 10, 15, 30, 45, 60].map((minutes) => {
      const tick = h('span', { class: 'minutes-tick' }, String(minutes))
      tick.style.left = `${(100 * (minutes - 1)) / (mostMinutes - 1)}%`
      return tick
    })
    const drag = h(
      'div',
      { class: 'minutes-box' },
      this.slider,
      h('div', { class: 'minutes-ticks', 'aria-hidden': 'true' }, ...ticks),
    )
    // A finger on the slider must not drag the sheet along.
    drag.addEventListener('touchstart', (event) => event.stopPropagation())
    on(this.choice, { keydown: (event) => event.key === 'Escape' && this.shut(event) })
    this.element = h('div', { class: 'question' }, this.sentence, this.choice, drag)
  }

  update(asked: Asked): void {
    this.asked = asked
    if (this.slider.value !== String(asked.minutes)) this.slider.value = String(asked.minutes)
    this.slider.setAttribute('aria-valuetext', minutesInWords(asked.minutes))
    this.slider.style.setProperty('--done', `${(100 * (asked.minutes - 1)) / (mostMinutes - 1)}%`)
    const focused = this.sentence.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.part
      : undefined
    replace(this.sentence, ...this.words(asked))
    if (focused) this.pill(focused)?.focus()
  }

  private words(asked: Asked): HTMLElement[] {
    const { county } = this.ground
    const kind = county.kind(asked.kind)
    const attributes = filters(county, asked.kind)
    const minutes = button(
      () => this.slider.focus(),
      { class: 'ask-word ask-minutes', 'data-part': 'minutes' },
      c().question.walk(minutesInWords(asked.minutes)),
    )
    return [
      this.word('kind', c().question.kind, kind && symbol(kind, { size: 22 }), county.kindName(asked.kind)),
      minutes,
      this.word('profile', c().question.profile, asked.profile ? nameOf(asked.profile.name) : '—'),
      this.word('at', c().question.at, momentInWords(asked.at)),
      this.word('ages', c().question.ages, agesInWords(asked.ages)),
      ...(attributes.length > 0 ? [this.word('only', c().question.only, onlyInWords(asked.only, attributes))] : []),
    ]
  }

  private word(part: Part, label: string, ...content: Child[]): HTMLElement {
    return button(
      () => this.toggle(part),
      {
        class: 'ask-word',
        'data-part': part,
        'aria-expanded': String(this.open === part),
        'aria-controls': 'ask-choice',
        title: label,
      },
      h('span', { class: 'visually-hidden' }, `${label}: `),
      ...content,
      icon('down', 14),
    )
  }

  private pill(part: string): HTMLElement | null {
    return this.sentence.querySelector(`[data-part="${part}"]`)
  }

  private toggle(part: Part): void {
    this.open = this.open === part ? null : part
    for (const word of this.sentence.querySelectorAll<HTMLElement>('[aria-expanded]')) {
      word.setAttribute('aria-expanded', String(word.dataset.part === this.open))
    }
    this.choice.hidden = this.open === null
    this.opened(this.open !== null)
    replace(this.choice)
    if (!this.open || !this.asked) return
    replace(
      this.choice,
      this.choices(this.open, this.asked),
      button(() => this.shut(), { class: 'button ask-done' }, c().question.done),
    )
    const find = (what: string): HTMLElement | null => this.choice.querySelector(what)
    ;(find('input:checked') ?? find('select, input'))?.focus({ preventScroll: true })
    this.choice.scrollIntoView({ block: 'nearest' })
  }

  private choices(part: Part, asked: Asked): HTMLElement {
    const { change } = this
    const pick: Change = (patch) => change(patch)
    const shut = (): void => this.shut()
    switch (part) {
      case 'kind':
        return kindChoice(this.ground, asked, pick, shut)
      case 'profile':
        return profileChoice(this.ground, asked, pick, shut)
      case 'at':
        return atChoice(asked, pick)
      case 'ages':
        return agesChoice(this.ground, asked, pick, shut)
      case 'only':
        return onlyChoice(filters(this.ground.county, asked.kind), asked, pick)
    }
  }

  /** Closes the open choice and gives the focus back to its word. */
  private shut(event?: Event): void {
    if (!this.open) return
    event?.stopPropagation()
    const part = this.open
    this.toggle(part)
    this.pill(part)?.focus()
  }
}
