import '../../style/review.css'
import { isAbort } from '../../api/client'
import { getUnits } from '../../api/people'
import {
  decideMany,
  getDesk,
  getRegistration,
  type Listed,
  listRegistrations,
  type Opened,
  publish,
  type Registration,
  returnTo,
  type Versioned,
} from '../../api/registrations'
import { askWords } from '../../panels/register/ask'
import { showKeys } from '../../panels/review/dialogs'
import { noFilter, type QueueFilter, QueuePanel } from '../../panels/review/queue'
import { pickHint, unitsPart } from '../../panels/review/side'
import { language } from '../../text/language'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { h } from '../../ui/dom'
import type { Office, Room } from '../register/office'
import { reviewKeys } from './keys'
import { mergeInto } from './merge'
import { OpenedView } from './opened'
import { compareWithSite, isMoved, isOvertaken } from './overtaken'

const pageSize = 100

/** The reviewer's desk: the queue on the left, one registration beside its map on the right. */
export class ReviewRoom implements Room {
  readonly element: HTMLElement
  private readonly panel: QueuePanel
  private readonly side = h('div', { class: 'review-side' })
  private view: OpenedView | null = null
  private listed: Registration[] | null = null
  private latest: Listed | null = null
  private filter: QueueFilter = noFilter
  private picked = new Set<string>()
  private results = new Map<string, string>()
  private running: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private stale = false
  private readonly stops: (() => void)[] = []

  constructor(
    private readonly office: Office,
    private wanted: string | null,
  ) {
    this.panel = new QueuePanel(office.county, {
      filter: (filter) => this.narrow(filter),
      open: (id) => void this.open(id),
      pick: (id, on) => this.pick(id, on),
      pickAll: (on) => this.pickAll(on),
      publishMany: () => void this.many('publish'),
      returnMany: () => this.askReason(String(this.picked.size), (reason) => void this.many('return', reason)),
      more: () => void this.load(this.latest?.next ?? null),
      refresh: () => void this.load(null),
    })
    this.element = h('div', { class: 'review' }, this.panel.element, this.side)
    this.stops.push(
      reviewKeys({
        step: (by) => this.step(by),
        publish: () => this.publish(),
        return: () => this.return(),
        merge: () => this.merge(),
        pick: () => this.pickOpened(),
        help: showKeys,
      }),
      office.onNews('desk', () => this.news()),
    )
    this.showNone()
    void this.load(null)
    void this.loadUnits()
  }

  close(): void {
    clearTimeout(this.timer)
    this.running?.abort()
    this.view?.close()
    for (const stop of this.stops) stop()
  }

  private draw(): void {
    this.panel.update({
      listed: this.listed,
      total: this.latest?.counts.submitted ?? null,
      more: this.latest?.next != null,
      open: this.view?.one.id ?? null,
      picked: this.picked,
      results: this.results,
      filtered: Object.values(this.filter).some((value) => value !== ''),
      stale: this.stale,
    })
  }

