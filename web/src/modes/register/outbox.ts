// Sends drafts: at once where there is a signal, else when it is back. Whatever is sent twice is registered once.
import { Problem } from '../../api/client'
import {
  type Body,
  makeRegistration,
  type Registration,
  registrationIn,
  saveRegistration,
  sendPhoto,
  submit,
  type Versioned,
} from '../../api/registrations'
import { me, type Person } from '../../api/session'
import { type Draft, dropDraft, keepDraft, keptDraft, keptDrafts } from '../../state/drafts'
import { r } from '../../text/register/words'

export type Sent =
  | { how: 'sent'; registration: Registration }
  /** `slow`: there is a signal, but it did not carry all of it in time. */
  | { how: 'waiting'; slow: boolean; wait: number }
  | { how: 'refused'; problem: Problem }
  | { how: 'conflict'; problem: Problem }
  | { how: 'signed_out' }
  /** Somebody else signed in at this browser meanwhile; nothing was sent. */
  | { how: 'other'; person: Person }

/** Which photo is on its way, of how many, and how much of it has gone. */
export type Progress = { photo: number; of: number; share: number }

const first = 15_000
const longest = 600_000

/** Milliseconds before the next try: a phone often has a signal without saying so, and a slow line needs rest. */
export function pauseAfter(failures: number, wait = 0): number {
  return Math.max(wait * 1000, Math.min(longest, first * 2 ** Math.max(0, failures - 1)))
}

export function bodyOf(draft: Draft): Body {
  const known = Object.entries(draft.attributes).filter(([, value]) => value !== '')
  const own = draft.change === 'create' ? {} : { site: draft.site, base: draft.base }
  return {
    change: draft.change,
    ...own,
    kind: draft.kind,
    name: draft.name.trim() || null,
    lon: draft.lon,
    lat: draft.lat,
    attributes: Object.fromEntries(known),
    photos: draft.photos.flatMap(({ id }) => (id === null ? [] : [id])),
    closed_on: draft.closed_on || null,
    note: draft.note.trim(),
  }
}

export class Outbox {
  private readonly underWay = new Map<string, Promise<Sent>>()
  private readonly carried = new Map<string, Progress>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  /** Who is signed in at this browser; asked once for all that goes together. */
  private present: Promise<Person | null> | null = null
  private readonly wake = (): void => void this.sendWaiting()
  private readonly back = (): void => {
    this.failures = 0
    void this.sendWaiting()
  }
  /** Called when a draft went, or stands otherwise than before. */
  onChange: (draft: Draft, sent: Sent) => void = () => undefined
  /** Called as a photo goes, and with null when none is on its way any more. */
  onProgress: (draft: Draft, progress: Progress | null) => void = () => undefined

  constructor(private readonly account: string) {}

  start(): void {
    window.addEventListener('online', this.back)
    void this.sendWaiting()
  }

  stop(): void {
    window.removeEventListener('online', this.back)
    clearTimeout(this.timer)
  }

  sending(key: string): boolean {
    return this.underWay.has(key)
  }

  progress(key: string): Progress | null {
    return this.carried.get(key) ?? null
  }

  /** Sends one draft; whoever asks while it is on its way gets the same answer. */
  send(draft: Draft): Promise<Sent> {
    this.present = null
    return this.go(draft)
  }

  /** Sends all that waits for a signal, and looks again later if some still does. */
  async sendWaiting(): Promise<void> {
    clearTimeout(this.timer)
    this.present = null
    for (const draft of await this.kept()) {
      if (draft.standing !== 'waiting') continue
      const { how } = await this.go(draft)
      // What waits looks again by itself; whoever is not signed in sends nothing.
      if (how === 'waiting' || how === 'signed_out' || how === 'other') break
    }
  }

  async kept(): Promise<Draft[]> {
    try {
      return await keptDrafts(this.account)
    } catch {
      // A private window may have no IndexedDB at all; then nothing was kept, and the form says so when it tries.
      return []
    }
  }

  private go(draft: Draft): Promise<Sent> {
    const running = this.underWay.get(draft.key)
    if (running) return running
    const sending = alone(draft.key, () => this.deliver(draft)).finally(() => this.underWay.delete(draft.key))
    this.underWay.set(draft.key, sending)
    return sending
  }

  private async deliver(draft: Draft): Promise<Sent> {
    const asked = draft.saved
    const sent = await this.attempt(draft)
    this.carry(draft, null)
    // What was typed while it was on its way is a draft again, of what is at the server now.
    if (sent.how === 'sent') {
      this.failures = 0
      await (draft.saved === asked ? dropped(draft.key) : kept(draft))
    } else {
      draft.standing = sent.how === 'signed_out' || sent.how === 'other' ? 'waiting' : sent.how
      draft.told = 'problem' in sent ? `${sent.problem.title} ${sent.problem.detail}`.trim() : ''
      if (sent.how === 'waiting') {
        if (sent.slow) draft.told = r().standing.slow
        this.failures += 1
        clearTimeout(this.timer)
        this.timer = setTimeout(this.wake, pauseAfter(this.failures, sent.wait))
      }
      await kept(draft)
    }
    this.onChange(draft, sent)
    return sent
  }

