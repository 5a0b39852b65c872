import { getMarked, isAbort, type Parameters } from './client'
import type { SiteHit } from './search'
import type { Box, SiteFeature, SitePage } from './types'

/** The brief form of a site, enough for a symbol and a line of the list. */
export type Place = {
  id: number
  kind: string
  name: { zh: string; en?: string }
  area: string | null
  lon: number
  lat: number
  demonstration: boolean
}

/** What is known of a site that was seen on the map only, for when there is no signal. */
export function featureOf({ id, kind, name, area, demonstration, lon, lat }: Place): SiteFeature {
  const properties = { id, kind, name: name.zh, name_en: name.en ?? null, area, demonstration }
  return { type: 'Feature', id, geometry: { type: 'Point', coordinates: [lon, lat] }, properties }
}

const pageSize = 5000
const mostPlaces = 20_000

/**
 * The sites around the view. A box half as large again on each side is fetched, so that most moves of the map need
 * nothing; a newer request drops the one under way. Beyond 20,000 sites the rest is left out and `truncated` says so.
 */
export class Places {
  private byId = new Map<number, Place>()
  private list: readonly Place[] = []
  private kept = new Map<number, Place>()
  private box: Box | null = null
  /** The kinds that were asked for when all kinds together were too many; null when all are here. */
  private narrowedTo: string | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: { box: Box; narrowed: string; abort: AbortController } | null = null
  truncated = false
  /** Which state of the server's map is here, as its ETag says. */
  mark: string | null = null
  /** False until the first answer has come. */
  ready = false

  /** Whoever shows the sites sets these two. */
  onChange: () => void = () => undefined
  onProblem: (cause: unknown, retry: () => void) => void = () => undefined

  /** All sites that are here; the same array until they change. */
  all(): readonly Place[] {
    return this.list
  }

  find(id: number): Place | undefined {
    return this.byId.get(id) ?? this.kept.get(id)
  }

  /** Makes sure that the sites in `view` are here. `kinds` narrows the request only where there are too many for all. */
  cover(view: Box, kinds: readonly string[]): void {
    const narrowed = [...kinds].sort().join(',')
    clearTimeout(this.timer)
    if (this.holds(view, narrowed)) {
      this.running?.abort.abort()
      return
    }
    // What is under way will do, or is of no use any more.
    if (this.running && inside(view, this.running.box) && this.running.narrowed === narrowed) return
    this.running?.abort.abort()
    this.timer = setTimeout(() => void this.load(coarse(padded(view)), narrowed), this.ready ? 120 : 0)
  }

  /** Asks again for what is here, because it has changed at the server; what is shown stays until the answer comes. */
  renew(): void {
    if (this.box && !this.running) void this.load(this.box, this.narrowedTo ?? '')
    else if (this.running) void this.load(this.running.box, this.running.narrowed)
  }

  private holds(view: Box, narrowed: string): boolean {
    if (this.box === null || !inside(view, this.box)) return false
    if (this.narrowedTo !== null && this.narrowedTo !== narrowed) return false
    if (!this.truncated) return true
    // Some are missing: ask again for fewer kinds, or as soon as the view is clearly smaller than what was asked for.
    return (this.narrowedTo ?? '') === narrowed && area(view) >= area(this.box) / 8
  }

  /** Sites of one kind with these ids, wherever they are; used to show what counts towards a target. */
  async fetchOnly(ids: readonly number[], kind: string): Promise<Place[]> {
    const missing = ids.filter((id) => !this.find(id))
    if (missing.length > 0) {
      const wanted = new Set(missing)
      const { features } = await pages({ kind })
      for (const feature of features) if (wanted.has(feature.properties.id)) this.keep(feature)
    }
    return ids.map((id) => this.find(id)).filter((place): place is Place => place !== undefined)
  }

  /** All sites that answer these parameters, wherever they are. */
  async fetchAll(where: Parameters, signal: AbortSignal): Promise<Place[]> {
    const { features } = await pages(where, signal)
    return features.map((feature) => this.keep(feature))
  }

