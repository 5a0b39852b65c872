import { isAbort, Problem } from '../../api/client'
import type { County } from '../../api/county'
import { getRegistration, isDecided, type Registration, registrationIn, siteHistory } from '../../api/registrations'
import { inWords } from '../../panels/facts'
import { askConflict, askDecided, type Differing } from '../../panels/register/form/conflict'
import { versionIn } from '../../panels/review/history'
import { type Draft, dropDraft, keepDraft, newKey } from '../../state/drafts'
import { f } from '../../text/form/words'
import { nameOf } from '../../text/language'
import { asDraft, type Now, type Said, saidIn } from './drafts'
import type { Office } from './office'

type Part = 'kind' | 'name' | 'place' | 'photos' | 'closed_on' | 'note' | `attributes.${string}`

/** Somebody saved the same registration meanwhile: both versions side by side, then again with what was chosen. */
export async function conflictOver(office: Office, mine: Draft, problem: Problem, again: () => void): Promise<void> {
  const told = registrationIn(problem)
  if (!told) {
    office.problem(problem)
    return
  }
  try {
    // Of a home the answer tells neither name nor place; opening it does, which is logged.
    const theirs = told.is_kept_back ? await getRegistration(told.id, office.signal) : told
    if (isDecided(theirs)) decided(office, mine, theirs)
    else choose(office.county, mine, theirs, again)
  } catch (cause) {
    if (!isAbort(cause)) office.problem(cause)
  }
}

function choose(county: County, mine: Draft, theirs: Registration, again: () => void): void {
  const other = asDraft(mine.account, theirs)
  const differing = differences(county, mine, other, null)
  const take = (parts: ReadonlySet<string>): void => {
    adopt(mine, other, parts)
    mine.version = theirs.version
    // Theirs may stand on a newer version of the site, which has been compared with it.
    if ((theirs.base ?? 0) > (mine.base ?? 0)) mine.base = theirs.base
    again()
  }
  // Only the version is another one: nothing to choose.
  if (differing.length === 0) take(new Set())
  else askConflict(differing, f().conflict, take)
}

/** It was published or withdrawn while an answer was lost: nothing can be saved to it any more, and nothing typed is thrown away unasked. */
function decided(office: Office, mine: Draft, theirs: Registration): void {
  const drop = async (): Promise<void> => {
    await dropDraft(mine.key)
    office.go('/desk')
  }
  const differing = differences(office.county, mine, asDraft(mine.account, theirs), null)
  const { site } = theirs
  const goesOn = theirs.state === 'published' && site !== null && site > 0
  if (differing.length === 0) {
    office.mention(f().readOnly[theirs.state] ?? '')
    void office.attempt(drop)
    return
  }
  const amend = async (): Promise<void> => {
    // Made on no version yet, so that the form compares it with what is public now before it is sent.
    const change = { ...mine, id: null, version: null, change: 'amend' as const, site, base: null, key: newKey() }
    await keepDraft({ ...change, standing: 'device', submit: false, told: '' })
    await dropDraft(mine.key)
    office.go(`/amend/${site}`)
  }
  askDecided(theirs.state, differing, {
    amend: goesOn ? () => void office.attempt(amend) : null,
    drop: () => void office.attempt(drop),
  })
}

/**
 * The site was published anew since this change of it was begun: what it says now beside what is to become of it. What was
 * not touched here follows the site unless somebody chooses otherwise. Then `again`, made on the newest version.
 */
export async function rebaseOver(office: Office, mine: Draft, now: Now, again: () => void): Promise<void> {
  const before = await saidAt(mine.site, mine.base, office.signal)
  // The day of closing and the note to the reviewer are the registration's own.
  const theirs = { ...now.said, closed_on: mine.closed_on, note: mine.note }
  const differing = differences(office.county, mine, theirs, before)
  const take = (parts: ReadonlySet<string>): void => {
    adopt(mine, theirs, parts)
    mine.base = now.version
    again()
  }
  if (differing.length === 0) take(new Set())
  else askConflict(differing, { ...f().conflict, ...f().rebase }, take)
}

/** What a site said at a version, from its history; nothing where that does not go back so far or is not to be seen. */
export async function saidAt(site: number | null, version: number | null, signal?: AbortSignal): Promise<Said | null> {
  if (site === null || version === null || version < 1) return null
  try {
    // The latest first, one step for each version.
    const { steps } = await siteHistory(site, signal)
    if (steps.at(-1)?.action !== 'created') return null
    const step = steps[steps.length - version]
    const said = versionIn(step?.after ?? null)
    return said && saidIn(said)
  } catch (cause) {
    // Without it both sides are shown all the same, and nothing is chosen ahead.
    if (cause instanceof Problem) return null
    throw cause
  }
}

/** All that differs, in words. Where `before` says that only the other side changed something, that side stands first. */
export function differences(county: County, mine: Said, theirs: Said, before: Said | null): Differing[] {
  const words = f()
  const place = ({ lon, lat }: Said): string =>
    lon === null || lat === null ? '' : `${lat.toFixed(5)}, ${lon.toFixed(5)}`
  const photos = (said: Said): string =>
    said.photos.length > 0 ? words.conflict.photos(String(said.photos.length)) : ''
  const ids = ({ photos }: Said): string => photos.map(({ key, id }) => id ?? key).join()
  const rows: (Differing & { other: boolean })[] = []
  /** `as` tells the value itself, `shown` the words for it. */
  const row = (id: Part, label: string, as: (said: Said) => string, shown = as): void => {
    const untouched = before !== null && as(mine) === as(before)
    const first = untouched ? 'theirs' : 'mine'
    rows.push({ id, label, mine: shown(mine), theirs: shown(theirs), first, other: as(mine) !== as(theirs) })
  }
  row(
    'kind',
    words.kind,
    ({ kind }) => kind,
    ({ kind }) => county.kindName(kind),
  )
  row('name', words.name, ({ name }) => name.trim())
  row('place', words.where, place)
  for (const attribute of county.attributes(mine.kind)) {
    const value = (said: Said): string => said.attributes[attribute.id] ?? ''
    const shown = (said: Said): string => {
      const text = value(said)
      return inWords(attribute, attribute.type === 'bool' && text !== '' ? text === 'true' : text) ?? ''
    }
    row(`attributes.${attribute.id}`, nameOf(attribute.name), value, shown)
  }
  row('photos', words.photos, ids, photos)
  row('closed_on', words.closedOn, ({ closed_on: day }) => day)
  row('note', words.note, ({ note }) => note.trim())
  return rows.filter(({ other }) => other).map(({ other: _, ...rest }) => rest)
}

/** Takes the named parts over from the other side. */
export function adopt(mine: Said, theirs: Said, parts: ReadonlySet<string>): void {
  for (const part of parts) {
    if (part === 'place') Object.assign(mine, { lon: theirs.lon, lat: theirs.lat })
    else if (part.startsWith('attributes.')) {
      const id = part.slice(11)
      mine.attributes = { ...mine.attributes, [id]: theirs.attributes[id] ?? '' }
    } else Object.assign(mine, { [part]: theirs[part as 'name'] })
  }
}
