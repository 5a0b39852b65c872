import type { Progress } from '../../api/siting'
import { count, percent } from '../../text/numbers'
import { s } from '../../text/siting/words'
import { button } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { converging } from './converge'
import type { Track } from './track'

/** A search under way: what it is doing, what it has found, what cannot be exceeded, and how to stop it. */
export class RunPanel {
  readonly element: HTMLElement
  private readonly stage = h('p', { class: 'run-stage', role: 'status' })
  private readonly bar = h('span', { class: 'run-bar-fill' })
  private readonly barBox: HTMLElement
  private readonly figures = h('div')
  private readonly cancel: HTMLButtonElement
  private told = ''

  constructor(cancel: () => void) {
    this.barBox = h('span', { class: 'run-bar', 'aria-hidden': 'true' }, this.bar)
    this.cancel = button(cancel, { class: 'button wide run-cancel' })
    this.element = h(
      'section',
      { class: 'run', 'aria-label': s().run.label },
      this.stage,
      this.barBox,
      this.figures,
      this.cancel,
    )
  }

  update(progress: Progress | null, track: Track, stopping: boolean): void {
    const words = progress ? s().run.stage[progress.stage] : s().run.queued
    // Said once for each stage; the figures would never let a listener have a word.
    if (words !== this.told) {
      this.told = words
      this.stage.textContent = words
    }
    const share = progress?.share ?? null
    this.barBox.classList.toggle('is-open', share === null)
    this.bar.style.width = share === null ? '' : `${100 * share}%`
    this.barBox.title = share === null ? '' : percent(share)
    replace(this.figures, converging(track, true))
    const some = (progress?.sites.length ?? 0) > 0
    this.cancel.textContent = some ? s().run.cancel : s().run.cancelEarly
    this.cancel.disabled = stopping
    this.cancel.dataset.sites = count(progress?.sites.length ?? 0)
  }
}
