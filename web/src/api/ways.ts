// The way on foot between two places; asked for by POST, as its ends are nobody else's business.
import type { Name } from '../text/language'
import { post } from './client'
import { metre } from './nearby'

export type LonLat = [lon: number, lat: number]
export type Crossing = { lon: number; lat: number; protection: string; on_duty?: boolean; delay_secs: number }
export type Step = { at: LonLat; act: string; text: Name; m: number }
export type WayProperties = {
  length_m: number
  walk_secs: number
  profile: string
  crossings: Crossing[]
  steps: Step[]
}
type Line = { coordinates: LonLat[] }
export type Way = { geometry: Line; properties: WayProperties }
/** `safest` only where it is another way than the quickest. */
export type Ways = { geometry: Line; properties: WayProperties & { safest: SafestWay | null } }
export type SafestWay = { geometry: Line; properties: WayProperties & { extra_secs: number } }

export type WayQuestion = {
  from: { lon: number; lat: number }
  to: { lon: number; lat: number }
  /** The way back. */
  home: boolean
  profile?: string | undefined
  at?: string | undefined
}

export function askWay({ from, to, home, profile, at }: WayQuestion, signal: AbortSignal): Promise<Ways> {
  const ends = { from: [metre(from.lon), metre(from.lat)], to: [to.lon, to.lat] }
  return post<Ways>('route', { ...ends, home, ...(profile ? { profile } : {}), ...(at ? { at } : {}) }, signal)
}
