import '../../style/review.css'
import { Problem } from '../../api/client'
import { restore, type Step, siteHistory } from '../../api/registrations'
import { may } from '../../api/session'
import { askWords } from '../../panels/register/ask'
import { historyPage, versionIn } from '../../panels/review/history'
import { v } from '../../text/review/words'
import { h } from '../../ui/dom'
import type { Office, Room } from '../register/office'

/** The versions of a public site, and the way back to one of them. */
export async function historyRoom(office: Office, site: number): Promise<Room> {
  if (!Number.isInteger(site)) throw new Problem(404, v().history.none, '')
  const element = h('div')
  const show = async (): Promise<void> => {
    const revisions = await siteHistory(site, office.signal)
    const latest = versionIn(revisions[0]?.after ?? revisions[0]?.before ?? null)
    const rights = { change: may(office.person, 'register') }
    element.replaceChildren(historyPage(site, latest?.name ?? String(site), revisions, office.county, rights, ask))
  }
  const ask = ({ revision }: Step): void => {
    const words = v().history
    askWords(
      {
        title: words.restoreTitle,
        label: words.restoreWhy,
        hint: words.restoreHint,
        missing: words.noWhy,
        yes: words.restore,
      },
      (why) =>
        void office.attempt(async () => {
          const made = await restore(site, revision, why)
          office.mention(made.state === 'published' ? words.restored : words.restoredWaits)
          await show()
        }),
    )
  }
  await show()
  return { element }
}
