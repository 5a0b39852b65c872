import { get, Problem, send } from './client'

/** What the plan is to be best at, by the names of the literature. */
export type Objective = 'maximal_covering' | 'set_covering' | 'p_median' | 'p_center' | 'capacitated_covering'
export type Unit = 'children' | 'sites' | 'seconds'
export type Position = { lon: number; lat: number }
export type Listed = Position & { name?: string; cost?: number; capacity?: number }
export type From = { from: 'junctions' } | { from: 'kinds'; kinds: string[] } | { from: 'list'; list: Listed[] }

export type SitingRequest = {
  kind: string
  minutes?: number
  profile?: string
  at?: string
  ages?: string
  only?: Record<string, string>
  objective: Objective
  add: number
  share?: number
  existing: boolean
  candidates: From
  must?: Position[]
  must_not?: Position[]
  one_per_town?: boolean
  floor_per_town?: number
  budget?: number
  cost?: number
  capacity?: number
  apart_m?: number
  seconds?: number
}

export type Stage = 'reach' | 'plan' | 'bound' | 'search' | 'curve'
export type Progress = {
  stage: Stage
  /** How far the stage is, where that is known. */
  share: number | null
  objective: number | null
  bound: number | null
  gap: number | null
  sites: Position[]
}

export type Serves = {
  children: number
  by_age: { from: number; to: number; children: number }[]
  by_town: { area: string; children: number }[]
}
export type RunnerUp = Position & { name?: string; loses: number }
export type PlannedSite = Position & {
  candidate: 'junction' | 'site' | 'list' | 'pinned'
  name?: string
  /** The existing site that would host it. */
  site?: number
  area?: string
  pinned: boolean
  cost: number
  /** Children who would be without if only this one were missing. */
  children: number
  serves: Serves
  runner_up: RunnerUp | null
}
export type CurvePoint = { sites: number; objective: number; bound: number }

export type SitingResult = {
  kind: string
  objective_name: Objective
  minutes: number
  profile: string
  at: string | null
  ages: string
  unit: Unit
  mark: string
  children_total: number
  children_before: number
  children_after: number
  objective: number
  bound: number
  gap: number
  optimal: boolean
  status: 'optimal' | 'bounded' | 'cancelled' | 'timed_out'
  candidates: number
  says: { zh: string; en: string }
  sites: PlannedSite[]
  curve: CurvePoint[]
}

export type SitingJob = {
  id: string
  status: 'queued' | 'running' | 'done' | 'cancelled' | 'failed'
  request: SitingRequest
  progress: Progress | null
  result: SitingResult | null
  problem: { title: string; title_zh?: string; detail?: string; detail_zh?: string } | null
}

export async function startSiting(request: SitingRequest, signal: AbortSignal): Promise<string> {
  const { body } = await send<{ id: string }>('POST', 'siting', { body: request, signal })
  return body.id
}

export function getSiting(id: string, signal?: AbortSignal): Promise<SitingJob> {
  return get<SitingJob>(`siting/${encodeURIComponent(id)}`, {}, signal)
}

/** Ends the search; what was found so far becomes the result. */
export async function cancelSiting(id: string): Promise<void> {
  await send('DELETE', `siting/${encodeURIComponent(id)}`)
}

export type Follower = {
  progress(progress: Progress): void
  done(job: SitingJob): void
  failed(cause: unknown): void
}

const pause = 1000

/** Hears of a job until it ends; where events do not come through (some proxies hold them back), it asks instead. */
export function followSiting(id: string, follower: Follower): () => void {
  const source = new EventSource(`api/siting/${encodeURIComponent(id)}/events`)
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    over = true
    clearTimeout(timer)
    source.close()
  }
  const ended = (job: SitingJob): void => {
    if (over) return
    stop()
    follower.done(job)
  }
  const look = async (): Promise<void> => {
    try {
      const job = await getSiting(id)
      if (over) return
      if (job.status !== 'queued' && job.status !== 'running') return ended(job)
      if (job.progress) follower.progress(job.progress)
      if (source.readyState !== EventSource.OPEN) timer = setTimeout(() => void look(), pause)
    } catch (cause) {
      if (over) return
      // A connection that is gone for a moment comes back; a job that is not known any more does not.
      if (cause instanceof Problem && cause.status === 0) timer = setTimeout(() => void look(), pause)
      else {
        stop()
        follower.failed(cause)
      }
    }
  }
  source.addEventListener('progress', (event) => {
    if (!over) follower.progress(JSON.parse(event.data) as Progress)
  })
  source.addEventListener('done', (event) => ended(JSON.parse(event.data) as SitingJob))
  source.addEventListener('error', () => {
    if (over) return
    clearTimeout(timer)
    timer = setTimeout(() => void look(), pause)
  })
  return stop
}
