import type L from 'leaflet'
import { isAbort, type Parameters, problemFrom } from '../../api/client'
import { getHere, type Here } from '../../api/coverage'
import type { CoverageLayer } from '../../layers/coverage/layer'
import { placeTip } from '../../layers/tip'
import { failedHere, hereWords } from '../../panels/coverage/here'
import { c } from '../../text/coverage/words'
import { t } from '../../text/language'
import { iconButton } from '../../ui/button'
import { h } from '../../ui/dom'
import type { Stage } from '../stage'

/** How long a pointer rests before the server is asked. */
const pause = 45

/** The walk from wherever the mouse is, or from where the person has pressed, with the way drawn on the map. */
export class Walks {
  private readonly tip = h('div', { class: 'tip here-tip', hidden: true, 'aria-hidden': 'true' })
  private readonly words = h('div', { class: 'here-words', role: 'status' })
  private readonly card: HTMLElement
  private running: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private pinned: { lat: number; lon: number } | null = null
  private readonly keys = (event: KeyboardEvent): void => this.onKey(event)

  constructor(
    private readonly stage: Stage,
    private readonly layer: CoverageLayer,
    private readonly asked: () => { question: Parameters; kind: string },
  ) {
    const close = iconButton('close', t().close, () => this.unpin())
    this.card = h('section', { class: 'here-card', 'aria-label': c().here.label, hidden: true }, this.words, close)
  }

  open(): void {
    const { map, frame } = this.stage
    map.getContainer().append(this.tip)
    map.getContainer().setAttribute('aria-label', `${t().map.label}${t().join}${c().here.middle}`)
    map.getContainer().addEventListener('keydown', this.keys)
    frame.map.parentElement?.append(this.card)
    map.on('mousemove', this.onPointer, this)
    map.on('mouseout movestart zoomstart', this.onLeave, this)
  }

  close(): void {
    const { map } = this.stage
    this.stop()
    this.tip.remove()
    this.card.remove()
    map.getContainer().removeEventListener('keydown', this.keys)
    map.getContainer().setAttribute('aria-label', t().map.label)
    map.off('mousemove', this.onPointer, this)
    map.off('mouseout movestart zoomstart', this.onLeave, this)
  }

  /** Asks for a place and keeps its answer until it is put away. */
  pin(lat: number, lon: number): void {
    this.stop()
    this.tip.hidden = true
    this.pinned = { lat, lon }
    this.layer.look({ way: null })
    void this.ask(lat, lon, (words) => {
      this.words.replaceChildren(...words)
      this.card.hidden = false
    })
  }

  /** Puts the kept walk away; false when there was none. */
  unpin(): boolean {
    if (!this.pinned) return false
    const focused = this.card.contains(document.activeElement)
    this.forget()
    if (focused) this.stage.map.getContainer().focus({ preventScroll: true })
    return true
  }

  /** The question is another one: what was told no longer holds. */
  forget(): void {
    this.stop()
    this.pinned = null
    this.card.hidden = true
    this.tip.hidden = true
    this.layer.look({ way: null })
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.running?.abort()
  }

  private async ask(lat: number, lon: number, show: (words: HTMLElement[]) => void): Promise<void> {
    this.running?.abort()
    const running = new AbortController()
    this.running = running
    const { question, kind } = this.asked()
    try {
      const way: Here = await getHere(lon, lat, question, running.signal)
      this.layer.look({ way })
      show(hereWords(way, kind))
    } catch (cause) {
      if (isAbort(cause)) return
      const problem = problemFrom(cause)
      this.layer.look({ way: null })
      show(failedHere(problem.title, problem.detail))
    }
  }

  private onPointer(event: L.LeafletMouseEvent): void {
    if (this.pinned || window.matchMedia('(hover: none)').matches) return
    clearTimeout(this.timer)
    if (this.stage.sites.covers(event)) {
      this.onLeave()
      return
    }
    const { x, y } = event.containerPoint
    if (!this.tip.hidden) placeTip(this.tip, x, y)
    this.timer = setTimeout(() => {
      void this.ask(event.latlng.lat, event.latlng.lng, (words) => {
        this.tip.replaceChildren(...words)
        this.tip.hidden = false
        placeTip(this.tip, x, y)
      })
    }, pause)
  }

  private onLeave(): void {
    if (this.pinned) return
    this.stop()
    this.tip.hidden = true
    this.layer.look({ way: null })
  }

  /** Enter on the map stands for a press on its middle. */
  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.target !== this.stage.map.getContainer()) return
    const [w, s, e, n] = this.stage.seen()
    this.pin((s + n) / 2, (w + e) / 2)
  }
}
