// The scenarios that were made or opened on this device, with the keys that let it change them. A key never leaves the
// device but for the server that gave it: it is in no link.

/** `key` is null for a scenario of somebody else. The figures are those of the last look. */
export type Kept = {
  id: string
  key: string | null
  name: string
  saved: string
  added: number
  removed: number
  after: number
  before: number
}

type Shelf = Pick<Storage, 'getItem' | 'setItem'>

const place = 'yimi.scenarios'
const mostKept = 200

/** The latest first. What cannot be read is passed over, so that one broken entry hides no other. */
export function readKept(shelf: Shelf | null): Kept[] {
  try {
    const found: unknown = JSON.parse(shelf?.getItem(place) ?? '[]')
    return Array.isArray(found) ? found.filter(isKept) : []
  } catch {
    return []
  }
}

/** Puts one on top; a key that is known is not lost when the same scenario is opened by its link. */
export function keep(shelf: Shelf | null, one: Kept): Kept[] {
  const before = readKept(shelf)
  const known = before.find(({ id }) => id === one.id)
  return write(shelf, [{ ...one, key: one.key ?? known?.key ?? null }, ...before.filter(({ id }) => id !== one.id)])
}

export function forget(shelf: Shelf | null, id: string): Kept[] {
  return write(
    shelf,
    readKept(shelf).filter((one) => one.id !== id),
  )
}

function write(shelf: Shelf | null, all: readonly Kept[]): Kept[] {
  const kept = all.slice(0, mostKept)
  try {
    shelf?.setItem(place, JSON.stringify(kept))
  } catch {
    // A device that keeps nothing, or has no room left: the list then lasts as long as the page.
  }
  return kept
}

function isKept(one: unknown): one is Kept {
  const kept = one as Partial<Kept> | null
  return (
    typeof kept === 'object' &&
    kept !== null &&
    typeof kept.id === 'string' &&
    (kept.key === null || typeof kept.key === 'string') &&
    typeof kept.name === 'string' &&
    typeof kept.saved === 'string' &&
    [kept.added, kept.removed, kept.after, kept.before].every((n) => typeof n === 'number')
  )
}

/** Whatever of an address or a link names a scenario. */
export function scenarioIn(text: string): string | null {
  return /(?:^|[#&?])scenario=([\w-]{8,200})/.exec(text.trim())?.[1] ?? null
}
