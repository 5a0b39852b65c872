import { get, post, send } from './client'
import type { Told } from './types'

export type Role = Person['roles'][number]
export type UnitName = Told<'UnitName'>
export type Person = Told<'PersonAnswer'>
/** What a one-time link is for. */
export type Link = Told<'LinkAnswer'>

/** Who is signed in here, or nobody. */
export async function me(): Promise<Person | null> {
  return remember((await get<{ person: Person | null }>('session')).person)
}

const place = 'yimi.person'

/** Who was signed in at this device last, so that their drafts open with no signal. The server asks anew before anything is sent. */
export function lastPerson(): Person | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Partial<Person> | null
    const whole = typeof kept?.account === 'string' && Array.isArray(kept.roles) && Array.isArray(kept.may)
    return whole ? (kept as Person) : null
  } catch {
    return null
  }
}

function remember<P extends Person | null>(person: P): P {
  try {
    if (person) localStorage.setItem(place, JSON.stringify(person))
    else localStorage.removeItem(place)
  } catch {
    // A device that keeps nothing opens with a signal only.
  }
  return person
}

export async function signIn(account: string, password: string): Promise<Person> {
  return remember((await post<{ person: Person }>('session', { account, password })).person)
}

export async function signOut(everywhere = false): Promise<void> {
  await send('DELETE', everywhere ? 'sessions' : 'session')
  remember(null)
}

export async function changePassword(old: string, fresh: string): Promise<void> {
  await send('PUT', 'password', { body: { old, new: fresh } })
}

/** Whose a one-time link is. It goes in the body, because addresses stand in the logs of every proxy on the way. */
export function readLink(token: string, signal?: AbortSignal): Promise<Link> {
  return post<Link>('links/look', { token }, signal)
}

/** Sets the password that the link is for, and signs in. */
export async function takeLink(token: string, password: string): Promise<Person> {
  return remember((await post<{ person: Person }>('links', { token, password })).person)
}

/** Where to sign in and come back from: a link for pages that do not have the form. `back` is the address after #. */
export function signInLink(back: string): string {
  return `register.html#/signin?back=${encodeURIComponent(back)}`
}

/** Whoever registers or reviews sees the desk; administrators see people. */
export function may(person: Person, what: 'register' | 'review' | 'see_homes' | 'manage'): boolean {
  return what === 'manage' ? person.roles.includes('administrator') : person.may.includes(what)
}
