// Sends drafts: at once where there is a signal, else when it is back. Whatever is sent twice is registered once.
import { Problem } from '../../api/client'
import {
  type Body,
  makeRegistration,
  type Registration,
  saveRegistration,
  sendPhoto,
  submit,
} from '../../api/registrations'
import { type Draft, dropDraft, keepDraft, keptDraft, keptDrafts } from '../../state/drafts'

export type Sent =
  | { how: 'sent'; registration: Registration }
  | { how: 'waiting' }
  | { how: 'refused'; problem: Problem }
  | { how: 'conflict'; problem: Problem }
  | { how: 'signed_out' }

/** Milliseconds between tries while something waits; a phone often has a signal without saying so. */
const pause = 15_000

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
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly wake = (): void => void this.sendWaiting()
  /** Called when a draft went, or stands otherwise than before. */
  onChange: (draft: Draft, sent: Sent) => void = () => undefined

  constructor(private readonly account: string) {}

  start(): void {
    window.addEventListener('online', this.wake)
    void this.sendWaiting()
  }

  stop(): void {
    window.removeEventListener('online', this.wake)
    clearTimeout(this.timer)
  }

  sending(key: string): boolean {
    return this.underWay.has(key)
  }

  /** Sends one draft; whoever asks while it is on its way gets the same answer. */
  send(draft: Draft): Promise<Sent> {
    const running = this.underWay.get(draft.key)
    if (running) return running
    const sending = alone(draft.key, () => this.deliver(draft)).finally(() => this.underWay.delete(draft.key))
    this.underWay.set(draft.key, sending)
    return sending
  }

  /** Sends all that waits for a signal, and looks again later if some still does. */
  async sendWaiting(): Promise<void> {
    clearTimeout(this.timer)
    const waiting = (await this.kept()).filter(({ standing }) => standing === 'waiting')
    for (const draft of waiting) {
      const { how } = await this.send(draft)
      if (how === 'waiting' || how === 'signed_out') break
    }
    if (waiting.length > 0) this.timer = setTimeout(this.wake, pause)
  }

  async kept(): Promise<Draft[]> {
    try {
      return await keptDrafts(this.account)
    } catch {
      // A private window may have no IndexedDB at all; then nothing was kept, and the form says so when it tries.
      return []
    }
  }

  private async deliver(draft: Draft): Promise<Sent> {
    const asked = draft.saved
    const sent = await this.attempt(draft)
    // What was typed while it was on its way is a draft again, of what is at the server now.
    if (sent.how === 'sent') await (draft.saved === asked ? dropped(draft.key) : kept(draft))
    else {
      draft.standing = sent.how === 'signed_out' ? 'waiting' : sent.how
      draft.told = 'problem' in sent ? `${sent.problem.title} ${sent.problem.detail}`.trim() : ''
      await kept(draft)
      if (sent.how === 'waiting') {
        clearTimeout(this.timer)
        this.timer = setTimeout(this.wake, pause)
      }
    }
    this.onChange(draft, sent)
    return sent
  }

  private async attempt(draft: Draft): Promise<Sent> {
    try {
      for (const photo of draft.photos) {
        if (photo.id !== null || photo.file === null) continue
        photo.id = (await sendPhoto(photo.file)).id
        photo.file = null
        await kept(draft)
      }
      return { how: 'sent', registration: await register(draft) }
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      if (cause.status === 0 || cause.status >= 500 || cause.status === 429) return { how: 'waiting' }
      if (cause.status === 401) return { how: 'signed_out' }
      return { how: cause.status === 409 || cause.status === 412 ? 'conflict' : 'refused', problem: cause }
    }
  }
}

async function register(draft: Draft): Promise<Registration> {
  const body = bodyOf(draft)
  let made: Registration
  if (draft.id === null || draft.version === null) {
    const answer = await makeRegistration(draft.submit ? { ...body, submit: true } : body, draft.key)
    made = await remember(draft, answer.body)
    // It was there already: an answer got lost on its way, and what was typed since then is not in it.
    if (answer.status === 200 && made.state !== 'submitted') made = await saveRegistration(made, body)
  } else {
    made = await saveRegistration({ id: draft.id, version: draft.version }, body)
  }
  made = await remember(draft, made)
  return draft.submit && made.state !== 'submitted' && made.state !== 'published' ? submit(made) : made
}

async function remember(draft: Draft, { id, version, state, ...rest }: Registration): Promise<Registration> {
  draft.id = id
  draft.version = version
  await kept(draft)
  return { id, version, state, ...rest }
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
