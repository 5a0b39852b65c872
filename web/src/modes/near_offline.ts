import type { NearFeature } from '../api/nearby'
import { featureOf } from '../api/places'
import type { Origin } from '../state/state'
import type { Stage } from './stage'

/** With no signal: what was loaded before, nearest first in a straight line. */
export function straightLine(stage: Stage, origin: Origin, limit: number): NearFeature[] {
  const { kinds } = stage.store.state
  return stage.places
    .all()
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map((place) => ({ place, distance_m: stage.map.distance([origin.lat, origin.lon], [place.lat, place.lon]) }))
    .sort((a, b) => a.distance_m - b.distance_m)
    .slice(0, limit)
    .map(({ place, distance_m }) => {
      const feature = featureOf(place)
      return { ...feature, properties: { ...feature.properties, distance_m } }
    })
}
