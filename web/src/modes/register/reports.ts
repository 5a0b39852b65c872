import '../../style/admin.css'
import { isAbort } from '../../api/client'
import { answerReport, listReports, type Report } from '../../api/reports'
import { may } from '../../api/session'
import { ReportsPanel } from '../../panels/register/reports'
import { r } from '../../text/register/words'
import type { Office, Room } from './office'

/** The reports on somebody's desk. */
export function reportsRoom(office: Office): Room {
  let state = 'open'
  let reports: Report[] = []
  let next: string | null = null
  const panel = new ReportsPanel(may(office.person, 'register'), {
    filter: (chosen) => {
      state = chosen
      void load(null)
    },
    more: () => void load(next),
    answer: async (report, decided, words) => {
      const done = await office.attempt(() => answerReport(report, decided, words))
      if (!done) return
      office.mention(r().reports.answered)
      await load(null)
    },
  })
  const load = async (cursor: string | null): Promise<void> => {
    try {
      const where = { state: state || undefined, limit: 50, cursor: cursor ?? undefined }
      const page = await listReports(where, office.signal)
      reports = cursor === null ? page.reports : [...reports, ...page.reports]
      next = page.next
      panel.update(reports, next !== null)
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause, () => void load(cursor))
    }
  }
  panel.update(null, false)
  void load(null)
  const stop = office.onNews('desk', () => void load(null))
  return { element: panel.element, close: stop }
}
