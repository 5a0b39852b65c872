import type { County } from '../../api/county'
import type { Progress, SitingResult } from '../../api/siting'
import { count } from '../../text/numbers'
import { s } from '../../text/siting/words'
import { button } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { signInHint } from '../sign_in'
import { SitingForm } from './form'
import { type ResultChoices, ResultPanel } from './result'
import { RunPanel } from './run'
import type { Track } from './track'
import { furtherSet, type Wish } from './wish'

export type SitingChoices = ResultChoices & {
  change(patch: Partial<Wish>): void
  start(): void
  cancel(): void
  edit(): void
}
/** Why there is no plan; `status` where the server said so. */
export type Failed = { title: string; detail: string; status?: number }

export type SitingShown = {
  wish: Wish
  pinned: number
  forbidden: number
  editing: boolean
  running: { progress: Progress | null; track: Track; stopping: boolean } | null
  failed: Failed | null
  result: {
    of: SitingResult
    track: Track
    stale: boolean
    moved: boolean
    pinned: ReadonlySet<number>
    forbidden: ReadonlySet<number>
  } | null
  chosen: number | null
}

/** "Where next" in the panel: the form, the search under way, what it found. */
export class SitingPanel {
  readonly element: HTMLElement
  private readonly form: SitingForm
  private readonly formBox: HTMLElement
  private readonly brief = h('div', { class: 'wish-brief' })
  private readonly failed = h('div', { class: 'siting-failed', role: 'alert' })
  private readonly run: RunPanel
  private readonly stale = h('div', { class: 'stale' })
  private readonly result: ResultPanel
  private readonly live = h('p', { class: 'visually-hidden', role: 'status' })
  private drawn: SitingShown['result'] = null

  constructor(
    county: County,
    private readonly choices: SitingChoices,
  ) {
    this.form = new SitingForm(county, { change: choices.change, start: choices.start })
    this.formBox = h('div', {}, this.form.element)
    this.run = new RunPanel(choices.cancel)
    this.result = new ResultPanel(county, choices)
    this.element = h(
      'section',
      { class: 'siting', 'aria-label': s().title },
      h('h3', { class: 'siting-title', tabindex: '-1' }, s().title),
      this.brief,
      this.failed,
      this.formBox,
      this.run.element,
      this.result.element,
      this.stale,
      this.live,
    )
  }

  update(shown: SitingShown): void {
    const { wish, running, result, failed, editing } = shown
    const form = !running && (editing || !result)
    this.formBox.hidden = !form
    this.form.update({ wish, pinned: shown.pinned, forbidden: shown.forbidden, again: result !== null })
    replace(this.brief, !form && this.briefly(wish, running === null))
    replace(
      this.failed,
      failed && h('h4', {}, failed.title),
      failed?.detail && h('p', {}, failed.detail),
      failed && signInHint(failed.status ?? 0),
    )
    this.run.element.hidden = running === null
    if (running) this.run.update(running.progress, running.track, running.stopping)
    this.result.element.hidden = running !== null || result === null
    this.drawStale(result, form || running !== null)
    if (!result || running) return
    const before = this.drawn
    const same =
      before?.of === result.of &&
      before.track === result.track &&
      sameSet(before.pinned, result.pinned) &&
      sameSet(before.forbidden, result.forbidden)
    if (!same) {
      this.drawn = result
      const { of, track, pinned, forbidden } = result
      this.result.update({ result: of, asked: of.sites.length, track, pinned, forbidden })
    }
    this.result.choose(shown.chosen)
  }

  /** Whether the form can be asked; what it lacks is said in it. */
  complete(wish: Wish): boolean {
    return this.form.complete(wish)
  }

  say(words: string): void {
    this.live.textContent = words
  }

  /** Unfolds the row of a site. */
  open(place: number): void {
    this.result.unfold(place)
  }

  /** Brings the row of a site into sight. */
  reveal(place: number): void {
    this.result.reveal(place)
  }

  /** Where the focus goes when what had it is put away. */
  focus(): void {
    const title = this.element.querySelector<HTMLElement>('.siting-title')
    title?.focus({ preventScroll: true })
    title?.scrollIntoView({ block: 'start' })
  }

  private briefly(wish: Wish, editable: boolean): HTMLElement {
    const further = furtherSet(wish)
    const words = [
      ...(wish.objective === 'set_covering' ? [] : [s().form.adds(count(wish.add))]),
      s().objective[wish.objective].name,
      s().from[wish.source],
      ...(further > 0 ? [s().form.furtherSet(count(further))] : []),
    ]
    return h(
      'p',
      { class: 'figures' },
      h('span', {}, words.join(' · ')),
      editable && button(() => this.choices.edit(), { class: 'text-button', 'data-edit': '' }, s().form.edit),
    )
  }

  private drawStale(result: SitingShown['result'], hidden: boolean): void {
    const words = result?.moved ? s().result.moved : result?.stale ? s().form.changed : ''
    const key = hidden ? '' : words
    if (this.stale.dataset.words === key) return
    this.stale.dataset.words = key
    replace(
      this.stale,
      key !== '' &&
        h(
          'div',
          { class: 'result-stale', role: 'status' },
          h('p', {}, icon('info', 18), key),
          button(() => this.choices.start(), { class: 'button primary wide', 'data-again': '' }, s().form.again),
        ),
    )
  }
}

function sameSet(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one))
}
