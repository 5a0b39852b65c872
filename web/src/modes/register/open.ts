import { isAbort, Problem, problemFrom } from '../../api/client'
import type { County } from '../../api/county'
import { Events } from '../../api/events'
import { type Link, lastPerson, me, type Person, readLink, signIn, takeLink } from '../../api/session'
import { failedNotice } from '../../panels/around'
import { makeOffice, type OfficeFrame } from '../../panels/register/frame'
import { otherPage } from '../../panels/register/other'
import { linkPage } from '../../panels/register/password'
import { loadingNote } from '../../panels/register/rows'
import { signInPage } from '../../panels/register/sign_in'
import { keepLanguage } from '../../state/language'
import { language, nameOf, setLanguage, t } from '../../text/language'
import { r } from '../../text/register/words'
import { h } from '../../ui/dom'
import { notice } from '../../ui/notice'
import { readAddress } from './address'
import { DeskRoom } from './desk'
import { FormRoom } from './form'
import { type Address, Office, type Room } from './office'
import { Outbox, type Sent } from './outbox'
import { enter, firstRoom } from './rooms'
import { Tabs } from './tabs'

/** The page behind the second door: whoever is not signed in signs in, everybody else goes from room to room. */
export class RegisterPage {
  private frame!: OfficeFrame
  private office: Office | null = null
  private person: Person | null = null
  private room: Room | null = null
  private leaving = new AbortController()
  private expired = false
  private readonly events = new Events()
  private readonly tabs = new Tabs((account) => void this.heard(account))

  constructor(
    private readonly root: HTMLElement,
    private readonly county: County,
  ) {
    this.speak()
    window.addEventListener('hashchange', () => void this.follow())
    const signal = (): void => this.frame.offline(!navigator.onLine)
    window.addEventListener('online', signal)
    window.addEventListener('offline', signal)
  }

  async start(): Promise<void> {
    this.take(await this.whoever())
    await this.follow()
  }

  /** Who is signed in; with no signal whoever was last, as their drafts are on this device anyway. */
  private async whoever(): Promise<Person | null> {
    try {
      return await me()
    } catch (cause) {
      const last = cause instanceof Problem && cause.status === 0 ? lastPerson() : null
      if (!last) throw cause
      return last
    }
  }

  /** Lays the page out in the language of the reader. */
  private speak(): void {
    document.documentElement.lang = t().lang
    const name = this.county.config.county
    document.title = name ? r().titleOf(nameOf(name)) : r().title
    this.frame = makeOffice(() => {
      const next = language() === 'zh' ? 'en' : 'zh'
      setLanguage(next)
      keepLanguage(next)
      this.speak()
      this.take(this.person)
      void this.follow().then(() => document.getElementById('language')?.focus())
    })
    this.root.replaceChildren(this.frame.element)
    this.frame.offline(!navigator.onLine)
  }

  /** Somebody is signed in now, or nobody. */
  private take(person: Person | null): void {
    this.office?.outbox.stop()
    this.person = person
    this.office = null
    if (!person) return
    const outbox = new Outbox(person.account)
    outbox.onChange = (draft, sent) => this.sent(draft.name, sent, draft)
    outbox.onProgress = (draft, progress) => {
      if (this.room instanceof FormRoom) this.room.carried(draft, progress)
      if (this.room instanceof DeskRoom) this.room.carried(draft, progress)
    }
    this.office = new Office(
      this.county,
      person,
      this.frame,
      outbox,
      this.events,
      (expired) => this.signedOut(expired),
      () => void this.follow(),
    )
    outbox.start()
  }

  /** Somebody signed in here, by this tab. */
  private arrived(person: Person): void {
    this.take(person)
    this.tabs.tell(person.account)
  }

  /** Another tab says who is signed in at this browser now. */
  private async heard(account: string | null): Promise<void> {
    if (account === null || account === this.person?.account || !this.person) return
    try {
      const person = await me()
      if (person && this.person && person.account !== this.person.account) this.another(person)
    } catch (cause) {
      // Without a signal nothing can be sent as somebody else either; before it is sent it is asked again.
      if (!(cause instanceof Problem)) throw cause
    }
  }

  /** The browser is somebody else's now: this tab says so, and does nothing as them before they say yes. */
  private another(person: Person): void {
    const former = this.person?.name ?? ''
    this.room?.close?.()
    this.room = null
    this.leaving.abort()
    this.take(null)
    this.frame.doors(null, '')
    const on = (): void => {
      this.take(person)
      if (this.office) this.redirect(firstRoom(this.office))
    }
    this.frame.show(otherPage(former, person.name, on))
  }

