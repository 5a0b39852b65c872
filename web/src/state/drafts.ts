// Drafts on the device: what was typed and photographed survives a closed tab, an empty battery and no signal.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** `file` is gone once the photo is at the server, where it has the number `id`; `small` is a picture of it as a data: address. */
export type KeptPhoto = { key: string; file: Blob | null; id: string | null; small: string }
/**
 * `device`: only here. `waiting`: to be sent as soon as there is a signal. `refused`: the server wants something else.
 * `conflict`: somebody else saved it meanwhile.
 */
export type Standing = 'device' | 'waiting' | 'refused' | 'conflict'

export type Draft = {
  /** Made on the device, and sent with it: whatever is sent twice is registered once. */
  key: string
  /** Whose it is, so that two people on one device do not send each other's. */
  account: string
  id: string | null
  version: number | null
  change: 'create' | 'amend' | 'close'
  site: number | null
  base: number | null
  kind: string
  name: string
  lon: number | null
  lat: number | null
  attributes: Record<string, string>
  photos: KeptPhoto[]
  closed_on: string
  note: string
  /** Whether it is to be submitted when it is sent. */
  submit: boolean
  standing: Standing
  /** Why it stands so, in the server's words. */
  told: string
  saved: string
}

interface Shape extends DBSchema {
  drafts: { key: string; value: Draft }
}

let opened: Promise<IDBPDatabase<Shape>> | null = null

function shelf(): Promise<IDBPDatabase<Shape>> {
  opened ??= openDB<Shape>('yimi-register', 1, {
    upgrade: (database) => void database.createObjectStore('drafts', { keyPath: 'key' }),
    // Another tab deletes or upgrades it; this one opens it anew when it is next asked.
    blocking: (_now, _next, event) => {
      ;(event.target as IDBDatabase | null)?.close()
      opened = null
    },
    terminated: () => {
      opened = null
    },
  }).catch((cause: unknown) => {
    opened = null
    throw cause
  })
  return opened
}

/** All drafts of an account, the latest first. */
export async function keptDrafts(account: string): Promise<Draft[]> {
  const all = await (await shelf()).getAll('drafts')
  return all.filter((draft) => draft.account === account).sort((a, b) => (a.saved < b.saved ? 1 : -1))
}

export async function keptDraft(key: string): Promise<Draft | undefined> {
  return (await shelf()).get('drafts', key)
}

export async function keepDraft(draft: Draft): Promise<void> {
  await (await shelf()).put('drafts', draft)
}

export async function dropDraft(key: string): Promise<void> {
  await (await shelf()).delete('drafts', key)
}

/** A key that nobody else will make. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function emptyDraft(account: string, kind: string): Draft {
  return {
    key: newKey(),
    account,
    id: null,
    version: null,
    change: 'create',
    site: null,
    base: null,
    kind,
    name: '',
    lon: null,
    lat: null,
    attributes: {},
    photos: [],
    closed_on: '',
    note: '',
    submit: false,
    standing: 'device',
    told: '',
    saved: new Date().toISOString(),
  }
}
