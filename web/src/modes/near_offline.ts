import type { NearFeature } from '../api/nearby'
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
    .map(({ place: { id, kind, name, area, demonstration, lon, lat }, distance_m }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { id, kind, name: name.zh, name_en: name.en ?? null, area, demonstration, distance_m },
    }))
}
