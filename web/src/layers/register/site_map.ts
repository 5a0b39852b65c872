import L from 'leaflet'
import type { Parameters, Problem } from '../../api/client'
import type { County } from '../../api/county'
import { type Place, Places } from '../../api/places'
import { FrameCanvas } from '../../map/canvas'
import { closest, createMap, showBox, showPoint } from '../../map/create'
import type { Spot } from '../../state/plan'
import { AreasLayer } from '../areas'
import type { GroundLayer } from '../ground/layer'
import { type Pin, Pins } from '../plan/pins'
import { SitesLayer } from '../sites'

export type SiteMapHands = {
  /** A press on empty ground. */
  ground(spot: Spot): void
  site(id: number): void
  /** A pin was let go, at its new place. */
  moved(key: string, to: Spot): void
  chosen(key: string): void
  problem(cause: unknown, retry: () => void): void
}

const none = { top: 0, right: 0, bottom: 0, left: 0 }

/** A map beside a form or a list: the county as the public sees it, and on it the pins that are being worked on. */
export class SiteMap {
  readonly map: L.Map
  private readonly places = new Places()
  private readonly sites: SitesLayer
  private readonly areas: AreasLayer
  private readonly pins: Pins
  private readonly canvas: FrameCanvas
  private line: L.Polyline | null = null
  private shown: readonly Pin[] = []
  private held = new Map<string, Spot>()
  private stops: (() => void)[] = []
  private showsSites = true
  /** Sites that were asked for may come when the map is gone. */
  private removed = false

  constructor(
    element: HTMLElement,
    county: County,
    private readonly hands: SiteMapHands,
    label: string,
  ) {
    this.map = createMap(element, county.config.basemap ?? null)
    element.setAttribute('aria-label', label)
    this.areas = new AreasLayer(this.map, county.areas)
    this.sites = new SitesLayer(this.map, county, {
      place: (id) => hands.site(id),
      spot: ([first]) => first !== undefined && hands.site(first),
      town: () => undefined,
      ground: (lat, lon) => hands.ground({ lat, lon }),
      point: () => undefined,
      insets: () => none,
    })
    this.pins = new Pins(
      this.map,
      {
        moving: (key, to) => this.carry(key, to),
        moved: (key) => this.letGo(key),
        cancelled: (key) => {
          this.held.delete(key)
          this.draw()
        },
        chosen: (key) => hands.chosen(key),
        removed: () => undefined,
      },
      label,
    )
    this.canvas = new FrameCanvas(this.map, (frame) => this.pins.follow(frame))
    const { bounds } = county.config
    if (bounds) showBox(this.map, bounds, none)
    else this.map.setView([35.5, 105], 4)
    this.areas.add()
    this.sites.add()
    this.canvas.add()
    this.pins.add()
    this.addGround(county)
    this.follow()
  }

  remove(): void {
    this.removed = true
    for (const stop of this.stops.reverse()) stop()
    this.pins.remove()
    this.canvas.remove()
    this.sites.remove()
    this.map.remove()
  }

  /** Public sites that are in sight, or were a moment ago. */
  find(id: number): Place | undefined {
    return this.places.find(id)
  }

  /** Shows only the pins, without the public sites. */
  alone(): void {
    this.showsSites = false
    this.draw()
  }

  zoom(by: number): void {
    this.map.setZoom(Math.min(closest, Math.round(this.map.getZoom() + by)))
  }

  update(pins: readonly Pin[]): void {
    this.shown = pins
    this.draw()
  }

  /** Joins where a site was and where it is to be. */
  join(from: Spot | null, to: Spot | null): void {
    this.line?.remove()
    this.line = null
    if (!from || !to) return
    const ends: [number, number][] = [
      [from.lat, from.lon],
      [to.lat, to.lon],
    ]
    this.line = L.polyline(ends, { className: 'moved-line', interactive: false }).addTo(this.map)
  }

  /** Brings spots into sight, one of them near. */
  show(spots: readonly Spot[], near = 16): void {
    const [first] = spots
    if (!first) return
    const lons = spots.map(({ lon }) => lon)
    const lats = spots.map(({ lat }) => lat)
    const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
    if (spots.length === 1) showPoint(this.map, first.lat, first.lon, none, near)
    else showBox(this.map, box, { top: 40, right: 40, bottom: 40, left: 40 }, near)
  }

  /** Brings a town into sight, if its outline is known. */
  showArea(code: string): void {
    const box = this.areas.box(code)
    if (box) showBox(this.map, box, none)
  }

  /** All public sites that answer these parameters. */
  around(where: Parameters, signal: AbortSignal): Promise<Place[]> {
    return this.places.fetchAll(where, signal)
  }

  /** How far two spots are apart, metres. */
  metres(a: Spot, b: Spot): number {
    return this.map.distance([a.lat, a.lon], [b.lat, b.lon])
  }

  private draw(): void {
    if (this.removed) return
    this.pins.update(this.shown.map((pin) => ({ ...pin, ...this.held.get(pin.key) })))
    this.sites.update({
      places: this.showsSites ? this.places.all() : [],
      selected: null,
      pointed: null,
      haloed: false,
      apart: false,
      closed: new Set(),
    })
    this.canvas.request()
  }

  private carry(key: string, to: Spot): void {
    this.held.set(key, to)
    this.draw()
  }

  private letGo(key: string): void {
    const to = this.held.get(key)
    this.held.delete(key)
    if (to) this.hands.moved(key, to)
  }

  /** Asks for the public sites around whatever is in sight. */
  private follow(): void {
    const cover = (): void => {
      const box = this.map.getBounds()
      if (this.showsSites) this.places.cover([box.getWest(), box.getSouth(), box.getEast(), box.getNorth()], [])
    }
    this.places.onChange = () => this.draw()
    this.places.onProblem = (cause, retry) => {
      // Without a signal there are no neighbours to show; the form says so already and goes on.
      if ((cause as Partial<Problem>).status !== 0) this.hands.problem(cause, retry)
    }
    this.map.on('moveend', cover)
    cover()
    // The panel beside the map, or the keyboard of a phone, changes its size without a word to Leaflet.
    const resized = new ResizeObserver(() => this.map.invalidateSize({ animate: false }))
    resized.observe(this.map.getContainer())
    this.stops.push(
      () => this.map.off('moveend', cover),
      () => resized.disconnect(),
    )
  }

  private addGround(county: County): void {
    const { basemap, ground } = county.config
    if (!county.areas.some((area) => area.geometry)) this.map.getContainer().classList.add('map-land')
    if (basemap || !ground) return
    let closed = false
    let layer: GroundLayer | null = null
    const start = async (): Promise<void> => {
      const { GroundLayer } = await import('../ground/layer')
      if (closed) return
      const written = county.towns.flatMap((town) => [town.name.zh, town.name.en ?? ''])
      layer = new GroundLayer(this.map, ground, written, () => undefined)
      const { underlay } = layer
      layer.onNames = () => this.sites.over(underlay)
      layer.add()
    }
    // The form works on plain ground too, so a base map that does not come stops nobody.
    start().catch(() => undefined)
    this.stops.push(() => {
      closed = true
      layer?.remove()
    })
  }
}
