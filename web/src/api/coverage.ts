import type { Name } from '../text/language'
import { get, getBytes, type Parameters } from './client'
import { type Cells, readCells, readStreets, readTimes, type Streets, type Times } from './packed'
import type { Box } from './types'

export type Profile = {
  id: string
  name: Name
  pace_m_per_s: number
  source: Name
  confirmed: boolean
  usual: boolean
}
export type Ages = { from: number; to: number }
export type Children = {
  bands: Ages[]
  total: number
  usual: Ages
  cells: number
  method: 'given' | 'rounded' | 'raster' | 'spread'
  demonstration: boolean
}

export type Band = { from_min: number; to_min: number | null; children: number; share: number }
/** What is said of the county and of each town alike. `curve[m]` is how many children are within m minutes. */
export type Reach = {
  children_total: number
  children_covered: number
  share: number
  bands: Band[]
  curve: number[]
  mean_secs: number | null
  median_secs: number | null
  worst_decile_secs: number | null
}
export type TownReach = Reach & { id: string | null; name: Name; places_per_1000: number | null }
export type Gap = {
  name: Name
  area: string | null
  lon: number
  lat: number
  bbox: Box
  children: number
  cells: number
  walk_secs: number | null
  site: { id: number; name: string } | null
}
export type LeftOut = { id: number; name: string; lon: number; lat: number }
export type Coverage = Reach & {
  kind: string
  minutes: number
  profile: string
  at: string | null
  ages: Ages
  rests_on: 'network'
  children_unreached: number
  gini: number | null
  straight: { radius_m: number; children: number; share: number }[]
  floating_catchment: {
    capacity: number
    sites_with_capacity: number
    places_per_1000: number
    children_without: number
  } | null
  areas: TownReach[]
  settings: { id: string | null; name: Name; children: number }[]
  gaps: Gap[]
  sites: { counted: number; not_open: number; unknown_hours: number; unsnapped: LeftOut[] }
  unsnapped: {
    cells: number
    children: number
    listed: { id: string; lon: number; lat: number; children: number }[]
  }
  children_source: { method: Children['method']; demonstration: boolean; source: string }
}

export type Crossing = { lon: number; lat: number; protection: string; delay_secs: number }
type Named = { id: number; name: string; lon: number; lat: number }
export type Here = {
  geometry: { type: 'LineString'; coordinates: [number, number][] }
  properties: {
    length_m: number
    walk_secs: number
    crossings: Crossing[]
    site: Named
    second: (Named & { walk_secs: number }) | null
  }
}
export type ServiceArea = {
  features: {
    geometry: { type: 'MultiLineString'; coordinates: [number, number][][] }
    properties: { from_min: number; to_min: number; length_m: number }
  }[]
  site: { id: number; name: string }
  minutes: number
  children: number
  children_total: number
}

/** Painting by walking time: everything that does not depend on the minutes. */
export type Painting = { cells: Times; streets: Times | null }

export function getProfiles(): Promise<Profile[]> {
  return get<Profile[]>('profiles')
}

export function getChildren(): Promise<Children> {
  return get<Children>('children')
}

export function getCoverage(question: Parameters, signal: AbortSignal): Promise<Coverage> {
  return get<Coverage>('coverage', question, signal)
}

export async function getCells(ages: string | undefined, signal: AbortSignal): Promise<Cells> {
  return readCells(await getBytes('children/cells', { ages }, signal))
}

export async function getStreets(signal: AbortSignal): Promise<Streets> {
  return readStreets(await getBytes('network/streets', {}, signal))
}

export async function getPainting(question: Parameters, streets: boolean, signal: AbortSignal): Promise<Painting> {
  const times = async (path: string): Promise<Times> => readTimes(await getBytes(path, question, signal))
  const [cells, ways] = await Promise.all([times('coverage/cells'), streets ? times('coverage/streets') : null])
  return { cells, streets: ways }
}

export function getHere(lon: number, lat: number, question: Parameters, signal: AbortSignal): Promise<Here> {
  return get<Here>('coverage/here', { ...question, lon: lon.toFixed(6), lat: lat.toFixed(6) }, signal)
}

export function getServiceArea(site: number, question: Parameters, signal: AbortSignal): Promise<ServiceArea> {
  return get<ServiceArea>('service-area', { ...question, site }, signal)
}