  private async attempt(draft: Draft): Promise<Sent> {
    try {
      const person = await this.who()
      if (person?.account !== this.account) return person ? { how: 'other', person } : { how: 'signed_out' }
      if (await this.sendPhotos(draft)) {
        // That took its time, in which somebody else may have come to the browser.
        this.present = null
        const still = await this.who()
        if (still?.account !== this.account) return still ? { how: 'other', person: still } : { how: 'signed_out' }
      }
      return { how: 'sent', registration: await register(draft) }
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      const { status } = cause
      if (status === 0 || status >= 500 || status === 429 || status === 408)
        return { how: 'waiting', slow: status === 504 || status === 408, wait: cause.told.wait ?? 0 }
      if (status === 401) return { how: 'signed_out' }
      return { how: status === 409 || status === 412 ? 'conflict' : 'refused', problem: cause }
    }
  }

  private who(): Promise<Person | null> {
    this.present ??= me()
    return this.present
  }

  /** One after the other, each kept as it arrives, so that a lost line costs one photo and not all. */
  private async sendPhotos(draft: Draft): Promise<boolean> {
    const left = draft.photos.filter(({ id, file }) => id === null && file !== null)
    const of = draft.photos.length
    for (const photo of left) {
      if (photo.file === null) continue
      const number = draft.photos.indexOf(photo) + 1
      const told = (share: number): void => this.carry(draft, { photo: number, of, share })
      told(0)
      photo.id = (await sendPhoto(photo.file, told)).id
      photo.file = null
      await kept(draft)
    }
    return left.length > 0
  }

  private carry(draft: Draft, progress: Progress | null): void {
    if (!progress && !this.carried.has(draft.key)) return
    if (progress) this.carried.set(draft.key, progress)
    else this.carried.delete(draft.key)
    this.onProgress(draft, progress)
  }
}

async function register(draft: Draft): Promise<Registration> {
  const body = bodyOf(draft)
  let made: Registration
  let unread = false
  if (draft.id === null || draft.version === null) {
    const answer = await makeRegistration(draft.submit ? { ...body, submit: true } : body, draft.key)
    // It was there already: an answer got lost on its way, and what was typed since then is not in it. It began at
    // version 1; what has come to it since is somebody's, and is a conflict rather than written over.
    const sent = { ...answer.body, version: answer.status === 200 ? 1 : answer.body.version }
    await remember(draft, sent)
    made = answer.status === 200 ? await save(sent, body, draft) : sent
    // What a reviewer returned meanwhile does not go back before somebody has read why.
    unread = answer.status === 200 && made.state === 'returned'
  } else {
    const { version } = draft
    made = await save({ id: draft.id, version }, body, draft)
    unread = made.state === 'returned' && made.version > version + 1
  }
  return draft.submit && !unread && (made.state === 'draft' || made.state === 'returned') ? submit(made) : made
}

/** Saves, and takes what is there for saved when it says the same: then only an answer to this device was lost before. */
async function save(from: Versioned, body: Body, draft: Draft): Promise<Registration> {
  try {
    return await remember(draft, await saveRegistration(from, body))
  } catch (cause) {
    const theirs = registrationIn(cause)
    if (!theirs || theirs.is_kept_back || !saysTheSame(theirs, body)) throw cause
    return remember(draft, theirs)
  }
}

/** Whether a registration says what was sent, as far as texts tell: the server may write a value in another way. */
export function saysTheSame(one: Registration, body: Body): boolean {
  const texts = (attributes: Body['attributes']): string =>
    JSON.stringify(
      Object.entries(attributes)
        .filter(([, value]) => value !== null)
        .map(([id, value]) => [id, String(value)])
        .sort(),
    )
  return (
    one.kind === body.kind &&
    one.name === (body.name ?? '') &&
    one.lon === body.lon &&
    one.lat === body.lat &&
    (one.closed_on ?? null) === (body.closed_on ?? null) &&
    one.note === (body.note ?? '') &&
    (body.base === undefined || one.base === body.base) &&
    texts(one.attributes) === texts(body.attributes) &&
    one.photos.map(({ id }) => id).join() === body.photos.join()
  )
}

async function remember(draft: Draft, made: Registration): Promise<Registration> {
  draft.id = made.id
  draft.version = made.version
  await kept(draft)
  return made
}

async function kept(draft: Draft): Promise<void> {
  try {
    // Another tab may have finished with it, and what is gone must not come back.
    if (await keptDraft(draft.key)) await keepDraft(draft)
  } catch {
    // No IndexedDB: the draft lives as long as the page, and the form has said so.
  }
}

async function dropped(key: string): Promise<void> {
  try {
    await dropDraft(key)
  } catch {
    // As above: where nothing could be kept, nothing is left to drop.
  }
}

/** One tab at a time, where the browser can tell (it cannot without https); the key makes up for the rest. */
function alone<T>(key: string, run: () => Promise<T>): Promise<T> {
  const locks = (navigator as Partial<Navigator>).locks
  return locks ? (locks.request(`yimi-draft-${key}`, run) as Promise<T>) : run()
}
