import { get, type Parameters, post, send } from './client'

export const problems = ['closed', 'moved', 'hours', 'crossing', 'other'] as const
export type Trouble = (typeof problems)[number]
export type ReportState = 'open' | 'done' | 'dismissed'
/** What whoever reported it may know. */
export type ReportStanding = { id: string; what: Trouble; state: ReportState; answer: string }
export type Report = ReportStanding & {
  version: number
  site: number
  site_name: string
  text: string
  lon: number | null
  lat: number | null
  made: string
}
export type NewReport = { site: number; what: Trouble; text?: string; lon?: number; lat?: number }

/** Needs no account, and tells nothing of who it is from. */
export function report(body: NewReport): Promise<{ id: string; state: ReportState }> {
  return post<{ id: string; state: ReportState }>('reports', body)
}

export function reportStanding(id: string): Promise<ReportStanding> {
  return get<ReportStanding>(`reports/${encodeURIComponent(id)}`)
}

export function listReports(
  where: Parameters,
  signal?: AbortSignal,
): Promise<{ reports: Report[]; next: string | null }> {
  return get<{ reports: Report[]; next: string | null }>('reports', where, signal)
}

export async function answerReport(
  { id, version }: Pick<Report, 'id' | 'version'>,
  state: 'done' | 'dismissed',
  answer: string,
): Promise<void> {
  await send('PUT', `reports/${encodeURIComponent(id)}`, {
    body: { state, answer },
    headers: { 'If-Match': `"${version}"` },
  })
}
