import { isAbort, Problem } from '../api/client'
import { keepSites } from '../api/kept'
import { askNearby, type Nearby, type NearFeature } from '../api/nearby'
import { inside, type Place } from '../api/places'
import { walkerFor } from '../api/profiles'
import { noticeOf } from '../panels/around'
import type { Refusal } from '../panels/find/invitation'
import { momentInWords, needsOf, needsRow, onWheels } from '../panels/find/needs'
import { fromBar, nearRow, nothingNear } from '../panels/find/results'
import type { Origin } from '../state/state'
import { noWish } from '../state/wish'
import { f } from '../text/find/words'
import { nameOf } from '../text/language'
import { count } from '../text/numbers'
import { button } from '../ui/button'
import { h, replace } from '../ui/dom'
import { icon } from '../ui/icons'
import { tabsHead } from './heads'
import { showInvitation } from './invite'
import { straightLine } from './near_offline'
import { nearQuestion } from './near_question'
import { locate } from './origin'
import { shareSearch } from './share'
import type { Stage } from './stage'

const step = 10
const most = 50
/** Milliseconds for which an answer is shown again without asking. */
const fresh = 120_000

/** What is near, by walking time, to somebody who has said where they start. */
export function enterNearby(stage: Stage): () => void {
  tabsHead(stage, 'nearby')
  const finding = new Finding(stage)
  finding.draw()
  const stops = [
    stage.store.watch(['origin'], () => finding.draw()),
    stage.store.watch(['wish', 'kinds'], () => finding.askAgain()),
  ]
  stage.renewed = () => finding.renew()
  return () => {
    for (const stop of stops) stop()
    finding.close()
    stage.renewed = () => undefined
  }
}

class Finding {
  private readonly top = h('div', { class: 'near-top' })
  private readonly status = h('div', { role: 'status', tabindex: '-1' })
  private readonly list = h('div')
  private running: AbortController | null = null
  private limit = step
  private refused: Refusal | null = null

  constructor(private readonly stage: Stage) {}

  close(): void {
    this.running?.abort()
    const { found, frame } = this.stage
    if (found) found.scroll = frame.body.scrollTop
  }

  draw(): void {
    const { origin } = this.stage.store.state
    this.stage.frame.body.scrollTop = 0
    if (!origin) {
      this.running?.abort()
      this.stage.narrow(null)
      this.invite()
      return
    }
    this.refused = null
    this.limit = this.stage.found?.limit ?? step
    replace(this.stage.frame.body, h('div', { class: 'near' }, this.top, this.status, this.list))
    this.drawTop(origin)
    void this.ask(origin, true)
  }

  askAgain(): void {
    const { origin } = this.stage.store.state
    if (!origin) return
    this.limit = step
    this.drawTop(origin)
    void this.ask(origin, false)
  }

  /** Something was published. */
  renew(): void {
    this.stage.found = null
    const { origin } = this.stage.store.state
    if (origin) void this.ask(origin, false)
  }

  private invite(): void {
    showInvitation(this.stage, this.refused, () => void this.findMe())
  }

  /** While the device looks for itself the person reads that it does. */
  private async findMe(): Promise<void> {
    const { body } = this.stage.frame
    const pressed = body.querySelectorAll<HTMLButtonElement>('#find-open, #find-all')
    for (const one of pressed) one.disabled = true
    const note = h('p', { class: 'invite-note', role: 'status' }, f().invite.asking)
    body.querySelector('.invite-pair')?.after(note)
    const left = this.stage.store.state.mode
    this.refused = await locate(this.stage)
    if (this.refused && this.stage.store.state.mode === left) {
      this.invite()
      body.querySelector<HTMLElement>('#find-type')?.focus()
    }
  }

  private drawTop(origin: Origin): void {
    const { stage } = this
    const { wish, kinds } = stage.store.state
    const held = this.top.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.need : null
    const scrolled = this.top.querySelector('.needs')?.scrollLeft ?? 0
    replace(
      this.top,
      fromBar(origin, {
        change: () => stage.store.set({ origin: null }),
        again: () => void locate(stage).then((why) => why && stage.frame.toasts.show(f().failed[why])),
      }),
      needsRow(wish, needsOf(stage.county, kinds), (next) => stage.store.set({ wish: next })),
    )
    const row = this.top.querySelector('.needs')
    if (row) row.scrollLeft = scrolled
    if (held) this.top.querySelector<HTMLElement>(`[data-need="${held}"]`)?.focus({ preventScroll: true })
  }

  private async ask(origin: Origin, fit: boolean): Promise<void> {
    this.running?.abort()
    const running = new AbortController()
    this.running = running
    const { signal } = running
    const { stage } = this
    const { wish, kinds } = stage.store.state
    const walker = walkerFor(wish.age, onWheels(wish), await stage.profiles())
    if (signal.aborted) return
    const needs = needsOf(stage.county, kinds)
    const question = nearQuestion({ origin, wish, kinds, needs, walker, limit: this.limit, today: new Date() })
    const key = JSON.stringify(question)
    const who = walker ? nameOf(walker.name) : ''
    const found = stage.found
    if (found?.key === key && Date.now() - found.at < fresh) {
      this.show(found.answer, who, fit ? origin : null)
      stage.frame.body.scrollTop = found.scroll
      this.list.querySelector<HTMLElement>(`[data-site="${found.opened}"]`)?.focus({ preventScroll: true })
      return
    }
    this.status.textContent = f().list.searching
    this.status.className = 'muted padded'
    try {
      const answer = await askNearby(question, signal)
      stage.found = { key, at: Date.now(), answer, limit: this.limit, scroll: 0, opened: null }
      this.show(answer, who, fit ? origin : null)
      void keepSites(answer.features)
    } catch (cause) {
      if (isAbort(cause)) return
      if (cause instanceof Problem && cause.status === 0) this.showOffline(origin, fit)
      else this.fail(cause, () => void this.ask(origin, fit))
    }
  }

