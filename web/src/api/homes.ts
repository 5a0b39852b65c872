import { post, postForFile } from './client'

/** A home as somebody sees who may: a place in a family, of which the public has counts per town only. */
export type Home = {
  id: number
  kind: string
  name: string
  lon: number
  lat: number
  /** The code of its town, where the server tells it. */
  area: string | null
  unit: string
}
/** `at`: when the log has the look. */
export type Look = { at: string; homes: Home[] }

type Feature = {
  id: number
  geometry: { coordinates: readonly number[] }
  properties: {
    kind: string
    name: string
    area?: string | null
    unit?: { name: string } | null
    attributes?: Record<string, unknown> | null
  }
}

/** Looks at all homes of a kind. The look stands in the log, with who and why, before anything is told. */
export async function lookAtHomes(kind: string, why: string): Promise<Look> {
  const { asked, features } = await post<{ asked: { at: string }; features: Feature[] }>('homes', { kind, why })
  return { at: asked.at, homes: features.map(homeOf) }
}

/** The same as a file, every line of which says who asked and why. It is a look of its own. */
export function homesFile(kind: string, why: string): Promise<Blob> {
  return postForFile('homes', { kind, why, format: 'csv' }, 'text/csv')
}

function homeOf({ id, geometry, properties }: Feature): Home {
  const [lon = 0, lat = 0] = geometry.coordinates
  const { kind, name, area, unit, attributes } = properties
  const written = attributes?.unit
  return {
    id,
    kind,
    name,
    lon,
    lat,
    area: area ?? null,
    unit: unit?.name ?? (typeof written === 'string' ? written : ''),
  }
}
