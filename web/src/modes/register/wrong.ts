import type { Wrong } from '../../api/client'
import type { Draft } from '../../state/drafts'
import { f } from '../../text/form/words'
import { nameOf } from '../../text/language'
import { r } from '../../text/register/words'

/** Whether a field of a draft has nothing in it. */
export function isEmpty(draft: Draft, field: string): boolean {
  if (field === 'name') return draft.name.trim() === ''
  if (field === 'lon' || field === 'lat') return draft.lon === null
  return field.startsWith('attributes.') && !draft.attributes[field.slice(11)]
}

/** What the server finds wrong, each field once and in words that say what to do. */
export function wrongInWords(draft: Draft, errors: readonly Wrong[]): { field: string; words: string }[] {
  const seen = new Set<string>()
  return errors.flatMap(({ field, found, wanted }) => {
    const at = field === 'lat' ? 'lon' : field
    if (seen.has(at)) return []
    seen.add(at)
    if (isEmpty(draft, field) && field === 'name') return [{ field, words: f().noName }]
    if (isEmpty(draft, field) && at === 'lon') return [{ field: at, words: f().noPlace }]
    const words = found ? r().wantedFound(nameOf(wanted), found) : r().wanted(nameOf(wanted))
    return [{ field: at, words }]
  })
}
