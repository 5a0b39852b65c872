import type { NearQuestion } from '../api/nearby'
import type { Profile } from '../api/profiles'
import type { Need } from '../panels/find/needs'
import { nextDate } from '../state/question'
import type { Origin } from '../state/state'
import type { Wish } from '../state/wish'

export type Asking = {
  origin: Origin
  wish: Wish
  kinds: readonly string[]
  /** What may be asked for of these kinds; a link may name more. */
  needs: readonly Need[]
  walker: Profile | null
  limit: number
  today: Date
}

/**
 * What the server is asked; what is usual goes unsaid. Now is said, so that whoever is on duty now counts, as on the way;
 * it is the county's now, whatever the device's clock says.
 */
export function nearQuestion({ origin, wish, kinds, needs, walker, limit, today }: Asking): NearQuestion {
  const wanted = needs.filter(({ id }) => wish.needs.includes(id))
  return {
    lon: origin.lon,
    lat: origin.lat,
    limit,
    ...(kinds.length > 0 ? { kind: kinds.join(',') } : {}),
    ...(walker && !walker.usual ? { profile: walker.id } : {}),
    at: wish.at ? nextDate(wish.at, today) : 'now',
    ...(wish.open ? { open: true } : {}),
    ...(wish.age !== null ? { age: wish.age } : {}),
    needs: Object.fromEntries(wanted.map(({ id, value }) => [id, value])),
  }
}
