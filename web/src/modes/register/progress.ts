import { percent } from '../../text/numbers'
import { r } from '../../text/register/words'
import type { Progress } from './outbox'

/** Which photo is being sent, and that it goes on. */
export function progressWords({ photo, of, share }: Progress): string {
  return r().standing.photo(String(photo), String(of), percent(share))
}
