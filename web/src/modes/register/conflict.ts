import type { Problem } from '../../api/client'
import type { Registration } from '../../api/registrations'
import { inWords } from '../../panels/facts'
import { askConflict, type Differing } from '../../panels/register/form/conflict'
import type { Draft } from '../../state/drafts'
import { f } from '../../text/form/words'
import { nameOf } from '../../text/language'
import { asDraft } from './drafts'
import type { Office } from './office'

type Part = 'kind' | 'name' | 'place' | 'photos' | 'closed_on' | 'note' | `attributes.${string}`

/** Somebody saved the same registration meanwhile: both versions side by side, then again with what was chosen. */
export function conflictOver(office: Office, mine: Draft, problem: Problem, again: () => void): void {
  const theirs = (problem.told.body as { theirs?: Registration } | null)?.theirs
  if (!theirs) {
    office.problem(problem)
    return
  }
  const other = asDraft(mine.account, theirs)
  const differing = differences(office, mine, other)
  const take = (parts: ReadonlySet<string>): void => {
    for (const part of parts) adopt(mine, other, part as Part)
    mine.version = theirs.version
    again()
  }
  // Only the version is another one: nothing to choose.
  if (differing.length === 0) take(new Set())
  else askConflict(differing, take)
}

export function differences(office: Office, mine: Draft, theirs: Draft): Differing[] {
  const { county } = office
  const words = f()
  const place = ({ lon, lat }: Draft): string =>
    lon === null || lat === null ? '' : `${lat.toFixed(5)}, ${lon.toFixed(5)}`
  const photos = (draft: Draft): string =>
    draft.photos.length > 0 ? words.conflict.photos(String(draft.photos.length)) : ''
  const rows: (Differing & { other: boolean })[] = []
  const row = (id: Part, label: string, a: string, b: string, other = a !== b): void => {
    rows.push({ id, label, mine: a, theirs: b, other })
  }
  row('kind', words.kind, county.kindName(mine.kind), county.kindName(theirs.kind))
  row('name', words.name, mine.name.trim(), theirs.name.trim())
  row('place', words.where, place(mine), place(theirs))
  for (const attribute of county.attributes(mine.kind)) {
    const [a, b] = [mine.attributes[attribute.id] ?? '', theirs.attributes[attribute.id] ?? '']
    const said = (text: string): string =>
      inWords(attribute, attribute.type === 'bool' && text !== '' ? text === 'true' : text) ?? ''
    row(`attributes.${attribute.id}`, nameOf(attribute.name), said(a), said(b), a !== b)
  }
  const ids = (draft: Draft): string => draft.photos.map(({ id }) => id).join()
  row('photos', words.photos, photos(mine), photos(theirs), ids(mine) !== ids(theirs))
  row('closed_on', words.closedOn, mine.closed_on, theirs.closed_on)
  row('note', words.note, mine.note.trim(), theirs.note.trim())
  return rows.filter(({ other }) => other).map(({ other: _, ...rest }) => rest)
}

function adopt(mine: Draft, theirs: Draft, part: Part): void {
  if (part === 'place') Object.assign(mine, { lon: theirs.lon, lat: theirs.lat })
  else if (part.startsWith('attributes.')) {
    const id = part.slice(11)
    mine.attributes = { ...mine.attributes, [id]: theirs.attributes[id] ?? '' }
  } else Object.assign(mine, { [part]: theirs[part as 'name'] })
}
