import { isAbort, Problem } from '../../api/client'
import { check, type Registration, type Warning, withdraw } from '../../api/registrations'
import { askSure } from '../../panels/register/ask'
import { FormPanel } from '../../panels/register/form/form'
import { PhotosField } from '../../panels/register/form/photos'
import { WarningsPanel } from '../../panels/register/form/warnings'
import { problemSummary } from '../../panels/register/sign_in'
import { type Draft, dropDraft, keepDraft } from '../../state/drafts'
import { f } from '../../text/form/words'
import { r } from '../../text/register/words'
import { conflictOver, rebaseOver } from './conflict'
import { isBehind, type Now } from './drafts'
import type { Office, Room } from './office'
import { bodyOf, type Progress, type Sent } from './outbox'
import { addPhotos, movedForward } from './photos'
import { Placing } from './place'
import { progressWords } from './progress'
import { isEmpty, wrongInWords } from './wrong'

/** Fields that only submitting needs. */
const needed = ['name', 'lon', 'lat']

/** One draft under the hands of a person: kept on the device at every change, checked while typing, sent when asked. */
export class FormRoom implements Room {
  readonly element: HTMLElement
  private readonly panel: FormPanel
  private readonly placing: Placing
  private readonly photos: PhotosField
  private readonly warnings: WarningsPanel
  private checking: AbortController | null = null
  private timers: { keep?: ReturnType<typeof setTimeout>; check?: ReturnType<typeof setTimeout> } = {}
  private closed = false
  private touched = false
  /** Whether something was taken over from another version. */
  private chosen = false

  constructor(
    private readonly office: Office,
    private readonly draft: Draft,
    private readonly from: Registration | null,
    /** What the public sees of the site now; nothing without a signal. */
    private readonly now: Now | null = null,
  ) {
    this.placing = new Placing(office, ({ lon, lat }) => this.change({ lon, lat }))
    this.photos = new PhotosField({
      add: (files) =>
        void addPhotos(
          this.photos,
          files,
          () => draft.photos,
          (photos) => this.setPhotos(photos),
        ),
      remove: (key) => this.setPhotos(draft.photos.filter((photo) => photo.key !== key)),
      earlier: (key) => this.setPhotos(movedForward(draft.photos, key)),
    })
    this.warnings = new WarningsPanel({
      amend: (site) => office.go(`/amend/${site}`),
      open: (id) => office.go(`/edit/${id}`),
      show: () => undefined,
    })
    const parts = { place: this.placing.field, photos: this.photos, warnings: this.warnings }
    this.panel = new FormPanel(office.county, draft, from, parts, {
      change: (patch) => this.change(patch),
      attribute: (id, value) => this.change({ attributes: { ...draft.attributes, [id]: value } }),
      save: () => void this.send(false),
      submit: () => void this.send(true),
      discard: () => this.discard(),
    })
    this.element = this.panel.element
    this.photos.update(draft.photos)
    if (draft.standing !== 'device') this.stand()
    if (isBehind(draft, now)) this.panel.overtaken(() => void this.rebase(now, () => office.again()))
  }

