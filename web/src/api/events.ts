// What the server tells by itself: that the public map changed, or a desk. Nothing is listened to while the page is hidden.

export type News = 'changed' | 'desk'

/** `mark`: which state of the public map it is now, as the ETag of its answers says; nothing where it is not known. */
type Hear = (mark: string | null) => void

const first = 1000
const longest = 60_000

/** One stream for the page, open while somebody listens and looks; it comes back by itself, later each time it fails. */
export class Events {
  private readonly listeners = new Map<News, Set<Hear>>()
  private source: EventSource | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private pause = first
  /** Something may have been missed while nobody listened. */
  private missed = false

  constructor() {
    document.addEventListener('visibilitychange', () => this.follow())
  }

  on(what: News, run: Hear): () => void {
    const set = this.listeners.get(what) ?? new Set<Hear>()
    this.listeners.set(what, set.add(run))
    this.follow()
    return () => {
      set.delete(run)
      this.follow()
    }
  }

  private follow(): void {
    const wanted = [...this.listeners.values()].some((set) => set.size > 0)
    if (wanted && document.visibilityState === 'visible') this.open()
    else this.close()
  }

  private open(): void {
    if (this.source || this.timer !== undefined) return
    const source = new EventSource('api/events')
    this.source = source
    source.addEventListener('open', () => {
      this.pause = first
      // The mark of now comes by itself at the beginning; what changed on a desk meanwhile does not.
      if (this.missed) this.tell('desk', null)
      this.missed = false
    })
    source.addEventListener('changed', (event) => this.tell('changed', markIn(event.data)))
    source.addEventListener('desk', () => this.tell('desk', null))
    source.addEventListener('error', () => {
      // The browser's own way to come back knows no patience, and none at all after an error of the server.
      this.close()
      this.timer = setTimeout(() => {
        this.timer = undefined
        this.follow()
      }, this.pause)
      this.pause = Math.min(longest, this.pause * 2)
    })
  }

  private close(): void {
    if (this.source) this.missed = true
    this.source?.close()
    this.source = null
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private tell(what: News, mark: string | null): void {
    for (const run of [...(this.listeners.get(what) ?? [])]) run(mark)
  }
}

function markIn(data: unknown): string | null {
  try {
    const told = JSON.parse(String(data)) as { mark?: unknown } | null
    return typeof told?.mark === 'string' ? told.mark : null
  } catch {
    // Then it is taken for news: asking once too often does no harm.
    return null
  }
}
