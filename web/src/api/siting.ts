import { get, Problem, send } from './client'
import type { components } from './types.gen'

type Schemas = components['schemas']

/** What the plan is to be best at, by the names of the literature. */
export type Objective = Schemas['ObjectiveName']
export type Unit = Schemas['PlanUnit']
export type Position = Schemas['Spot']
export type Listed = Schemas['Listed']
export type SitingRequest = Schemas['SitingRequest']
export type Stage = 'reach' | 'plan' | 'bound' | 'search' | 'curve'
/** Later stages tell of what they do and no longer of the plan: `sites` is then empty. */
export type Progress = Omit<Schemas['SitingProgress'], 'stage'> & { stage: Stage }
export type PlannedSite = Schemas['ProposedSite']
export type SitingResult = Schemas['SitingAnswer']
export type SitingJob = Omit<Schemas['SitingJob'], 'progress'> & { progress?: Progress | null }

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
