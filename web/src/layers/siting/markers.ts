import type L from 'leaflet'
import type { Projector } from '../../map/canvas'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'

export type MarkerChoices = {
  choose(place: number): void
  /** It was put down somewhere else. */
  moved(place: number, to: { lon: number; lat: number }): void
}
export type Marker = { place: number; lon: number; lat: number; label: string; text: string; chosen: boolean }

type Standing = { marker: Marker; element: HTMLButtonElement; at: { lon: number; lat: number } }

/** Pixels that a pointer moves before it drags, and that an arrow key moves. */
const [slack, step] = [4, 8]

/** The chosen spots as numbered buttons on the map: pressed they tell about themselves, dragged they move. */
export class Markers {
  private readonly box = h('div', { class: 'planned-markers' })
  private standing = new Map<number, Standing>()
  private at: Projector | null = null

  constructor(
    private readonly map: L.Map,
    private readonly choices: MarkerChoices,
  ) {}

  add(): void {
    this.map.getContainer().append(this.box)
  }

  remove(): void {
    this.box.remove()
  }

  show(markers: readonly Marker[]): void {
    const wanted = new Set(markers.map(({ place }) => place))
    for (const [place, { element }] of this.standing) {
      if (wanted.has(place)) continue
      element.remove()
      this.standing.delete(place)
    }
    for (const marker of markers) {
      const known = this.standing.get(marker.place)
      const one = known ?? this.make(marker)
      one.marker = marker
      one.at = { lon: marker.lon, lat: marker.lat }
      one.element.textContent = marker.text
      one.element.setAttribute('aria-label', marker.label)
      one.element.title = marker.label
      one.element.classList.toggle('is-chosen', marker.chosen)
      if (!known) {
        this.standing.set(marker.place, one)
        this.box.append(one.element)
      }
    }
    if (this.at) this.place(this.at)
  }

  /** Puts every marker where it lies in this very frame. */
  place(at: Projector): void {
    this.at = at
    for (const one of this.standing.values()) {
      const { x, y } = at(one.at.lat, one.at.lon)
      one.element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`
    }
  }

  private make(marker: Marker): Standing {
    const element = button(() => undefined, { class: 'planned-marker figures' })
    const one: Standing = { marker, element, at: { lon: marker.lon, lat: marker.lat } }
    this.follow(one)
    return one
  }

  private follow(one: Standing): void {
    const { element } = one
    let start: { x: number; y: number; dx: number; dy: number } | null = null
    let dragging = false
    // The map must not move along, nor take the press for one of its own.
    for (const name of ['mousedown', 'touchstart', 'click', 'dblclick'])
      element.addEventListener(name, (event) => event.stopPropagation())
    element.addEventListener('pointerdown', (event) => {
      event.stopPropagation()
      if (event.button !== 0) return
      const { x, y } = this.pixel(one)
      start = { x: event.clientX, y: event.clientY, dx: event.clientX - x, dy: event.clientY - y }
      dragging = false
      element.setPointerCapture(event.pointerId)
    })
    element.addEventListener('pointermove', (event) => {
      if (!start) return
      if (!dragging && Math.hypot(event.clientX - start.x, event.clientY - start.y) < slack) return
      dragging = true
      element.classList.add('is-dragged')
      this.lay(one, event.clientX - start.dx, event.clientY - start.dy)
    })
    const end = (keep: boolean): void => {
      element.classList.remove('is-dragged')
      if (dragging && keep) this.choices.moved(one.marker.place, one.at)
      else if (dragging) this.back(one)
      else if (start && keep) this.choices.choose(one.marker.place)
      start = null
      dragging = false
    }
    element.addEventListener('pointerup', () => end(true))
    element.addEventListener('pointercancel', () => end(false))
    element.addEventListener('keydown', (event) => this.onKey(event, one))
    element.addEventListener('blur', () => this.back(one))
  }

  private onKey(event: KeyboardEvent, one: Standing): void {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    const { marker, at } = one
    const away = at.lon !== marker.lon || at.lat !== marker.lat
    if (by) {
      const { x, y } = this.pixel(one)
      const far = event.shiftKey ? 6 * step : step
      this.lay(one, x + (by[0] ?? 0) * far, y + (by[1] ?? 0) * far)
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (away) this.choices.moved(marker.place, at)
      else this.choices.choose(marker.place)
    } else if (event.key === 'Escape' && away) this.back(one)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  private pixel({ at }: Standing): { x: number; y: number } {
    return this.map.latLngToContainerPoint([at.lat, at.lon])
  }

  private lay(one: Standing, x: number, y: number): void {
    const { lng, lat } = this.map.containerPointToLatLng([x, y])
    one.at = { lon: lng, lat }
    one.element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`
  }

  private back(one: Standing): void {
    one.at = { lon: one.marker.lon, lat: one.marker.lat }
    if (this.at) this.place(this.at)
  }
}
