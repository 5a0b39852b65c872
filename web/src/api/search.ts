import { get } from './client'
import type { components } from './types.gen'

/** Pairs of characters of the name, from the first up to and without the last. */
export type Marks = readonly (readonly [from: number, to: number])[]

type Hit<T> = Extract<components['schemas']['SearchHit'], { type: T }>
export type SiteHit = Omit<Hit<'site'>, 'marks' | 'marks_en'> & { marks: Marks; marks_en: Marks }
export type KindHit = Hit<'kind'>
export type PlaceHit = Omit<Hit<'place'>, 'marks'> & { marks: Marks }
export type SearchHit = SiteHit | KindHit | PlaceHit
export type SearchAnswer = Omit<components['schemas']['SearchAnswer'], 'hits'> & { hits: SearchHit[] }

/** Kinds, places and sites, best first. `near`: the middle of the map, to two decimals and no more. */
export function search(
  q: string,
  near: { lon: number; lat: number } | null,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const around = near ? `${near.lon.toFixed(2)},${near.lat.toFixed(2)}` : undefined
  return get<SearchAnswer>('search', { q, limit: 20, near: around }, signal)
}
