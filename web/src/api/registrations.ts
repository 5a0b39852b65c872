import { type Answer, get, type Parameters, Problem, post, send } from './client'
import type { Schemas, Told } from './types'
import { upload } from './upload'

export type State = Told<'RegistrationAnswer'>['state']
export type ChangeKind = Told<'RegistrationAnswer'>['change']
export type Photo = Told<'PhotoAnswer'>
export type Value = string | number | boolean
export type Attributes = Readonly<Record<string, Value | null>>
export type Warning = Schemas['SheetWarning']

/** What somebody registers: the working record, not yet or no longer what the public sees. */
export type Registration = Told<'RegistrationAnswer', 'attributes'> & { attributes: Attributes }
/** The public site as it is. */
export type Current = Told<'PublicSite', 'attributes' | 'updated'> & { attributes: Attributes }

/** A line of the revision log; its action is `created`, `amended`, `submitted` …, its reason may be empty. */
export type Step = Told<'StepAnswer', 'before' | 'after'> & {
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}
export type Opened = Registration & { warnings: readonly Warning[]; current: Current | null; history: readonly Step[] }

/** What is sent. Attributes go as they were typed: the server reads them like the cells of a sheet. */
export type Body = {
  change: ChangeKind
  site?: number | null
  base?: number | null
  kind: string
  name: string | null
  lon: number | null
  lat: number | null
  attributes: Record<string, Value | null>
  photos: readonly string[]
  closed_on?: string | null
  note?: string
  submit?: boolean
}

export type Counts = Told<'RegistrationCounts'>
export type Listed = { registrations: Registration[]; next: string | null; counts: Counts }
export type Checked = Told<'CheckAnswer'>
export type DeskUnit = Told<'DeskUnit'>
export type Desk = Told<'DeskAnswer'>
export type Versioned = { id: string; version: number }
export type Result = Schemas['DecidedOne']

/** Nothing can be saved to it any more. */
export function isDecided({ state }: Pick<Registration, 'state'>): boolean {
  return state === 'published' || state === 'withdrawn'
}

/** The registration as it is now, where somebody was overtaken by it; nothing where it was by a site. */
export function registrationIn(cause: unknown): Registration | null {
  if (!(cause instanceof Problem) || (cause.status !== 409 && cause.status !== 412)) return null
  const theirs = (cause.told.body as { theirs?: Partial<Registration> | null } | null)?.theirs
  return theirs && typeof theirs.state === 'string' ? (theirs as Registration) : null
}

const one = (id: string, rest = ''): string => `registrations/${encodeURIComponent(id)}${rest}`
const held = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` })

export function listRegistrations(where: Parameters, signal?: AbortSignal): Promise<Listed> {
  return get<Listed>('registrations', where, signal)
}

export function getRegistration(id: string, signal?: AbortSignal): Promise<Opened> {
  return get<Opened>(one(id), {}, signal)
}

/** The same key makes the same registration, however often it is sent; `status` 200 says that it was there already. */
export function makeRegistration(body: Body, key: string): Promise<Answer<Registration>> {
  return send<Registration>('POST', 'registrations', { body, headers: { 'Idempotency-Key': key } })
}

/** Rejects with a Problem of status 409 that has both versions when somebody else saved a newer one. */
export async function saveRegistration({ id, version }: Versioned, body: Body): Promise<Registration> {
  return (await send<Registration>('PUT', one(id), { body, headers: held(version) })).body
}

export async function withdraw({ id, version }: Versioned): Promise<void> {
  await send('DELETE', one(id), { headers: held(version) })
}

async function decide(from: Versioned, what: string, body: unknown): Promise<Registration> {
  return (await send<Registration>('POST', one(from.id, `/${what}`), { body, headers: held(from.version) })).body
}

export const submit = (from: Versioned): Promise<Registration> => decide(from, 'submit', {})
export const publish = (from: Versioned, note = ''): Promise<Registration> =>
  decide(from, 'publish', note ? { note } : {})
export const returnTo = (from: Versioned, reason: string): Promise<Registration> => decide(from, 'return', { reason })
/** `seen`: the version of the kept site that was looked at. */
export const merge = (from: Versioned, into: number, seen: number): Promise<Registration> =>
  decide(from, 'merge', { into, version: seen })

export async function decideMany(
  ids: readonly Versioned[],
  decision: 'publish' | 'return',
  reason?: string,
): Promise<Result[]> {
  const body = reason === undefined ? { ids, decision } : { ids, decision, reason }
  return (await post<{ results: Result[] }>('registrations/decide', body)).results
}

export function check(body: Body, signal?: AbortSignal): Promise<Checked> {
  return post<Checked>('registrations/check', body, signal)
}

export function getDesk(signal?: AbortSignal): Promise<Desk> {
  return get<Desk>('desk', {}, signal)
}

/** `told` hears how much of it is on its way, from 0 to 1. */
export function sendPhoto(photo: Blob, told: (share: number) => void): Promise<Photo> {
  return upload<Photo>('photos', photo, told)
}

export function photoAddress(id: string, small = false): string {
  return `api/photos/${encodeURIComponent(id)}${small ? '/small' : ''}`
}

/** `version`: at which the site stands. */
type History = { steps: Step[]; version: number }

/** All versions of a site, the latest first. */
export async function siteHistory(site: number, signal?: AbortSignal): Promise<History> {
  const { revisions, version } = await get<{ revisions: Step[]; version: number }>(`sites/${site}/history`, {}, signal)
  return { steps: revisions.reverse(), version }
}

/** Rejects with a Problem of status 409 when the site is no longer at the version that was seen. */
export async function restore(site: number, revision: number, why: string, version: number): Promise<Registration> {
  return post<Registration>(`sites/${site}/restore`, { revision, why, version })
}

export function signAddress(site: number, size: 'a4' | 'a6'): string {
  return `api/sites/${site}/sign.pdf?size=${size}`
}

export function signsAddress(unit: string, size: 'a4' | 'a6'): string {
  return `api/units/${encodeURIComponent(unit)}/signs.pdf?size=${size}`
}
