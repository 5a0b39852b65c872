import { get, getBytes, type Parameters } from './client'
import { type Cells, readCells, readStreets, readTimes, type Streets, type Times } from './packed'
import type { Box } from './types'
import type { components } from './types.gen'

type Schemas = components['schemas']

export type { Profile } from './profiles'
export { getProfiles } from './profiles'
export type Ages = Schemas['AgeBand']
export type Children = Schemas['ChildrenKnown']
/** What is said of the county and of each town alike. `curve[m]` is how many children are within m minutes. */
export type Reach = Schemas['GroupFigures']
export type TownReach = Schemas['AreaFigures']
export type Gap = Omit<Schemas['GapAnswer'], 'bbox'> & { bbox: Box }
export type Coverage = Omit<Schemas['CoverageAnswer'], 'gaps'> & { gaps: Gap[] }
type LonLat = [number, number]
export type Here = Omit<Schemas['HereFeature'], 'geometry'> & { geometry: { coordinates: LonLat[] } }
type Belt = Omit<Schemas['BeltFeature'], 'geometry'> & { geometry: { coordinates: LonLat[][] } }
export type ServiceArea = Omit<Schemas['ServiceArea'], 'features'> & { features: Belt[] }

/** Painting by walking time: everything that does not depend on the minutes. */
export type Painting = { cells: Times; streets: Times | null }

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

export async function getCellTimes(question: Parameters, signal: AbortSignal): Promise<Times> {
  return readTimes(await getBytes('coverage/cells', question, signal))
}

export async function getStreetTimes(question: Parameters, signal: AbortSignal): Promise<Times> {
  return readTimes(await getBytes('coverage/streets', question, signal))
}

export function getHere(lon: number, lat: number, question: Parameters, signal: AbortSignal): Promise<Here> {
  return get<Here>('coverage/here', { ...question, lon: lon.toFixed(6), lat: lat.toFixed(6) }, signal)
}

export function getServiceArea(site: number, question: Parameters, signal: AbortSignal): Promise<ServiceArea> {
  return get<ServiceArea>('service-area', { ...question, site }, signal)
}
