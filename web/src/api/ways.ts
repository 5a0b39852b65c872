// The way on foot between two places; asked for by POST, as its ends are nobody else's business.
import { post } from './client'
import { metre } from './nearby'
import type { components } from './types.gen'

type Schemas = components['schemas']

export type LonLat = [lon: number, lat: number]
export type Crossing = Schemas['RouteCrossing']
export type Step = Omit<Schemas['RouteStep'], 'at'> & { at: LonLat }
type Told = Pick<Schemas['RouteProperties'], 'length_m' | 'walk_secs' | 'profile' | 'crossings'>
export type WayProperties = Told & { steps: Step[] }
type Line = { coordinates: LonLat[] }
export type Way = { geometry: Line; properties: WayProperties }
export type SafestWay = { geometry: Line; properties: WayProperties & { extra_secs: number } }
/** `safest` only where it is another way than the quickest. */
export type Ways = { geometry: Line; properties: WayProperties & { safest: SafestWay | null } }

/** As it comes: the safest way lies flat within the quickest. */
type Safest = WayProperties & { geometry: Line; extra_secs: number }
type Answer = { geometry: Line; properties: WayProperties & { safest?: Safest | null } }

export type WayQuestion = {
  from: { lon: number; lat: number }
  to: { lon: number; lat: number }
  /** The way back. */
  home: boolean
  profile?: string | undefined
  at?: string | undefined
}

export async function askWay({ from, to, home, profile, at }: WayQuestion, signal: AbortSignal): Promise<Ways> {
  const ends = { from: [metre(from.lon), metre(from.lat)], to: [to.lon, to.lat] }
  const body = { ...ends, home, ...(profile ? { profile } : {}), ...(at ? { at } : {}) }
  return readWays(await post<Answer>('route', body, signal))
}

export function readWays({ geometry, properties }: Answer): Ways {
  const { safest, ...quickest } = properties
  if (!safest) return { geometry, properties: { ...quickest, safest: null } }
  const { geometry: line, ...told } = safest
  return { geometry, properties: { ...quickest, safest: { geometry: line, properties: told } } }
}
