// From an address to the room that it means. Rooms that few people enter are loaded when they are first entered.
import { get, isAbort } from '../../api/client'
import { getRegistration } from '../../api/registrations'
import { may } from '../../api/session'
import type { SiteFeature } from '../../api/types'
import { type Draft, emptyDraft, keptDraft } from '../../state/drafts'
import { r } from '../../text/register/words'
import { h } from '../../ui/dom'
import { notice } from '../../ui/notice'
import { DeskRoom } from './desk'
import { amendmentOf, asDraft, type Now, nowOf } from './drafts'
import { FormRoom } from './form'
import type { Address, Office, Room } from './office'

type Entrance = {
  needs: 'register' | 'review' | 'see_homes' | 'manage' | 'desk' | null
  enter(office: Office, address: Address): Promise<Room>
}

const entrances: Readonly<Record<string, Entrance>> = {
  desk: { needs: 'desk', enter: async (office) => new DeskRoom(office) },
  new: { needs: 'register', enter: async (office, { query }) => newRoom(office, query.get('kind')) },
  draft: { needs: 'desk', enter: async (office, { parts }) => keptRoom(office, parts[1] ?? '') },
  edit: { needs: 'desk', enter: (office, { parts }) => editRoom(office, parts[1] ?? '') },
  amend: { needs: 'register', enter: (office, { parts }) => changeRoom(office, 'amend', parts[1]) },
  close: { needs: 'register', enter: (office, { parts }) => changeRoom(office, 'close', parts[1]) },
  review: {
    needs: 'review',
    enter: async (office, { parts }) => new (await import('../review/desk')).ReviewRoom(office, parts[1] ?? null),
  },
  history: {
    needs: 'desk',
    enter: async (office, { parts }) => (await import('../review/history')).historyRoom(office, Number(parts[1])),
  },
  reports: { needs: 'desk', enter: async (office) => (await import('./reports')).reportsRoom(office) },
  homes: { needs: 'see_homes', enter: async (office) => (await import('../review/homes')).homesRoom(office) },
  people: { needs: 'manage', enter: async (office) => (await import('../admin/people')).peopleRoom(office) },
  units: { needs: 'manage', enter: async (office) => (await import('../admin/units')).unitsRoom(office) },
  kinds: { needs: 'manage', enter: async (office) => (await import('../admin/kinds')).kindsRoom(office) },
  audit: { needs: 'manage', enter: async (office) => (await import('../admin/audit')).auditRoom(office) },
  sheets: {
    needs: 'register',
    enter: async (office, { parts }) =>
      parts[1]
        ? new (await import('../sheets/sheet')).SheetRoom(office, parts[1])
        : (await import('../sheets/upload')).uploadRoom(office),
  },
  account: { needs: null, enter: async (office) => (await import('./account')).accountRoom(office) },
}

function allowed(office: Office, needs: Entrance['needs']): boolean {
  const { person } = office
  if (needs === null) return true
  return needs === 'desk' ? may(person, 'register') || may(person, 'review') : may(person, needs)
}

/** The first room of somebody: the desk, or people for who only looks after those. */
export function firstRoom(office: Office): string {
  return allowed(office, 'desk') ? '/desk' : allowed(office, 'manage') ? '/people' : '/account'
}

export async function enter(office: Office, address: Address): Promise<Room> {
  const entrance = entrances[address.parts[0] ?? '']
  const home = h('a', { class: 'button primary', href: `#${firstRoom(office)}` }, r().toDesk)
  if (!entrance) return { element: notice(r().missing, [], home) }
  if (!allowed(office, entrance.needs)) return { element: notice(r().notAllowed, [r().notAllowedHint], home) }
  return entrance.enter(office, address)
}

function newRoom(office: Office, kind: string | null): Room {
  const { county, person } = office
  const chosen = county.allKinds.find(({ id }) => id === kind) ?? county.pointKinds[0]
  const draft = emptyDraft(person.account, chosen?.id ?? '')
  const unit = county.attributes(draft.kind).some(({ id }) => id === 'unit')
  if (unit && person.unit) draft.attributes = { unit: person.unit.name }
  return new FormRoom(office, draft, null)
}

async function keptRoom(office: Office, key: string): Promise<Room> {
  const draft = await keptDraft(key)
  if (!draft || draft.account !== office.person.account) {
    // It was sent meanwhile: the desk shows what became of it.
    office.go('/desk')
    return { element: h('div') }
  }
  const from = draft.id === null ? null : await getRegistration(draft.id, office.signal).catch(() => null)
  return new FormRoom(office, draft, from, from ? nowOf(from.current) : await publicNow(office, draft))
}

/** What the public sees of the site that a draft would change; nothing without a signal, or where it is not public. */
async function publicNow(office: Office, draft: Draft): Promise<Now | null> {
  if (draft.change !== 'amend' || draft.site === null) return null
  try {
    const feature = await get<SiteFeature>(`sites/${draft.site}`, {}, office.signal)
    return nowIn(amendmentOf(draft.account, feature, 'amend', office.county))
  } catch (cause) {
    if (isAbort(cause)) throw cause
    return null
  }
}

function nowIn(fresh: Draft): Now | null {
  return fresh.base === null ? null : { version: fresh.base, said: fresh }
}

async function editRoom(office: Office, id: string): Promise<Room> {
  const kept = (await office.outbox.kept()).find((draft) => draft.id === id)
  const from = await getRegistration(id, office.signal)
  if (from.state === 'published' || from.state === 'withdrawn') return (await import('./proof')).proofRoom(office, from)
  return new FormRoom(office, kept ?? asDraft(office.person.account, from), from, nowOf(from.current))
}

async function changeRoom(office: Office, change: 'amend' | 'close', id: string | undefined): Promise<Room> {
  if (id === undefined) return (await import('./choose')).chooseRoom(office, change)
  const site = Number(id)
  // Homes have no public page to change; their registrations are opened from the desk.
  if (!(site > 0))
    return { element: notice(r().missing, [], h('a', { class: 'button primary', href: '#/desk' }, r().toDesk)) }
  // Whoever began to change it here goes on with that.
  const kept = (await office.outbox.kept()).find((draft) => draft.site === site && draft.change === change)
  if (kept) return new FormRoom(office, kept, null, await publicNow(office, kept))
  const feature = await get<SiteFeature>(`sites/${site}`, {}, office.signal)
  return new FormRoom(office, amendmentOf(office.person.account, feature, change, office.county), null)
}
