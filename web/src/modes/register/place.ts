import { isAbort } from '../../api/client'
import { type PlaceHit, type SiteHit, search } from '../../api/search'
import type { AreaFeature } from '../../api/types'
import { SiteMap } from '../../layers/register/site_map'
import type { Datum, Pasted } from '../../map/paste'
import { toWgs84 } from '../../map/paste'
import { type FoundPlace, PlaceField } from '../../panels/register/form/place'
import { exact, type Spot } from '../../state/plan'
import { distance } from '../../text/distances'
import { f } from '../../text/form/words'
import { nameOf } from '../../text/language'
import { h } from '../../ui/dom'
import { hollowSymbol } from '../../ui/hollow'
import type { SymbolLook } from '../../ui/symbol'
import { symbol } from '../../ui/symbol'
import type { Office } from './office'

/** Sites and places that are listed beside towns. */
const MOST_FOUND = 8
const grey: SymbolLook = { shape: 'circle', glyph: 'dot', colour: '' }

/** Marks where a place is: by the map, the phone, a name or pasted coordinates. */
export class Placing {
  readonly field: PlaceField
  private map: SiteMap | null = null
  private at: Spot | null = null
  private kind = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: AbortController | null = null

  constructor(
    private readonly office: Office,
    private readonly moved: (to: Spot) => void,
  ) {
    this.field = new PlaceField(f().where, {
      mine: () => this.locate(),
      find: (text) => this.soon(text),
      pasted: (at, datum) => this.paste(at, datum),
      zoom: (by) => this.map?.zoom(by),
    })
  }

  /** Makes the map, which must be in the page by now. */
  open(at: Spot | null, kind: string): void {
    this.map = new SiteMap(
      this.field.map,
      this.office.county,
      {
        ground: (spot) => this.put(spot),
        // A press on a place that is there already means that spot too; the form then warns of the twin.
        site: (id) => {
          const place = this.map?.find(id)
          if (place) this.put(place)
        },
        moved: (_key, to) => this.put(to),
        chosen: () => undefined,
        problem: (cause, retry) => this.office.problem(cause, retry),
      },
      f().placeMap,
    )
    this.at = at
    this.look(kind)
    if (at) this.map.show([at])
  }

  close(): void {
    clearTimeout(this.timer)
    this.running?.abort()
    this.map?.remove()
  }

  /** Another kind has another symbol. */
  look(kind: string): void {
    this.kind = kind
    this.draw()
  }

  tellTown(area: string | null): void {
    this.field.at(this.at, this.at && (area ? f().town(this.office.county.areaName(area)) : f().noTown))
  }

  private draw(): void {
    const { at } = this
    const kind = this.office.county.kind(this.kind)
    const look = kind ?? grey
    const name = this.office.county.kindName(this.kind)
    this.map?.update(
      at
        ? [
            {
              ...at,
              key: 'place',
              look: look.colour + look.glyph,
              symbol: () => hollowSymbol(look, 40),
              label: f().pin(name),
              tag: '',
              amiss: false,
              chosen: true,
            },
          ]
        : [],
    )
    this.field.at(at, null)
  }

  private put(spot: Spot, near = false): void {
    this.at = exact(spot)
    this.draw()
    if (near) this.map?.show([this.at], 17)
    this.field.tell('')
    this.moved(this.at)
  }

  private locate(): void {
    const words = f()
    if (!navigator.geolocation) {
      this.field.tell(`${words.noPosition}。${words.noPositionHint}`)
      return
    }
    this.field.locating(true)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.field.locating(false)
        this.put({ lat: coords.latitude, lon: coords.longitude }, true)
        this.field.tell(words.located(distance(coords.accuracy)))
      },
      () => {
        this.field.locating(false)
        this.field.tell(`${words.noPosition}: ${words.noPositionHint}`)
      },
      { enableHighAccuracy: true, timeout: 20_000 },
    )
  }

  private paste(at: Pasted, datum: Datum): void {
    const [lon, lat] = toWgs84(at, datum)
    this.put({ lon, lat }, true)
    this.field.tell(f().pasted(f().datums[datum] ?? datum))
  }

  private soon(text: string): void {
    clearTimeout(this.timer)
    this.running?.abort()
    if (text !== '') this.timer = setTimeout(() => void this.find(text), 200)
  }

  private async find(text: string): Promise<void> {
    const running = new AbortController()
    this.running = running
    const towns = this.office.county.areas.filter(
      ({ properties: { name } }) => name.zh.includes(text) || name.en?.toLowerCase().includes(text.toLowerCase()),
    )
    try {
      // its first characters are enough for a name
      const { hits } = await search(text.slice(0, 60), null, running.signal)
      const found = hits.flatMap((hit) => (hit.type === 'kind' ? [] : [this.hit(hit)]))
      this.field.found([...towns.slice(0, 4).map((town) => this.town(town)), ...found.slice(0, MOST_FOUND)])
    } catch (cause) {
      if (!isAbort(cause)) this.field.found(towns.map((town) => this.town(town)))
    }
  }

  /** A site, or a village or another place that the base map names. */
  private hit(hit: SiteHit | PlaceHit): FoundPlace {
    const look = hit.type === 'site' ? (this.office.county.kind(hit.kind) ?? grey) : grey
    const about = hit.type === 'site' ? this.office.county.kindName(hit.kind) : f().place
    return option(symbol(look, { size: 28 }), hit.name, about, () => {
      this.field.took(hit.name)
      this.put(hit, true)
    })
  }

  private town({ properties: { id, name } }: AreaFeature): FoundPlace {
    const named = nameOf(name)
    return option(symbol(grey, { size: 28 }), named, '', () => {
      this.field.took(named)
      this.map?.showArea(id)
    })
  }
}

function option(look: SVGSVGElement, name: string, about: string, choose: () => void): FoundPlace {
  const content = h(
    'div',
    { class: 'row' },
    look,
    h(
      'span',
      { class: 'row-text' },
      h('span', { class: 'row-name' }, name),
      about && h('span', { class: 'row-about' }, about),
    ),
  )
  return { content, choose }
}
