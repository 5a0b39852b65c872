// What the server tells by itself: that the public map changed, or a desk. Nothing is listened to while the page is hidden.

export type News = 'changed' | 'desk'

const first = 1000
const longest = 60_000

/** One stream for the page, open while somebody listens and looks; it comes back by itself, later each time it fails. */
export class Events {
  private readonly listeners = new Map<News, Set<() => void>>()
  private source: EventSource | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private pause = first
  /** Something may have been missed while nobody listened. */
  private missed = false

  constructor() {
    document.addEventListener('visibilitychange', () => this.follow())
  }

  on(what: News, run: () => void): () => void {
    const set = this.listeners.get(what) ?? new Set()
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
      if (this.missed) for (const what of this.listeners.keys()) this.tell(what)
      this.missed = false
    })
    for (const what of ['changed', 'desk'] as const) source.addEventListener(what, () => this.tell(what))
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

  private tell(what: News): void {
    for (const run of [...(this.listeners.get(what) ?? [])]) run()
  }
}
