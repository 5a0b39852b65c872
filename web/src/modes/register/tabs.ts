// Tabs of one browser share one sign-in: what one does, the others hear.

type Heard = (account: string | null) => void

/** Tells the other tabs who is signed in from now on, and hears it from them. */
export class Tabs {
  // Old browsers have none: there a tab notices before it next sends something.
  private readonly channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('yimi-session') : null

  constructor(heard: Heard) {
    this.channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === null || typeof data === 'string') heard(data)
    })
  }

  tell(account: string | null): void {
    this.channel?.postMessage(account)
  }
}