  /** Called when the element is in the page. */
  opened(): void {
    const { lon, lat, kind, change } = this.draft
    if (change !== 'close') this.placing.open(lon !== null && lat !== null ? { lon, lat } : null, kind)
    if (this.draft.standing === 'refused' || lon !== null) this.soonCheck()
    if (this.draft.standing === 'conflict') void this.send(this.draft.submit)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timers.check)
    this.checking?.abort()
    if (this.timers.keep !== undefined) void this.keep()
    this.placing.close()
  }

  /** The outbox sent a copy of this draft that it had kept, while the form was open. */
  follow(copy: Draft, sent: Sent): void {
    const { draft } = this
    // What the form sent itself it hears of itself; kept again here it would be sent again.
    if (copy === draft || copy.key !== draft.key || sent.how !== 'sent' || this.closed) return
    if (!this.touched) {
      this.office.go('/desk')
      return
    }
    draft.id = sent.registration.id
    draft.version = sent.registration.version
    void this.keep()
  }

  private change(patch: Partial<Draft>): void {
    const { draft } = this
    Object.assign(draft, patch, { saved: new Date().toISOString(), standing: 'device', submit: false, told: '' })
    this.touched = true
    if (patch.kind) this.placing.look(patch.kind)
    this.panel.stand(f().keeping, 'kept')
    clearTimeout(this.timers.keep)
    this.timers.keep = setTimeout(() => void this.keep(), 250)
    this.soonCheck()
  }

  private async keep(): Promise<boolean> {
    clearTimeout(this.timers.keep)
    delete this.timers.keep
    try {
      await keepDraft(this.draft)
      if (this.draft.standing === 'device') this.panel.stand(f().kept, 'kept')
      return true
    } catch {
      // No room or no IndexedDB: the person must know before they close the page.
      this.panel.stand(f().notKept, 'wrong')
      return false
    }
  }

  private soonCheck(): void {
    clearTimeout(this.timers.check)
    if (this.draft.change !== 'close') this.timers.check = setTimeout(() => void this.check(), 600)
  }

  private async check(): Promise<void> {
    this.checking?.abort()
    const running = new AbortController()
    this.checking = running
    try {
      const { errors, warnings, area } = await check(bodyOf(this.draft), running.signal)
      if (this.closed) return
      // What is still empty is not wrong before somebody wants to submit it.
      this.panel.mark(
        wrongInWords(
          this.draft,
          errors.filter(({ field }) => !isEmpty(this.draft, field)),
        ),
        false,
      )
      this.warnings.update(warnings.filter((warning) => !this.own(warning)))
      this.placing.tellTown(area)
    } catch (cause) {
      // Without a signal nothing can be checked; the server will when it is sent.
      if (!isAbort(cause) && !(cause instanceof Problem)) throw cause
    }
  }

  /** A site or a registration is no duplicate of itself. */
  private own({ site, registration }: Warning): boolean {
    const { draft } = this
    return (draft.site !== null && site === draft.site) || (draft.id !== null && registration === draft.id)
  }

  /** Another version of the site was published since: both side by side, and then on from the newest. */
  private async rebase(now: Now, again: () => void): Promise<void> {
    const { draft, office } = this
    await office.attempt(() =>
      rebaseOver(office, draft, now, () => {
        this.chosen = true
        Object.assign(draft, { saved: new Date().toISOString(), standing: 'device', submit: false, told: '' })
        void this.keep().then(again)
      }),
    )
  }

  /** A photo is on its way: which, and how far. */
  carried({ key }: Draft, progress: Progress | null): void {
    if (key === this.draft.key && progress && !this.closed) this.panel.stand(progressWords(progress), 'waiting')
  }

  private async send(submit: boolean): Promise<void> {
    const { draft, office, now } = this
    if (submit && !this.complete()) return
    if (isBehind(draft, now)) {
      await this.rebase(now, () => void this.send(submit))
      return
    }
    draft.submit = submit
    draft.standing = 'waiting'
    await this.keep()
    this.panel.busy(true)
    this.panel.stand(r().standing.sending, 'waiting')
    try {
      await this.answered(await office.outbox.send(draft))
    } catch (cause) {
      this.panel.tell(problemSummary(cause))
    } finally {
      this.panel.busy(false)
    }
  }

  private complete(): boolean {
    const { draft } = this
    if (draft.change === 'close') {
      const missing = draft.closed_on === '' ? [{ field: 'closed_on', words: f().noDay }] : []
      this.panel.mark(missing, true)
      return missing.length === 0
    }
    const missing = needed
      .filter((field) => field !== 'lat' && isEmpty(draft, field))
      .map((field) => ({ field, words: field === 'name' ? f().noName : f().noPlace }))
    this.panel.mark(missing, true)
    return missing.length === 0
  }

  private async answered(sent: Sent): Promise<void> {
    const { draft, office } = this
    const name = draft.name || r().desk.unnamed
    switch (sent.how) {
      case 'sent':
        clearTimeout(this.timers.keep)
        delete this.timers.keep
        office.mention(draft.submit ? r().standing.submitted(name) : r().standing.kept(name))
        if (!this.closed) office.go('/desk')
        return
      case 'waiting':
        // The desk shows what waits, and when it went; a message that stayed would lie over the next form's buttons.
        office.mention(sent.slow ? r().standing.slow : r().standing.waits)
        if (!this.closed) office.go('/desk')
        return
      case 'signed_out':
        office.problem(new Problem(401, '', ''))
        return
      case 'other':
        // The page says so itself, whoever sent it.
        return
      case 'conflict': {
        this.stand()
        const { submit } = draft
        await conflictOver(office, draft, sent.problem, () => {
          this.chosen = true
          void this.send(submit)
        })
        return
      }
      case 'refused': {
        this.stand()
        // The fields still show what was typed, and the draft says what was chosen: opened anew, they are one.
        if (this.chosen) {
          office.again()
          return
        }
        const errors = wrongInWords(draft, sent.problem.told.errors ?? [])
        if (errors.length > 0) this.panel.mark(errors, true)
        else this.panel.tell(problemSummary(sent.problem))
      }
    }
  }

  private stand(): void {
    const { standing } = this.draft
    const words = standing === 'waiting' ? r().standing.waits : r().standing[standing]
    this.panel.stand(words, standing === 'waiting' ? 'waiting' : standing === 'device' ? 'kept' : 'wrong')
  }

  private discard(): void {
    const { draft, office, from } = this
    if (!draft.id || draft.version === null) {
      if (!this.touched && draft.name === '') office.go('/desk')
      else askSure(r().desk.deleteTitle, r().desk.deleteHint, r().desk.delete, () => void this.gone())
      return
    }
    const known = { id: draft.id, version: from?.version ?? draft.version }
    askSure(f().withdrawTitle, f().withdrawHint, f().withdraw, () => {
      void office.attempt(async () => {
        await withdraw(known)
        await this.gone()
        office.mention(f().withdrawn)
      })
    })
  }

  private async gone(): Promise<void> {
    clearTimeout(this.timers.keep)
    delete this.timers.keep
    await dropDraft(this.draft.key)
    this.office.go('/desk')
  }

  private setPhotos(photos: Draft['photos']): void {
    this.change({ photos })
    this.photos.update(photos)
  }
}
