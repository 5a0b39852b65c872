import type L from 'leaflet'
import type { Position } from '../../api/siting'
import type { Projector } from '../../map/canvas'
import { h } from '../../ui/dom'
import { Drag } from '../plan/drag'

export type MarkerChoices = {
  choose(place: number): void
  /** It was put down somewhere else. */
  moved(place: number, to: Position): void
  removed(place: number): void
}
export type Marker = Position & { place: number; label: string; text: string; chosen: boolean }

type Standing = { marker: Marker; element: HTMLButtonElement; at: Position; drag: Drag }

/** The chosen spots as numbered buttons on the map: pressed they tell about themselves, dragged they move. */
export class Markers {
  private readonly box = h('div', { class: 'planned-markers' })
  private readonly standing = new Map<number, Standing>()
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
    for (const [place, { element, drag }] of this.standing) {
      if (wanted.has(place)) continue
      drag.stop()
      element.remove()
      this.standing.delete(place)
    }
    for (const marker of markers) {
      const one = this.standing.get(marker.place) ?? this.make(marker)
      one.marker = marker
      one.at = { lon: marker.lon, lat: marker.lat }
      const { element } = one
      if (element.textContent !== marker.text) element.textContent = marker.text
      element.setAttribute('aria-label', marker.label)
      element.classList.toggle('is-chosen', marker.chosen)
    }
    if (this.at) this.place(this.at)
  }

  /** Puts every marker where it lies in this very frame. */
  place(at: Projector): void {
    this.at = at
    for (const one of this.standing.values()) this.lay(one, at)
  }

  private lay({ at: { lon, lat }, element }: Standing, at: Projector): void {
    const { x, y } = at(lat, lon)
    element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`
  }

  private make(marker: Marker): Standing {
    const element = h('button', { type: 'button', class: 'planned-marker figures', 'data-marker': marker.place })
    const { place } = marker
    const now = (): Standing | undefined => this.standing.get(place)
    const back = (): void => {
      const one = now()
      if (!one) return
      one.at = { lon: one.marker.lon, lat: one.marker.lat }
      if (this.at) this.lay(one, this.at)
    }
    const drag = new Drag(this.map, element, () => now()?.at ?? marker, {
      moving: (to) => {
        const one = now()
        if (!one) return
        one.at = to
        if (this.at) this.lay(one, this.at)
      },
      moved: () => {
        const one = now()
        if (one && (one.at.lon !== one.marker.lon || one.at.lat !== one.marker.lat)) this.choices.moved(place, one.at)
      },
      cancelled: back,
      pressed: () => this.choices.choose(place),
      removed: () => this.choices.removed(place),
    })
    const one = { marker, element, at: { lon: marker.lon, lat: marker.lat }, drag }
    this.standing.set(place, one)
    this.box.append(element)
    return one
  }
}
