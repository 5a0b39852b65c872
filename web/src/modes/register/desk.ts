import { isAbort } from '../../api/client'
import { getDesk, type Listed, listRegistrations, type Registration } from '../../api/registrations'
import { may } from '../../api/session'
import { askSure } from '../../panels/register/ask'
import { DeskPanel, type Filter } from '../../panels/register/desk'
import { type Draft, dropDraft } from '../../state/drafts'
import { r } from '../../text/register/words'
import type { Office, Room } from './office'
import type { Progress } from './outbox'
import { progressWords } from './progress'

const pageSize = 50

/** The desk of somebody who registers, fed from the server and from this device. */
export class DeskRoom implements Room {
  readonly element: HTMLElement
  private readonly panel: DeskPanel
  private kept: Draft[] = []
  private waits: Registration[] = []
  private listed: Registration[] | null = null
  private latest: Listed | null = null
  private reports = 0
  private filter: Filter = { q: '', state: '', kind: '' }
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: AbortController | null = null
  private readonly back = (): void => void this.refresh()

  constructor(private readonly office: Office) {
    this.panel = new DeskPanel(office.county, office.person, {
      filter: (filter) => this.narrow(filter),
      more: () => void this.load(this.latest?.next ?? null),
      drop: (draft) => this.drop(draft),
      send: (draft) => void office.outbox.send(draft).then(() => this.refresh()),
    })
    this.element = this.panel.element
    window.addEventListener('online', this.back)
    void this.refresh()
  }

  close(): void {
    window.removeEventListener('online', this.back)
    clearTimeout(this.timer)
    this.running?.abort()
  }

  /** A photo is on its way: which, and how far. */
  carried({ key }: Draft, progress: Progress | null): void {
    // As it begins the line changes as a whole: it is being sent now.
    if (progress?.share === 0) this.draw()
    this.panel.carried(key, progress ? progressWords(progress) : '')
  }

  /** Something was sent, or came back. */
  async refresh(): Promise<void> {
    this.kept = await this.office.outbox.kept()
    this.draw()
    for (const { key } of this.kept) {
      const progress = this.office.outbox.progress(key)
      if (progress) this.panel.carried(key, progressWords(progress))
    }
    await Promise.all([this.load(null), this.loadWaiting()])
  }

  private draw(): void {
    this.panel.update({
      kept: this.kept,
      sending: (key) => this.office.outbox.sending(key),
      waits: this.waits,
      listed: this.listed,
      counts: this.latest?.counts ?? null,
      more: this.latest?.next != null,
      reports: this.reports,
      filter: this.filter,
    })
  }

  private narrow(filter: Filter): void {
    this.filter = filter
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(null), 200)
  }

  private async load(cursor: string | null): Promise<void> {
    this.running?.abort()
    const running = new AbortController()
    this.running = running
    const { q, state, kind } = this.filter
    const where = {
      q: q || undefined,
      state: state || undefined,
      kind: kind || undefined,
      sort: 'newest',
      limit: pageSize,
      cursor: cursor ?? undefined,
    }
    try {
      const listed = await listRegistrations(where, running.signal)
      this.listed = cursor === null ? listed.registrations : [...(this.listed ?? []), ...listed.registrations]
      this.latest = listed
      this.draw()
    } catch (cause) {
      // Without a signal the page says so above, and looks again when it is back; drafts on the device stay in sight.
      if (isAbort(cause) || !navigator.onLine) return
      this.office.problem(cause, () => void this.load(cursor))
    }
  }

  /** What was returned first, then what is half written; and how many reports wait. */
  private async loadWaiting(): Promise<void> {
    const { person, signal } = this.office
    try {
      const ask = (state: string): Promise<Listed> => listRegistrations({ state, sort: 'oldest', limit: 20 }, signal)
      const [returned, drafts, desk] = await Promise.all([ask('returned'), ask('draft'), getDesk(signal)])
      const own = ({ author }: Registration): boolean => person.unit !== null || author.account === person.account
      this.waits = [...returned.registrations, ...drafts.registrations].filter(own)
      this.reports = may(person, 'register') ? desk.reports.open : 0
      this.draw()
    } catch (cause) {
      if (!isAbort(cause)) this.draw()
    }
  }

  private drop(draft: Draft): void {
    askSure(r().desk.deleteTitle, r().desk.deleteHint, r().desk.delete, () => {
      void this.office.attempt(async () => {
        await dropDraft(draft.key)
        this.kept = this.kept.filter(({ key }) => key !== draft.key)
        this.office.mention(r().desk.deleted)
        this.draw()
      })
    })
  }
}
