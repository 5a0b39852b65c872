import { isAbort, problemFrom } from '../../api/client'
import type { County } from '../../api/county'
import type { Events, News } from '../../api/events'
import type { Person } from '../../api/session'
import type { OfficeFrame } from '../../panels/register/frame'
import { t } from '../../text/language'
import { r } from '../../text/register/words'
import type { Outbox } from './outbox'

/** What is in the middle of the page, and how to leave it. */
export type Room = { element: HTMLElement; opened?: () => void; close?: () => void }
/** The words after # in the address: #/review/0f3a?unit=u001. */
export type Address = { parts: readonly string[]; query: URLSearchParams }

/** What every room of the second door works with. */
export class Office {
  /** Everything under way for the room that is open; it ends with the room. */
  signal: AbortSignal = new AbortController().signal

  constructor(
    readonly county: County,
    readonly person: Person,
    readonly frame: OfficeFrame,
    readonly outbox: Outbox,
    private readonly news: Events,
    private readonly signedOut: (expired: boolean) => void,
    /** Opens the room that is open anew, from what is kept and what the server says now. */
    readonly again: () => void,
  ) {}

  /** Calls `run` whenever the server says that something of this sort changed; returns how to stop. */
  onNews(what: News, run: () => void): () => void {
    return this.news.on(what, run)
  }

  go(address: string): void {
    location.hash = address
  }

  /** Nobody is signed in any more. */
  leave(): void {
    this.signedOut(false)
  }

  /** Tells what failed, with a way to try again; whoever was signed out is led to the form, and back after it. */
  problem(cause: unknown, retry?: () => void): void {
    if (isAbort(cause)) return
    const failed = problemFrom(cause)
    if (failed.status === 401) {
      this.signedOut(true)
      return
    }
    this.frame.toasts.show(failed.title, failed.detail, retry ? { label: t().retry, run: retry } : undefined)
  }

  /** Does something with the server; a failure is told in its own words. Returns whether it worked. */
  async attempt(run: () => Promise<void>): Promise<boolean> {
    try {
      await run()
      return true
    } catch (cause) {
      this.problem(cause)
      return false
    }
  }

  mention(words: string): void {
    this.frame.toasts.mention(words)
  }

  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      this.mention(r().copied)
    } catch {
      // Not allowed without https or by the person: they can still take the text by hand.
      this.frame.toasts.show(r().copyFailed, text)
    }
  }
}
