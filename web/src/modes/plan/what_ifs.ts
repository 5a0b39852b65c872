import { isAbort } from '../../api/client'
import { askWhatIf, type WhatIf, type WhatIfRequest } from '../../api/what_if'

export type WhatIfHands = {
  arrived(request: WhatIfRequest, answer: WhatIf): void
  failed(cause: unknown, retry: () => void): void
}

/**
 * Asks as fast as the server answers and no faster: one question is under way, and of those that come meanwhile only the
 * newest is asked next. A dragged site therefore never waits behind where it was.
 */
export class WhatIfs {
  private running: { key: string; abort: AbortController } | null = null
  private next: WhatIfRequest | null = null
  private last = ''

  constructor(
    private readonly hands: WhatIfHands,
    private readonly ask: typeof askWhatIf = askWhatIf,
  ) {}

  /** Whether a newer answer than the last one is to come. */
  get waiting(): boolean {
    return this.running !== null
  }

  want(request: WhatIfRequest): void {
    const key = JSON.stringify(request)
    this.next = null
    if (this.running) {
      if (this.running.key !== key) this.next = request
    } else if (this.last !== key) void this.run(request, key)
  }

  /** Nothing is wanted any more: what is under way is dropped. */
  stop(): void {
    this.running?.abort.abort()
    this.running = null
    this.next = null
    this.last = ''
  }

  private async run(request: WhatIfRequest, key: string): Promise<void> {
    const running = { key, abort: new AbortController() }
    this.running = running
    try {
      const answer = await this.ask(request, running.abort.signal)
      if (this.running !== running) return
      this.last = key
      this.running = null
      this.hands.arrived(request, answer)
    } catch (cause) {
      if (isAbort(cause) || this.running !== running) return
      this.running = null
      // A newer question may well be answered; only the newest one's failure is told.
      if (!this.next) this.hands.failed(cause, () => this.want(request))
    }
    const { next } = this
    this.next = null
    if (next && !this.running) this.want(next)
  }
}
