import Supercluster from 'supercluster'
import type { Place } from '../api/places'
import type { Box } from '../api/types'

/** How willingly sites are drawn as one. */
export type Gathering = 'usual' | 'answer' | 'apart'

/** Number of sites by kind, flat, so that the index can copy it shallowly; the prefix keeps clear of its own names. */
type Tally = Record<`kind ${string}`, number>

export type Single = { what: 'place'; place: Place; lat: number; lon: number }
export type Group = {
  what: 'group'
  cluster: number
  count: number
  counts: Record<string, number>
  lat: number
  lon: number
}
export type Mark = Single | Group

/** Pixels within which symbols are drawn as one. */
const reach = 46
/** The few sites that answer a question are each shown, unless they truly lie on top of each other. */
const reachOfAnswer = 14
/** Small symbols in a painted map may overlap, so that only those on one spot are one; very many of them are gathered all the same. */
const reachApart = 0
/** Beyond the closest zoom nothing comes apart any more: such places share a spot. */
export const lastZoom = 18

/** Sites gathered into groups for each zoom; built once per set of sites. */
export class Clusters {
  private readonly index: Supercluster<{ place: Place }, Tally>

  constructor(places: readonly Place[], gathering: Gathering) {
    this.index = new Supercluster<{ place: Place }, Tally>({
      radius: reachOf(gathering, places.length),
      extent: 256,
      maxZoom: lastZoom,
      map: ({ place }) => ({ [`kind ${place.kind}`]: 1 }),
      reduce: (sum, one) => {
        for (const [kind, n] of Object.entries(one) as [keyof Tally, number][]) sum[kind] = (sum[kind] ?? 0) + n
      },
    })
    this.index.load(
      places.map((place) => ({
        type: 'Feature',
        properties: { place },
        geometry: { type: 'Point', coordinates: [place.lon, place.lat] },
      })),
    )
  }

  /**
   * Builds the levels one by one while nothing else happens. The index would build a level when it is first asked for,
   * which with 20,000 sites is felt as a hitch in the first zoom. Returns how to stop.
   */
  warmUp(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined
    const build = (level: number): void => {
      this.index.getClusters([0, 0, 0, 0], level)
      if (level > 5) timer = setTimeout(build, 60, level - 1)
    }
    timer = setTimeout(build, 300, lastZoom)
    return () => clearTimeout(timer)
  }

  within(box: Box, zoom: number): Mark[] {
    const level = Math.max(0, Math.min(lastZoom + 1, Math.round(zoom)))
    return this.index.getClusters(box, level).map((feature): Mark => {
      const [lon = 0, lat = 0] = feature.geometry.coordinates
      const properties = feature.properties
      if ('place' in properties) return { what: 'place', place: properties.place, lat, lon }
      return {
        what: 'group',
        cluster: properties.cluster_id,
        count: properties.point_count,
        counts: countsOf(properties),
        lat,
        lon,
      }
    })
  }

  members(group: Group): Place[] {
    return this.index.getLeaves(group.cluster, Number.POSITIVE_INFINITY).map((leaf) => leaf.properties.place)
  }

  /** The zoom at which a group comes apart; beyond `lastZoom` it never does. */
  opensAt(group: Group): number {
    return this.index.getClusterExpansionZoom(group.cluster)
  }
}

function reachOf(gathering: Gathering, places: number): number {
  if (gathering === 'apart') return places <= 1000 ? reachApart : reach
  return gathering === 'answer' && places <= 60 ? reachOfAnswer : reach
}

function countsOf(properties: Tally): Record<string, number> {
  const own = Object.entries(properties).filter(([name]) => name.startsWith('kind '))
  return Object.fromEntries(own.map(([name, n]) => [name.slice(5), n]))
}
