// What is near somebody, by walking time. Where they stand goes in the body of a POST: in no address, no log, no history.
import type { Opening } from '../text/hours/state'
import type { Name } from '../text/language'
import { post } from './client'
import type { SiteFeature, SiteProperties } from './types'

export type Nearby = {
  /** The local time that hours were looked at for. */
  at: string
  by: 'walk' | 'line'
  profile: string | null
  features: NearFeature[]
  /** Why there is nothing, or less than was asked for. */
  explain: Name | null
  /** The nearest beyond the filter, where nothing answers it. */
  beyond: NearFeature[]
}

export type NearProperties = SiteProperties & {
  walk_secs?: number | null
  walk_m?: number | null
  distance_m?: number | null
  /** Larger roads on the way with nothing that stops the traffic. */
  unguarded?: number | null
  opening?: Opening | null
}

export type NearFeature = Omit<SiteFeature, 'properties'> & { properties: NearProperties }

export type NearQuestion = {
  lon: number
  lat: number
  limit: number
  kind?: string
  profile?: string
  at?: string
  open?: boolean
  age?: number
  /** Attributes that a place must have: { accessibility: 'yes,limited' }. */
  needs: Readonly<Record<string, string>>
}

export function askNearby({ lon, lat, needs, ...rest }: NearQuestion, signal: AbortSignal): Promise<Nearby> {
  return post<Nearby>('nearby', { ...needs, ...rest, lon: metre(lon), lat: metre(lat) }, signal)
}

/** To the metre; a receiver's further digits are noise. */
export function metre(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}
