import type L from 'leaflet'
import type { Frame } from '../../map/canvas'
import type { Spot } from '../../state/plan'
import { h } from '../../ui/dom'
import { Drag } from './drag'

/** Something of the plan that stands on the map and can be moved. */
export type Pin = Spot & {
  key: string
  symbol(): SVGSVGElement
  /** What the symbol looks like; another picture is drawn only when this changes. */
  look: string
  /** What it is, for those who cannot see it. */
  label: string
  /** Beside the symbol, or nothing. */
  tag: string
  /** The tag tells that something is wrong. */
  amiss: boolean
  chosen: boolean
}

export type PinHands = {
  moving(key: string, to: Spot): void
  moved(key: string): void
  cancelled(key: string): void
  chosen(key: string): void
  removed(key: string): void
}

/** What the words beside a pin take up. */
const room = { above: 64, aside: 130 }

type Stood = { pin: Pin; element: HTMLButtonElement; symbol: HTMLElement; tag: HTMLElement; drag: Drag }

/**
 * Proposed sites and posts as buttons over the map: they take focus, move under a finger or by arrow keys, and stand above
 * everything that is drawn.
 */
export class Pins {
  private readonly element = h('div', { class: 'pins' })
  private stood = new Map<string, Stood>()

  constructor(
    private readonly map: L.Map,
    private readonly hands: PinHands,
    label: string,
  ) {
    this.element.setAttribute('role', 'group')
    this.element.setAttribute('aria-label', label)
  }

  add(): void {
    this.map.getContainer().append(this.element)
  }

  remove(): void {
    for (const { drag } of this.stood.values()) drag.stop()
    this.element.remove()
  }

  /** Shows exactly these. A pin that is held stays the same element, so that it is not lost from the hand. */
  update(pins: readonly Pin[]): void {
    const left = new Map(this.stood)
    for (const pin of pins) {
      left.delete(pin.key)
      const known = this.stood.get(pin.key) ?? this.stand(pin)
      if (known.pin.look !== pin.look || !known.symbol.firstChild) known.symbol.replaceChildren(pin.symbol())
      known.pin = pin
      known.element.setAttribute('aria-label', pin.label)
      known.tag.textContent = pin.tag
      known.tag.hidden = pin.tag === ''
      known.element.classList.toggle('is-amiss', pin.amiss)
      known.element.classList.toggle('is-chosen', pin.chosen)
    }
    for (const [key, { element, drag }] of left) {
      drag.stop()
      if (element === document.activeElement) this.map.getContainer().focus({ preventScroll: true })
      element.remove()
      this.stood.delete(key)
    }
  }

  /** Puts every pin where the map has it in this frame. */
  follow({ at, width }: Pick<Frame, 'at' | 'width'>): void {
    for (const { pin, element } of this.stood.values()) {
      const { x, y } = at(pin.lat, pin.lon)
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`
      element.toggleAttribute('data-under', y < room.above)
      element.dataset.edge = x < room.aside ? 'left' : x > width - room.aside ? 'right' : ''
    }
  }

  focus(key: string): void {
    this.stood.get(key)?.element.focus({ preventScroll: true })
  }

  private stand(pin: Pin): Stood {
    const symbol = h('span', { class: 'pin-symbol' })
    const tag = h('span', { class: 'pin-tag', hidden: true })
    const element = h('button', { type: 'button', class: 'pin', 'data-pin': pin.key }, symbol, tag)
    const drag = new Drag(this.map, element, () => this.stood.get(pin.key)?.pin ?? pin, {
      moving: (to) => this.hands.moving(pin.key, to),
      moved: () => this.hands.moved(pin.key),
      cancelled: () => this.hands.cancelled(pin.key),
      pressed: () => this.hands.chosen(pin.key),
      removed: () => this.hands.removed(pin.key),
    })
    const stood = { pin, element, symbol, tag, drag }
    this.stood.set(pin.key, stood)
    this.element.append(element)
    return stood
  }
}
