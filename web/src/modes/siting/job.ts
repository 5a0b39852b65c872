import { isAbort } from '../../api/client'
import {
  cancelSiting,
  followSiting,
  type Progress,
  type SitingJob,
  type SitingRequest,
  type SitingResult,
  startSiting,
} from '../../api/siting'
import { Track } from '../../panels/siting/track'
import { unitOf } from '../../panels/siting/value'

export type JobListener = {
  changed(): void
  done(job: SitingJob, result: SitingResult, track: Track): void
  /** `job` is null when it could not even be asked for. */
  failed(cause: unknown, job: SitingJob | null): void
}

export type Running = { progress: Progress | null; track: Track; stopping: boolean }

/** The server, as a job needs it. */
export type JobServer = { start: typeof startSiting; follow: typeof followSiting; cancel: typeof cancelSiting }

/** One search at a time: started, heard of until it ends, stopped when asked. */
export class Job {
  running: Running | null = null
  private id: string | null = null
  private since = 0
  private abort: AbortController | null = null
  private unfollow: () => void = () => undefined

  constructor(
    private readonly listener: JobListener,
    private readonly server: JobServer = { start: startSiting, follow: followSiting, cancel: cancelSiting },
    private readonly now: () => number = () => performance.now(),
  ) {}

  async start(request: SitingRequest): Promise<void> {
    this.drop()
    const abort = new AbortController()
    this.abort = abort
    this.begin(unitOf(request.objective))
    try {
      const id = await this.server.start(request, abort.signal)
      // Whoever stopped while it was being asked for does not want it either.
      if (this.abort !== abort) {
        await this.server.cancel(id)
        return
      }
      this.listen(id)
    } catch (cause) {
      if (isAbort(cause) || this.abort !== abort) return
      this.end()
      this.listener.failed(cause, null)
    }
  }

  /** Asks for the end; the best so far arrives as the result. */
  async cancel(): Promise<void> {
    const { id, running } = this
    if (!running) return
    running.stopping = true
    this.listener.changed()
    if (id === null) {
      this.drop()
      this.listener.changed()
      return
    }
    try {
      await this.server.cancel(id)
    } catch (cause) {
      running.stopping = false
      if (this.running === running) this.listener.failed(cause, null)
    }
  }

  /** Hears no more of it; the server goes on by itself. */
  drop(): void {
    this.abort = null
    this.end()
  }

  private begin(unit: 'children' | 'sites' | 'seconds'): void {
    this.since = this.now()
    this.running = { progress: null, track: new Track(unit), stopping: false }
    this.listener.changed()
  }

  private listen(id: string): void {
    this.id = id
    this.unfollow = this.server.follow(id, {
      progress: (progress) => {
        if (!this.running) return
        this.running.progress = progress
        this.running.track.add(this.now() - this.since, progress)
        this.listener.changed()
      },
      done: (job) => {
        const track = this.running?.track ?? new Track('children')
        const at = this.now() - this.since
        this.end()
        if (job.result) {
          track.add(at, job.result)
          this.listener.done(job, job.result, track)
        } else this.listener.failed(null, job)
      },
      failed: (cause) => {
        this.end()
        this.listener.failed(cause, null)
      },
    })
  }

  private end(): void {
    this.unfollow()
    this.unfollow = () => undefined
    this.id = null
    this.running = null
  }
}
