// The places that somebody keeps, on this device only.

/** A place as the map knows it. */
export type Place = {
  id: number
  kind: string
  name: { zh: string; en?: string }
  area: string | null
  lon: number
  lat: number
  demonstration: boolean
}

type Shelf = Pick<Storage, 'getItem' | 'setItem'>

const place = 'yimi.favourites'
const most = 100

/** The latest first. What cannot be read is passed over. */
export function readFavourites(shelf: Shelf | null): Place[] {
  try {
    const found: unknown = JSON.parse(shelf?.getItem(place) ?? '[]')
    return Array.isArray(found) ? found.filter(isPlace) : []
  } catch {
    return []
  }
}

export function isFavourite(shelf: Shelf | null, id: number): boolean {
  return readFavourites(shelf).some((one) => one.id === id)
}

/** Keeps it, or lets it go where it is kept. Returns whether it is kept now. */
export function toggleFavourite(shelf: Shelf | null, one: Place): boolean {
  const before = readFavourites(shelf)
  const others = before.filter(({ id }) => id !== one.id)
  const keep = others.length === before.length
  try {
    shelf?.setItem(place, JSON.stringify((keep ? [one, ...others] : others).slice(0, most)))
  } catch {
    // No room left, or a device that keeps nothing.
    return false
  }
  return keep && shelf !== null
}

function isPlace(one: unknown): one is Place {
  const found = one as Partial<Place> | null
  return (
    typeof found === 'object' &&
    found !== null &&
    [found.id, found.lat, found.lon].every((n) => typeof n === 'number') &&
    typeof found.kind === 'string' &&
    typeof found.name?.zh === 'string'
  )
}