  private narrow(filter: QueueFilter): void {
    this.filter = filter
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(null), 200)
  }

  /** Something was submitted or decided elsewhere: said, not done, so that no line moves under a finger. */
  private news(): void {
    this.stale = true
    this.draw()
  }

  private async load(cursor: string | null): Promise<void> {
    this.running?.abort()
    const running = new AbortController()
    this.running = running
    const { q, ...rest } = this.filter
    const narrowed = Object.fromEntries(
      Object.entries({ q, ...rest }).map(([name, value]) => [name, value || undefined]),
    )
    const where = { ...narrowed, state: 'submitted', sort: 'oldest', limit: pageSize, cursor: cursor ?? undefined }
    try {
      const listed = await listRegistrations(where, running.signal)
      this.listed = cursor === null ? listed.registrations : [...(this.listed ?? []), ...listed.registrations]
      this.latest = listed
      this.stale = false
      const here = new Set(this.listed.map(({ id }) => id))
      this.picked = new Set([...this.picked].filter((id) => here.has(id)))
      this.draw()
      const { wanted } = this
      this.wanted = null
      if (wanted) await this.open(wanted)
    } catch (cause) {
      if (!isAbort(cause)) this.office.problem(cause, () => void this.load(cursor))
    }
  }

  private async loadUnits(): Promise<void> {
    try {
      const [desk, units] = await Promise.all([getDesk(this.office.signal), getUnits(this.office.signal)])
      this.panel.units(units)
      if (!this.view) this.side.append(unitsPart(desk.units))
    } catch (cause) {
      this.office.problem(cause, () => void this.loadUnits())
    }
  }

  private showNone(): void {
    this.view?.close()
    this.view = null
    this.element.classList.remove('has-opened')
    this.side.replaceChildren(pickHint(showKeys))
  }

  private async open(id: string): Promise<void> {
    try {
      const one = await getRegistration(id, this.office.signal)
      this.view?.close()
      this.element.classList.add('has-opened')
      this.view = new OpenedView(this.office, one, this.side, {
        publish: () => this.publish(),
        return: () => this.return(),
        merge: () => this.merge(),
        compare: () => this.compare(),
        back: () => {
          this.showNone()
          void this.loadUnits()
          this.draw()
          this.panel.focus(id)
        },
      })
      this.side.scrollTop = 0
      this.draw()
      this.side.querySelector<HTMLElement>('.opened-name')?.focus({ preventScroll: true })
    } catch (cause) {
      this.office.problem(cause, () => void this.open(id))
    }
  }

  private step(by: 1 | -1): void {
    const listed = this.listed ?? []
    if (listed.length === 0) return
    const at = listed.findIndex(({ id }) => id === this.view?.one.id)
    const next = at < 0 ? (by > 0 ? 0 : listed.length - 1) : Math.min(listed.length - 1, Math.max(0, at + by))
    const id = listed[next]?.id
    if (id && id !== this.view?.one.id) void this.open(id)
  }

  private pick(id: string, on: boolean): void {
    if (on) this.picked.add(id)
    else this.picked.delete(id)
    this.draw()
  }

  private pickAll(on: boolean): void {
    this.picked = new Set(on ? (this.listed ?? []).map(({ id }) => id) : [])
    this.draw()
  }

  private pickOpened(): void {
    const id = this.view?.one.id
    if (id) this.pick(id, !this.picked.has(id))
  }

  private publish(): void {
    const one = this.submitted()
    if (!one) return
    // What it was made on is not there any more: the server would refuse it, and the reviewer chooses line by line.
    if (isMoved(one)) this.compare()
    else void this.decide(one, () => publish(one), v().published(one.name))
  }

  /** A change whose site was published anew: both versions, and published as chosen, or returned. */
  private compare(): void {
    const one = this.submitted()
    if (!one) return
    const decide = (run: () => Promise<unknown>): void => void this.decide(one, run, v().published(one.name))
    void this.office.attempt(() => compareWithSite(this.office, one, { decide, return: () => this.return() }))
  }

  private return(): void {
    const one = this.submitted()
    if (!one) return
    this.askReason(one.name, (reason) => void this.decide(one, () => returnTo(one, reason), v().returned(one.name)))
  }

  private merge(): void {
    const one = this.submitted()
    if (!one || !this.view) return
    mergeInto(this.office, one, this.view.near, (run, name) => void this.decide(one, run, v().merged(name)))
  }

  private submitted(): Opened | null {
    const one = this.view?.one ?? null
    return one?.state === 'submitted' ? one : null
  }

  private askReason(name: string, run: (reason: string) => void): void {
    const words = v()
    askWords(
      {
        title: `${words.return}: ${name}`,
        label: words.reason,
        hint: words.reasonHint,
        missing: words.noReason,
        yes: words.return,
      },
      run,
    )
  }

  /** Decides one, and goes on to the next in the queue. */
  private async decide(one: Versioned, run: () => Promise<unknown>, said: string): Promise<void> {
    this.view?.panel.busy(true)
    try {
      await run()
    } catch (cause) {
      this.view?.panel.busy(false)
      if (isOvertaken(cause)) await this.overtaken(one)
      else this.office.problem(cause)
      return
    }
    this.office.mention(said)
    const at = (this.listed ?? []).findIndex(({ id }) => id === one.id)
    const next = this.listed?.[at + 1]?.id ?? this.listed?.[at - 1]?.id ?? null
    this.wanted = next
    if (!next) this.showNone()
    await this.load(null)
  }

  /** Somebody came first: with this registration, which is then shown as it is now, or with the site that it is about. */
  private async overtaken(one: Versioned): Promise<void> {
    await this.open(one.id)
    const now = this.submitted()
    if (now?.id === one.id && isMoved(now)) this.compare()
    else this.office.frame.toasts.show(now?.version === one.version ? v().siteMoved : v().gone)
  }

  private async many(decision: 'publish' | 'return', reason?: string): Promise<void> {
    const ids = (this.listed ?? []).filter(({ id }) => this.picked.has(id)).map(({ id, version }) => ({ id, version }))
    await this.office.attempt(async () => {
      const results = await decideMany(ids, decision, reason)
      const bad = results.filter(({ ok }) => !ok)
      this.results = new Map(bad.map(({ id, problem }) => [id, problemName(problem)]))
      this.picked = new Set(bad.map(({ id }) => id))
      this.office.mention(v().results(String(results.length - bad.length), String(bad.length)))
      this.showNone()
      await this.load(null)
      await this.loadUnits()
    })
  }
}

function problemName(problem: { title: string; title_zh: string } | null | undefined): string {
  return (language() === 'zh' ? problem?.title_zh : problem?.title) || r().failed
}
