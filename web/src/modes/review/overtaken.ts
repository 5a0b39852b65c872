import { Problem } from '../../api/client'
import { type Opened, publish, type Registration, saveRegistration } from '../../api/registrations'
import { askConflict } from '../../panels/register/form/conflict'
import { f } from '../../text/form/words'
import { v } from '../../text/review/words'
import { adopt, differences, saidAt } from '../register/conflict'
import { asDraft, isBehind, nowOf } from '../register/drafts'
import type { Office } from '../register/office'
import { bodyOf } from '../register/outbox'

/** Whether somebody else came first. */
export function isOvertaken(cause: unknown): boolean {
  return cause instanceof Problem && (cause.status === 409 || cause.status === 412)
}

/** Whether the site of a change was published anew since the change was begun. */
export function isMoved(one: Opened): boolean {
  return isBehind(one, nowOf(one.current))
}

export type Ways = { decide(run: () => Promise<unknown>): void; return(): void }

/**
 * What a unit would change beside what was published since it began. The reviewer chooses line by line: what is chosen is
 * saved to the registration on the newest version, so that the log has it, and published. Or it goes back to the unit.
 */
export async function compareWithSite(office: Office, one: Opened, ways: Ways): Promise<void> {
  const now = nowOf(one.current)
  if (!now) return
  const mine = asDraft(office.person.account, one)
  const theirs = { ...now.said, closed_on: mine.closed_on, note: mine.note }
  const before = await saidAt(one.site, one.base, office.signal)
  const differing = differences(office.county, mine, theirs, before)
  const take = (parts: ReadonlySet<string>): void => {
    const chosen = { ...mine, base: now.version }
    adopt(chosen, theirs, parts)
    ways.decide(() => savedAndPublished(one, chosen))
  }
  const words = { ...f().conflict, ...v().rebase, other: { words: v().return, run: ways.return } }
  if (differing.length === 0) take(new Set())
  else askConflict(differing, words, take)
}

async function savedAndPublished(one: Opened, chosen: ReturnType<typeof asDraft>): Promise<Registration> {
  return publish(await saveRegistration(one, bodyOf(chosen)))
}
