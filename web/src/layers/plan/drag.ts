import type L from 'leaflet'
import type { Spot } from '../../state/plan'

export type DragHands = {
  moving(to: Spot): void
  moved(): void
  cancelled(): void
  pressed(): void
  removed(): void
}

/** Pixels that a press may wander before it is a drag. */
const slack = 4
/** A finger would cover what it holds; so that is held above it. */
const lift = 56
/** Arrow keys that follow one another so closely, in milliseconds, are one move. */
const pause = 700
const keySteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Moves one button over the map by pointer or by keys, and tells every place on the way. */
export class Drag {
  private held: { pointer: number; x: number; y: number; dx: number; dy: number; lifted: boolean; on: boolean } | null =
    null
  private keyed = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly map: L.Map,
    private readonly element: HTMLElement,
    private readonly where: () => Spot,
    private readonly hands: DragHands,
  ) {
    element.addEventListener('pointerdown', (event) => this.take(event))
    // Nor must the name of a site beneath it stay open.
    element.addEventListener('pointerenter', () => this.map.fire('mouseout'))
    element.addEventListener('pointermove', (event) => this.carry(event))
    element.addEventListener('pointerup', (event) => this.letGo(event))
    element.addEventListener('pointercancel', () => this.cancel())
    element.addEventListener('keydown', (event) => this.key(event))
    element.addEventListener('blur', () => this.settle())
    // The map must neither pan under a pin nor take its press for one of its own.
    for (const name of ['mousedown', 'mousemove', 'touchstart', 'dblclick', 'contextmenu']) {
      element.addEventListener(name, (event) => event.stopPropagation())
    }
    element.addEventListener('click', (event) => {
      event.stopPropagation()
      // Enter and Space come as a click without a pointer.
      if (event.detail === 0) hands.pressed()
    })
  }

  stop(): void {
    clearTimeout(this.timer)
    this.held = null
    this.keyed = false
  }

  private take(event: PointerEvent): void {
    event.stopPropagation()
    if (event.button !== 0 || this.held) return
    this.settle()
    const { lat, lon } = this.where()
    const pin = this.map.latLngToContainerPoint([lat, lon])
    const { x, y } = this.at(event)
    this.held = { pointer: event.pointerId, x, y, dx: pin.x - x, dy: pin.y - y, lifted: false, on: false }
    this.element.setPointerCapture(event.pointerId)
  }

  private carry(event: PointerEvent): void {
    const { held } = this
    if (!held || event.pointerId !== held.pointer) return
    const { x, y } = this.at(event)
    if (!held.on) {
      if (Math.hypot(x - held.x, y - held.y) < slack) return
      held.on = true
      held.lifted = event.pointerType !== 'mouse'
      this.element.classList.add('is-held')
    }
    this.to(x + held.dx, y + held.dy - (held.lifted ? lift : 0))
  }

  private letGo(event: PointerEvent): void {
    const { held } = this
    if (!held || event.pointerId !== held.pointer) return
    this.held = null
    this.element.classList.remove('is-held')
    if (held.on) this.hands.moved()
    else this.hands.pressed()
  }

  private cancel(): void {
    const { held } = this
    this.held = null
    this.element.classList.remove('is-held')
    if (held?.on) this.hands.cancelled()
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && (this.held?.on || this.keyed)) {
      event.preventDefault()
      this.stop()
      this.element.classList.remove('is-held')
      this.hands.cancelled()
      return
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      this.stop()
      this.hands.removed()
      return
    }
    const step = keySteps[event.key]
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    const { lat, lon } = this.where()
    const { x, y } = this.map.latLngToContainerPoint([lat, lon])
    const by = event.shiftKey ? 40 : 8
    this.keyed = true
    this.to(x + step[0] * by, y + step[1] * by)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.settle(), pause)
  }

  /** What the keys moved has arrived. */
  private settle(): void {
    clearTimeout(this.timer)
    if (!this.keyed) return
    this.keyed = false
    this.hands.moved()
  }

  private to(x: number, y: number): void {
    const { lat, lng } = this.map.containerPointToLatLng([x, y])
    this.hands.moving({ lon: lng, lat })
  }

  private at(event: PointerEvent): { x: number; y: number } {
    const { left, top } = this.map.getContainer().getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
}
