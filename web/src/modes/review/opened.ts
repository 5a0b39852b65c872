import { isAbort } from '../../api/client'
import type { Place } from '../../api/places'
import type { Opened } from '../../api/registrations'
import type { Pin } from '../../layers/plan/pins'
import { SiteMap } from '../../layers/register/site_map'
import { type Near, type OpenedChoices, OpenedPanel } from '../../panels/review/opened'
import type { Spot } from '../../state/plan'
import { distance } from '../../text/distances'
import { v } from '../../text/review/words'
import { hollowSymbol } from '../../ui/hollow'
import { symbol } from '../../ui/symbol'
import type { Office } from '../register/office'
import { isMoved } from './overtaken'

/** Metres within which sites of the kind stand beside a registration. */
const reach = 1000
const grey = { shape: 'circle', glyph: 'dot', colour: '' }

export type Decisions = Omit<OpenedChoices, 'zoom'>

/** One registration with its map. */
export class OpenedView {
  readonly panel: OpenedPanel
  private readonly map: SiteMap
  near: Near[] = []
  private readonly at: Spot | null
  private closed = false

  constructor(
    private readonly office: Office,
    readonly one: Opened,
    place: HTMLElement,
    decisions: Decisions,
  ) {
    const choices = { ...decisions, zoom: (by: number) => this.map.zoom(by) }
    this.panel = new OpenedPanel(one, office.county, choices, isMoved(one))
    place.replaceChildren(this.panel.element)
    this.map = new SiteMap(
      this.panel.map,
      office.county,
      {
        ground: () => undefined,
        site: (id) => office.go(`/history/${id}`),
        // Where a site is, is not for the reviewer to drag: whoever registers it says so.
        moved: () => this.pins(),
        chosen: () => undefined,
        problem: (cause, retry) => office.problem(cause, retry),
      },
      v().map,
    )
    this.at = spotOf(one)
    this.pins()
    void this.around()
  }

  close(): void {
    this.closed = true
    this.map.remove()
  }

  private pins(): void {
    const { one, at } = this
    const look = this.office.county.kind(one.kind) ?? grey
    const from = one.current ? spotOf(one.current) : null
    const pins: Pin[] = []
    const apart = from && at ? this.map.metres(from, at) : 0
    if (from && apart >= 1)
      pins.push({
        ...from,
        key: 'old',
        look: `old${look.glyph}`,
        symbol: () => symbol(look, { size: 32 }),
        label: v().old,
        tag: v().old,
        amiss: false,
        chosen: false,
      })
    if (at)
      pins.push({
        ...at,
        key: 'new',
        look: `new${look.glyph}`,
        symbol: () => hollowSymbol(look, 36),
        label: apart >= 1 ? `${v().fresh}, ${v().moved(distance(apart))}` : v().fresh,
        tag: apart >= 1 ? v().moved(distance(apart)) : '',
        amiss: false,
        chosen: true,
      })
    this.map.update(pins)
    this.map.join(apart >= 1 ? from : null, at)
    this.map.show(from && at && apart >= 1 ? [at, from] : at ? [at] : [])
  }

  /** Sites of the kind that are near, the likely duplicates among them. */
  private async around(): Promise<void> {
    const { at, one, office } = this
    // Homes are on no map, so there is nothing to look for around one.
    if (!at || office.county.kind(one.kind)?.visibility !== 'public') {
      this.panel.around([])
      return
    }
    const dLat = reach / 111_000
    const dLon = dLat / Math.cos((at.lat * Math.PI) / 180)
    const bbox = [at.lon - dLon, at.lat - dLat, at.lon + dLon, at.lat + dLat].map((n) => n.toFixed(5)).join(',')
    try {
      const places = await this.map.around({ bbox, kind: one.kind }, office.signal)
      if (this.closed) return
      const own = (place: Place): boolean => place.id === one.site
      this.near = places
        .filter((place) => !own(place))
        .map((place) => ({ place, metres: this.map.metres(at, place) }))
        .filter(({ metres }) => metres <= reach)
        .sort((a, b) => a.metres - b.metres)
        .slice(0, 8)
      this.panel.around(this.near)
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause)
    }
  }
}

function spotOf({ lon, lat }: { lon: number | null; lat: number | null }): Spot | null {
  return lon === null || lat === null ? null : { lon, lat }
}
