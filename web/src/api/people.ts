import { get, type Parameters, post, send } from './client'
import type { UnitName } from './session'
import type { Told } from './types'

/** Somebody with an account, as the administrator sees them. */
export type PersonListed = Told<'PersonListed'>
export type NewPerson = Told<'PersonBody'>
export type PersonChange = Told<'PersonChange'>
/** Told once: a link of one use. */
export type Invitation = Told<'LinkMade', 'purpose'>
/** `id` is null for a unit that only the targets of the plan name. */
export type UnitListed = Told<'UnitListed', 'demonstration'>
export type Token = Told<'TokenListed'>
export type AuditLine = Told<'AuditLine'>

const held = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` })
const unit = (id: string, rest = ''): string => `units/${encodeURIComponent(id)}${rest}`

/** The units that are registered, by id and name. */
export async function getUnits(signal?: AbortSignal): Promise<UnitName[]> {
  const units = await listUnits(signal)
  return units.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }]))
}

export async function listUnits(signal?: AbortSignal): Promise<UnitListed[]> {
  return (await get<{ units: UnitListed[] }>('units', {}, signal)).units
}

export async function listPeople(signal?: AbortSignal): Promise<PersonListed[]> {
  return (await get<{ people: PersonListed[] }>('people', {}, signal)).people
}

export function addPerson(person: NewPerson): Promise<Invitation & { person: PersonListed }> {
  return post<Invitation & { person: PersonListed }>('people', person)
}

export async function changePerson({ id, version }: PersonListed, body: PersonChange): Promise<void> {
  await send('PUT', `people/${id}`, { body, headers: held(version) })
}

export function newLink(id: number): Promise<Invitation> {
  return post<Invitation>(`people/${id}/link`, {})
}

export async function addUnit(name: string): Promise<void> {
  await post('units', { name })
}

export async function changeUnit(id: string, version: number, name: string, confirmed: boolean): Promise<void> {
  await send('PUT', unit(id), { body: { name, confirmed }, headers: held(version) })
}

export async function listTokens(id: string, signal?: AbortSignal): Promise<Token[]> {
  return (await get<{ tokens: Token[] }>(unit(id, '/tokens'), {}, signal)).tokens
}

export async function addToken(id: string, name: string, scope: Token['scope']): Promise<string> {
  return (await post<{ secret: string }>(unit(id, '/tokens'), { name, scope })).secret
}

export async function revokeToken(id: string, token: string): Promise<void> {
  await send('DELETE', unit(id, `/tokens/${encodeURIComponent(token)}`))
}

export function audit(where: Parameters, signal?: AbortSignal): Promise<{ lines: AuditLine[]; next: string | null }> {
  return get<{ lines: AuditLine[]; next: string | null }>('audit', where, signal)
}

export function auditAddress(where: Record<string, string>): string {
  const query = new URLSearchParams(where)
  return query.size > 0 ? `api/audit.csv?${query}` : 'api/audit.csv'
}
