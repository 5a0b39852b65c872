import { Problem, problemOf } from '../../api/client'
import type { Position, SitingJob, SitingRequest, SitingResult } from '../../api/siting'
import type { Failed } from '../../panels/siting/panel'
import type { Track } from '../../panels/siting/track'
import { firstWish, type Wish } from '../../panels/siting/wish'
import { s } from '../../text/siting/words'
import { Job, type JobServer } from './job'
import { ranked } from './taking'

/** A result with the request that it answers. */
export type Found = { job: string; of: SitingResult; track: Track; request: SitingRequest }

/** The form, the search and its result. It outlives the panels, so that looking at something else loses nothing. */
export class Session {
  wish: Wish = firstWish
  found: Found | null = null
  failed: Failed | null = null
  /** Sites of the result that were dragged, and where to: while the plan has them there, they stand there only. */
  readonly replaced = new Map<number, Position>()
  readonly job: Job
  /** Whoever shows it sets these. */
  onChange: () => void = () => undefined
  onFound: (found: Found) => void = () => undefined
  private asked: SitingRequest | null = null

  constructor(server?: JobServer) {
    this.job = new Job(
      {
        changed: () => this.onChange(),
        done: (job, result, track) => this.take(job, result, track),
        failed: (cause, job) => this.fail(cause, job),
      },
      server,
    )
  }

  start(request: SitingRequest): void {
    this.failed = null
    this.asked = request
    void this.job.start(request)
  }

  /** Whether the result answers another request than this one. The time for it changes no answer's meaning. */
  isStale(request: SitingRequest): boolean {
    const key = ({ seconds: _, ...rest }: SitingRequest): string => JSON.stringify(rest)
    return this.found !== null && key(this.found.request) !== key(request)
  }

  private take(job: SitingJob, result: SitingResult, track: Track): void {
    this.replaced.clear()
    this.found = { job: job.id, of: ranked(result), track, request: this.asked ?? job.request }
    this.onChange()
    this.onFound(this.found)
  }

  private fail(cause: unknown, job: SitingJob | null): void {
    this.failed = inWords(cause, job)
    this.onChange()
  }
}

/** The server's own words wherever it gave some. */
function inWords(cause: unknown, job: SitingJob | null): Failed {
  if (job?.problem) return problemOf(job.problem, job.problem.status)
  if (cause instanceof Problem) {
    if (cause.status === 404) return { title: s().run.lost, detail: s().run.lostHint }
    return { title: cause.title, detail: cause.detail, status: cause.status }
  }
  return job ? { title: s().run.nothing, detail: s().run.nothingHint } : { title: s().run.lost, detail: String(cause) }
}

/** One for the page. */
export const session = new Session()