  /** Remembers a site that came by another way (search, card), so that the map can mark it at once. */
  keep(feature: SiteFeature): Place {
    const place = brief(feature)
    this.kept.set(place.id, place)
    return place
  }

  /** The same for a hit of the search, which tells less. */
  keepHit({ id, kind, name, name_en: en, area, lon, lat, demonstration }: SiteHit): void {
    if (this.find(id)) return
    const both = typeof en === 'string' ? { zh: name, en } : { zh: name }
    this.kept.set(id, { id, kind, name: both, area: area ?? null, lon, lat, demonstration })
  }

  private async load(box: Box, narrowed: string): Promise<void> {
    this.running?.abort.abort()
    const running = { box, narrowed, abort: new AbortController() }
    this.running = running
    const { signal } = running.abort
    try {
      const bbox = box.map((n) => n.toFixed(5)).join(',')
      // All kinds come at once where they fit, so that the chips answer without a request.
      const crowded = this.truncated || this.narrowedTo !== null
      let kind = crowded && narrowed !== '' ? narrowed : undefined
      let answer = await pages({ bbox, kind }, signal)
      if (answer.truncated && kind === undefined && narrowed !== '') {
        kind = narrowed
        answer = await pages({ bbox, kind }, signal)
      }
      this.truncated = answer.truncated
      this.mark = answer.mark
      this.narrowedTo = kind ?? null
      this.box = box
      this.byId = new Map(answer.features.map((feature) => [feature.properties.id, brief(feature)]))
      this.list = [...this.byId.values()]
      this.ready = true
      this.onChange()
    } catch (cause) {
      if (!isAbort(cause)) this.onProblem(cause, () => void this.load(box, narrowed))
    } finally {
      if (this.running === running) this.running = null
    }
  }
}

async function pages(
  where: Parameters,
  signal?: AbortSignal,
): Promise<{ features: SiteFeature[]; truncated: boolean; mark: string | null }> {
  const features: SiteFeature[] = []
  let cursor: string | undefined
  let mark: string | null = null
  do {
    const asked = { ...where, fields: 'brief', limit: pageSize, cursor }
    const { body: page, etag } = await getMarked<SitePage>('sites', asked, signal)
    mark ??= etag?.replace(/^W\/|"/g, '') ?? null
    features.push(...page.features)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && features.length < mostPlaces)
  return { features, truncated: cursor !== undefined, mark }
}

function brief(feature: SiteFeature): Place {
  const { id, kind, name, name_en: en, area, demonstration } = feature.properties
  const [lon = 0, lat = 0] = feature.geometry.coordinates
  return {
    id,
    kind,
    name: typeof en === 'string' ? { zh: name, en } : { zh: name },
    area: area ?? null,
    lon,
    lat,
    demonstration: demonstration === true,
  }
}

/** Degrees, about two kilometres: where somebody looks more exactly stands in no address. Tiles of the base map are as large. */
const grid = 0.02

/** The box outwards to the next lines of the grid. */
export function coarse([w, s, e, n]: Box): Box {
  const down = (degrees: number): number => Math.floor(degrees / grid + 1e-9) * grid
  const up = (degrees: number): number => Math.ceil(degrees / grid - 1e-9) * grid
  return [Math.max(-180, down(w)), Math.max(-90, down(s)), Math.min(180, up(e)), Math.min(90, up(n))]
}

export function padded([w, s, e, n]: Box): Box {
  const [x, y] = [(e - w) / 2, (n - s) / 2]
  return [Math.max(-180, w - x), Math.max(-90, s - y), Math.min(180, e + x), Math.min(90, n + y)]
}

export function inside([w, s, e, n]: Box, [W, S, E, N]: Box): boolean {
  return Math.max(w, -180) >= W && Math.max(s, -90) >= S && Math.min(e, 180) <= E && Math.min(n, 90) <= N
}

function area([w, s, e, n]: Box): number {
  return (e - w) * (n - s)
}
