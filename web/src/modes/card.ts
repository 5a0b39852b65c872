import { get, isAbort, Problem } from '../api/client'
import type { SiteFeature } from '../api/types'
import { showPoint } from '../map/create'
import { failedNotice } from '../panels/around'
import { siteCard } from '../panels/card'
import type { Mode } from '../state/state'
import { t } from '../text/language'
import { h, replace } from '../ui/dom'
import { backHead } from './heads'
import type { Stage } from './stage'

/** Reading about one site. Leaving goes back to `from`. */
export function enterCard(stage: Stage, id: number, from: Mode): () => void {
  const running = new AbortController()
  const { frame } = stage
  backHead(stage, from)
  replace(frame.body, h('p', { class: 'muted padded', role: 'status' }, t().loading))
  frame.body.scrollTop = 0
  const load = async (): Promise<void> => {
    try {
      const site = await get<SiteFeature>(`sites/${id}`, {}, running.signal)
      const place = stage.places.keep(site)
      stage.refresh()
      showPoint(stage.map, place.lat, place.lon, stage.insets())
      show(stage, site)
    } catch (cause) {
      if (isAbort(cause)) return
      const problem = cause instanceof Problem ? cause : new Problem(0, String(cause), '')
      const title = problem.status === 404 ? t().card.missing : problem.title
      replace(
        frame.body,
        failedNotice(title, problem.detail, () => void load()),
      )
    }
  }
  void load()
  stage.renewed = () => void renew()
  // Published anew while somebody reads it: the card says so, and neither map nor focus moves.
  const renew = async (): Promise<void> => {
    try {
      const site = await get<SiteFeature>(`sites/${id}`, {}, running.signal)
      const { scrollTop } = frame.body
      stage.places.keep(site)
      stage.refresh()
      show(stage, site)
      frame.body.scrollTop = scrollTop
    } catch (cause) {
      // What was read stays; a site that was closed says so when it is opened again.
      if (!isAbort(cause) && !(cause instanceof Problem)) throw cause
    }
  }
  return () => {
    running.abort()
    stage.renewed = () => undefined
    stage.refresh()
  }
}

function show(stage: Stage, site: SiteFeature): void {
  const [lon = 0, lat = 0] = site.geometry.coordinates
  const card = siteCard(site, stage.county, {
    copy: (text) => void copy(stage, text),
    town: (area) => stage.store.set({ mode: { name: 'town', area } }),
    show: () => {
      if (stage.store.state.sheet === 'full') stage.store.set({ sheet: 'half' })
      showPoint(stage.map, lat, lon, stage.insets(), 16)
    },
    address: () => location.href,
    report: () => void report(stage, site),
  })
  // Who came here by the keys reads on from the name; a press on the map leaves focus where it was.
  const byKeys = stage.frame.sheet.element.contains(document.activeElement) || document.activeElement === document.body
  replace(stage.frame.body, card)
  if (byKeys) card.querySelector<HTMLElement>('.card-name')?.focus({ preventScroll: true })
}

async function report(stage: Stage, site: SiteFeature): Promise<void> {
  try {
    const { reportSite } = await import('./report')
    reportSite(site.properties.id, site.properties.name)
  } catch (cause) {
    stage.problem(cause, () => void report(stage, site), t().retry)
  }
}

async function copy(stage: Stage, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    stage.frame.toasts.mention(t().card.copied)
  } catch {
    // Not allowed without https or by the person: they can still take the text by hand.
    stage.frame.toasts.show(t().card.copyFailed, text)
  }
}
