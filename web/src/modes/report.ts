import '../style/report.css'
import { Problem } from '../api/client'
import { report, reportStanding } from '../api/reports'
import { openReport } from '../panels/report'
import { keepReport, sentReports } from '../state/reports'
import { reportWords } from '../text/report/words'
import { device } from './device'

/** Somebody says that something about a site is wrong. Loaded only then. */
export function reportSite(site: number, name: string): void {
  const shelf = device()
  const known = sentReports(shelf, site).slice(0, 5)
  // One that is gone from the server, or cannot be asked for now, is left out.
  const standings = known.map((id) => reportStanding(id).catch(() => null))
  const earlier = Promise.all(standings).then((all) => all.filter((one) => one !== null))
  openReport(name, earlier, async (what, text) => {
    try {
      const { id } = await report(text ? { site, what, text } : { site, what })
      keepReport(shelf, { id, site })
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.status !== 429) throw cause
      const words = reportWords()
      throw new Error(words.wait(words.minutes(String(Math.ceil((cause.told.wait ?? 60) / 60)))), { cause })
    }
  })
}