  private show(answer: Nearby, walker: string, fitFrom: Origin | null): void {
    const { stage } = this
    const { features, beyond } = answer
    const shown = features.length > 0 ? features : beyond
    const places = shown.map((site) => stage.places.keep(site))
    const { wish, kinds } = stage.store.state
    const rows = (sites: readonly NearFeature[]): HTMLElement[] => sites.map((site) => this.row(site, answer.at))
    this.status.className = ''
    if (features.length > 0) {
      const n = count(features.length)
      const title = answer.by === 'walk' ? f().list.title(n) : f().list.titleStraight(n)
      replace(this.status, this.title(title), h('p', { class: 'near-pace' }, this.pace(answer, walker)))
      const more = features.length >= this.limit && this.limit < most
      const fewer = !more && answer.explain ? h('p', { class: 'near-fewer' }, nameOf(answer.explain)) : null
      replace(this.list, h('ul', { class: 'rows' }, ...rows(features)), more ? this.more() : fewer)
    } else {
      const clear = (): void => {
        stage.store.set({ wish: noWish, kinds: [] })
        this.top.querySelector<HTMLElement>('[data-need]')?.focus()
      }
      const explain = answer.explain ? nameOf(answer.explain) : ''
      const filtered = kinds.length > 0 || wish.age !== null || wish.needs.length > 0
      replace(this.status)
      replace(this.list, nothingNear({ open: wish.open, filtered, explain, clear }, rows(beyond)))
      this.status.append(h('span', { class: 'visually-hidden' }, f().list.none))
    }
    stage.narrow(places, false)
    // The button that was pressed is gone: whoever works by keys or by ear goes on from the answer.
    if (document.activeElement === document.body) this.status.focus({ preventScroll: true })
    // Another question may have its answers elsewhere.
    const from = fitFrom ?? (this.sees(places) ? null : stage.store.state.origin)
    if (from) this.fit(places, from)
  }

  private sees(places: readonly Place[]): boolean {
    const seen = this.stage.seen()
    return places.slice(0, 3).some(({ lat, lon }) => inside([lon, lat, lon, lat], seen))
  }

  /** The start and the nearest few in sight. */
  private fit(places: readonly Place[], { lat, lon }: Origin): void {
    this.stage.fit([...places.slice(0, 3), { ...nowhere, lat, lon }])
  }

  private title(words: string): HTMLElement {
    const share = button(
      () => void shareSearch(this.stage),
      { class: 'text-button', id: 'share-search' },
      icon('share', 18),
      f().share.open,
    )
    return h('div', { class: 'list-head' }, h('h2', { class: 'list-title' }, words), share)
  }

  private pace(answer: Nearby, walker: string): string {
    if (answer.by !== 'walk') return f().list.straight
    const { at } = this.stage.store.state.wish
    if (!walker) return f().list.noPace
    return at ? f().list.paceThen(walker, momentInWords(at)) : f().list.pace(walker)
  }

  private row(site: NearFeature, at: string): HTMLElement {
    const { stage } = this
    return nearRow(site, {
      at,
      chosen: stage.store.state.wish.at !== null,
      county: stage.county,
      kinds: stage.store.state.kinds.length !== 1,
      choices: {
        choose: (id) => {
          if (stage.found) stage.found.opened = id
          stage.openCard(id)
        },
        point: (pointed) => stage.store.set({ pointed }),
      },
    })
  }

  private more(): HTMLElement {
    const further = (): void => {
      const before = this.limit
      this.limit = Math.min(most, this.limit * 2)
      const { origin } = this.stage.store.state
      if (!origin) return
      void this.ask(origin, false).then(() => {
        this.list.querySelectorAll<HTMLElement>('.near-row')[before]?.focus()
      })
    }
    return h('div', { class: 'near-more' }, button(further, { class: 'button wide' }, f().list.more))
  }

  /** With no signal: what was loaded before, by straight line, and a word that it is no more than that. */
  private showOffline(origin: Origin, fit: boolean): void {
    const { stage } = this
    const features = straightLine(stage, origin, this.limit)
    this.status.className = ''
    replace(this.status, this.title(f().list.titleStraight(count(features.length))))
    this.status.append(
      h('p', { class: 'near-pace' }, stage.store.state.wish.open ? f().list.offlineOpen : f().list.offline),
    )
    replace(this.list, h('ul', { class: 'rows' }, ...features.map((site) => this.row(site, ''))))
    const places = features.map((site) => stage.places.keep(site))
    stage.narrow(places, false)
    if (fit) this.fit(places, origin)
  }

  private fail(cause: unknown, retry: () => void): void {
    this.status.className = 'visually-hidden'
    this.status.textContent = f().list.failed
    replace(this.list, noticeOf(cause, retry))
  }
}

const nowhere = { id: 0, kind: '', name: { zh: '' }, area: null, lat: 0, lon: 0, demonstration: false }
