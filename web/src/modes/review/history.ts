import '../../style/review.css'
import { Problem } from '../../api/client'
import { restore, type Step, siteHistory } from '../../api/registrations'
import { may } from '../../api/session'
import { askWords } from '../../panels/register/ask'
import { historyPage, versionIn } from '../../panels/review/history'
import { v } from '../../text/review/words'
import { h } from '../../ui/dom'
import type { Office, Room } from '../register/office'
import { isOvertaken } from './overtaken'

/** The versions of a public site, and the way back to one of them. */
export async function historyRoom(office: Office, site: number): Promise<Room> {
  if (!Number.isInteger(site)) throw new Problem(404, v().history.none, '')
  const element = h('div')
  const show = async (): Promise<void> => {
    const { steps, version } = await siteHistory(site, office.signal)
    const latest = versionIn(steps[0]?.after ?? steps[0]?.before ?? null)
    const rights = { change: may(office.person, 'register') }
    const name = latest?.name ?? String(site)
    element.replaceChildren(historyPage(site, name, steps, office.county, rights, (step) => ask(step, version)))
  }
  const ask = ({ revision }: Step, version: number): void => {
    const words = v().history
    const asked = {
      title: words.restoreTitle,
      label: words.restoreWhy,
      hint: words.restoreHint,
      missing: words.noWhy,
      yes: words.restore,
    }
    askWords(asked, (why) => void office.attempt(() => bringBack(revision, why, version)))
  }
  const bringBack = async (revision: number, why: string, version: number): Promise<void> => {
    const words = v().history
    try {
      const made = await restore(site, revision, why, version)
      office.mention(made.state === 'published' ? words.restored : words.restoredWaits)
    } catch (cause) {
      if (!isOvertaken(cause)) throw cause
      office.frame.toasts.show(words.moved, words.movedHint)
    }
    await show()
  }
  await show()
  return { element }
}
