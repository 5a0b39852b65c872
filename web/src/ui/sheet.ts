import { t } from '../text/language'
import { button } from './button'
import { h } from './dom'

export type Stop = 'peek' | 'half' | 'full'
const order: readonly Stop[] = ['peek', 'half', 'full']

/** Height of the stops in pixels for a window of the given height. */
export function stops(windowHeight: number): Record<Stop, number> {
  return {
    peek: Math.min(190, Math.round(windowHeight * 0.42)),
    half: Math.round(windowHeight * 0.5),
    full: Math.round(windowHeight - 76),
  }
}

/** Where a sheet that is let go comes to rest: the nearest stop, or the next one in the direction of a flick. */
export function settle(height: number, upPerMs: number, at: Record<Stop, number>): Stop {
  if (Math.abs(upPerMs) > 0.45) {
    const beyond = upPerMs > 0 ? order.find((s) => at[s] > height) : [...order].reverse().find((s) => at[s] < height)
    if (beyond) return beyond
  }
  const gap = (s: Stop): number => Math.abs(at[s] - height)
  return order.reduce((best, s) => (gap(s) < gap(best) ? s : best), 'peek' as Stop)
}

/**
 * The bottom sheet of a phone: follows the finger between three stops, and the handle does the same by keyboard.
 * On wide windows the stylesheet makes a plain side panel of it and the heights mean nothing.
 */
export class Sheet {
  readonly element: HTMLElement
  readonly body: HTMLElement
  private readonly handle: HTMLButtonElement
  private stop: Stop = 'half'
  private height = 0
  private readonly resize = (): void => this.moveTo(this.stop)

  constructor(
    private readonly onStop: (stop: Stop) => void,
    label: string,
    ...content: [head: HTMLElement, body: HTMLElement]
  ) {
    this.handle = button(() => this.step(), { class: 'sheet-handle' })
    this.handle.addEventListener('keydown', (event) => this.onKey(event))
    this.body = content[1]
    const grip = h('div', { class: 'sheet-grip' }, this.handle, content[0])
    this.element = h('section', { class: 'sheet', id: 'panel', tabindex: '-1', 'aria-label': label }, grip, this.body)
    this.follow(grip, () => true)
    this.follow(this.body, (down) => this.stop !== 'full' || (down && this.body.scrollTop <= 0))
    window.addEventListener('resize', this.resize)
  }

  /** Pixels of the window's lower edge that the sheet covers; 0 where it is a side panel. */
  get covers(): number {
    return window.matchMedia('(min-width: 800px)').matches ? 0 : this.height
  }

  moveTo(stop: Stop): void {
    this.stop = stop
    this.setHeight(stops(window.innerHeight)[stop])
    this.element.dataset.stop = stop
    this.handle.setAttribute('aria-label', stop === 'full' ? t().sheet.lower : t().sheet.raise)
    this.handle.setAttribute('aria-expanded', String(stop !== 'peek'))
  }

  dispose(): void {
    window.removeEventListener('resize', this.resize)
  }

  private setHeight(height: number): void {
    this.height = height
    document.documentElement.style.setProperty('--sheet', `${Math.round(height)}px`)
  }

  private settleAt(stop: Stop): void {
    this.moveTo(stop)
    this.onStop(stop)
  }

  private step(): void {
    this.settleAt(this.stop === 'full' ? 'peek' : (order[order.indexOf(this.stop) + 1] ?? 'full'))
  }

  private onKey(event: KeyboardEvent): void {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    this.settleAt(order[Math.min(2, Math.max(0, order.indexOf(this.stop) + by))] ?? 'half')
  }

  /** Lets `part` drag the sheet by touch or pen; `takes` decides at the first move whether the list scrolls instead. */
  private follow(part: HTMLElement, takes: (down: boolean) => boolean): void {
    let start: { y: number; height: number } | null = null
    let dragging = false
    let last = { y: 0, at: 0, speed: 0 }
    part.addEventListener('touchstart', (event) => {
      const touch = event.touches[0]
      start = touch && event.touches.length === 1 && this.covers > 0 ? { y: touch.clientY, height: this.height } : null
      dragging = false
      last = { y: touch?.clientY ?? 0, at: event.timeStamp, speed: 0 }
    })
    part.addEventListener(
      'touchmove',
      (event) => {
        const touch = event.touches[0]
        if (!start || !touch) return
        const up = start.y - touch.clientY
        if (!dragging) {
          if (Math.abs(up) < 6) return
          if (!takes(up < 0)) {
            start = null
            return
          }
          dragging = true
          this.element.classList.add('dragging')
        }
        event.preventDefault()
        const passed = Math.max(1, event.timeStamp - last.at)
        last = { y: touch.clientY, at: event.timeStamp, speed: (last.y - touch.clientY) / passed }
        const at = stops(window.innerHeight)
        this.setHeight(Math.min(at.full, Math.max(at.peek, start.height + up)))
      },
      { passive: false },
    )
    const end = (event: TouchEvent): void => {
      if (dragging) {
        this.element.classList.remove('dragging')
        // A finger that rested before it let go sends no move of its own, and did not flick.
        const speed = event.timeStamp - last.at > 80 ? 0 : last.speed
        this.settleAt(settle(this.height, speed, stops(window.innerHeight)))
      }
      start = null
      dragging = false
    }
    part.addEventListener('touchend', end)
    part.addEventListener('touchcancel', end)
  }
}