  private signedOut(expired: boolean): void {
    if (!expired && this.person) this.tabs.tell(null)
    this.take(null)
    this.expired = expired
    const back = location.hash.replace(/^#/, '')
    location.hash = expired ? `/signin?back=${encodeURIComponent(back)}` : '/signin'
  }

  private sent(name: string, sent: Sent, draft: Parameters<FormRoom['follow']>[0]): void {
    if (sent.how === 'other') {
      this.another(sent.person)
      return
    }
    if (sent.how === 'sent' && draft.submit && !(this.room instanceof FormRoom))
      this.frame.toasts.mention(r().standing.submitted(name || r().desk.unnamed))
    if (this.room instanceof DeskRoom) void this.room.refresh()
    if (this.room instanceof FormRoom) this.room.follow(draft, sent)
  }

  /** Opens the room that the address names. */
  private async follow(): Promise<void> {
    this.room?.close?.()
    this.room = null
    // What was asked in a room is not answered in another.
    for (const dialog of document.querySelectorAll('dialog')) dialog.close()
    this.leaving.abort()
    const leaving = new AbortController()
    this.leaving = leaving
    const address = readAddress(location.hash)
    const [first = ''] = address.parts
    try {
      if (first === 'link') await this.showLink(address.parts[1] ?? '', leaving.signal)
      else if (!this.office || first === 'signin') this.showSignIn(address)
      else if (first === '') this.redirect(firstRoom(this.office))
      else await this.enter(this.office, address, leaving)
    } catch (cause) {
      if (isAbort(cause) || leaving.signal.aborted) return
      this.failed(cause)
    }
  }

  private redirect(to: string): void {
    // Rooms of this page begin with a slash; anything else is what somebody saw on the map, where they go on.
    if (!to.startsWith('/')) {
      location.assign(`./#${to}`)
      return
    }
    // In place of the address that meant nothing, so that "back" leads out of here.
    history.replaceState(null, '', `#${to}`)
    void this.follow()
  }

  private async enter(office: Office, address: Address, leaving: AbortController): Promise<void> {
    office.signal = leaving.signal
    this.doors(address.parts[0] ?? '')
    this.frame.show(loadingNote())
    const room = await enter(office, address)
    if (leaving.signal.aborted) {
      room.close?.()
      return
    }
    this.room = room
    this.frame.show(room.element)
    room.opened?.()
    this.read()
  }

  private doors(room: string): void {
    const desk = ['desk', 'new', 'draft', 'edit', 'amend', 'close']
    this.frame.doors(this.person, desk.includes(room) ? 'desk' : room)
  }

  /** Whoever works with keys or hears the page goes on from the heading of the new room. */
  private read(): void {
    const title = this.frame.main.querySelector<HTMLElement>('.office-title')
    if (document.activeElement === document.body || document.activeElement === null)
      title?.focus({ preventScroll: true })
  }

  private showSignIn({ query }: Address): void {
    const back = query.get('back') ?? (location.hash.startsWith('#/signin') ? '' : location.hash.replace(/^#/, ''))
    if (this.office) {
      this.goBack(this.office, back)
      return
    }
    this.frame.doors(null, '')
    const page = signInPage(this.expired ? r().signIn.expired : null, async (account, password) => {
      this.arrived(await signIn(account, password))
      this.expired = false
      if (this.office) this.goBack(this.office, back)
    })
    this.frame.show(page)
    page.querySelector<HTMLElement>('#account')?.focus()
  }

  /** To where somebody came from: a room of this page, or a state of the map. What comes after # leads nowhere else. */
  private goBack(office: Office, back: string): void {
    if (back === '' || back.startsWith('/')) this.redirect(back || firstRoom(office))
    else location.assign(`./#${back.replace(/^#/, '')}`)
  }

  private async showLink(token: string, signal: AbortSignal): Promise<void> {
    this.frame.doors(null, '')
    this.frame.show(loadingNote())
    let link: Link
    try {
      link = await readLink(token, signal)
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.status < 400 || cause.status >= 500) throw cause
      const on = h('a', { class: 'button primary', href: '#/signin' }, r().link.toSignIn)
      this.frame.show(notice(r().link.gone, [r().link.goneHint], on))
      return
    }
    const page = linkPage(link, async (password) => {
      this.arrived(await takeLink(token, password))
      if (this.office) this.redirect(firstRoom(this.office))
    })
    this.frame.show(page)
    page.querySelector<HTMLElement>('#new')?.focus()
  }

  private failed(cause: unknown): void {
    const problem = problemFrom(cause)
    if (problem.status === 401 && this.office) {
      this.signedOut(true)
      return
    }
    this.frame.show(failedNotice(problem.title, problem.detail, () => void this.follow()))
  }
}
