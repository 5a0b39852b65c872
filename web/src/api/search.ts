import type { Name } from '../text/language'
import { get } from './client'

/** Pairs of characters of the name, from the first up to and without the last. */
export type Marks = readonly (readonly [from: number, to: number])[]

export type SiteHit = {
  type: 'site'
  id: number
  name: string
  name_en?: string | null
  kind: string
  lon: number
  lat: number
  area?: string | null
  match?: string | null
  /** Slips that were overlooked. */
  edits?: number | null
  marks: Marks
  demonstration?: boolean | null
}
export type KindHit = { type: 'kind'; kind: string; name: Name; count: number }
export type PlaceHit = { type: 'place'; name: string; name_en?: string | null; lon: number; lat: number; marks: Marks }
export type SearchHit = SiteHit | KindHit | PlaceHit

/** Kinds, places and sites, best first. `near`: the middle of the map, to two decimals and no more. */
export async function search(
  q: string,
  near: { lon: number; lat: number } | null,
  signal: AbortSignal,
): Promise<SearchHit[]> {
  const around = near ? `${near.lon.toFixed(2)},${near.lat.toFixed(2)}` : undefined
  const { hits } = await get<{ hits: SearchHit[] }>('search', { q, limit: 20, near: around }, signal)
  return hits
}
