import type { County } from '../../../api/county'
import type { Registration } from '../../../api/registrations'
import type { Draft } from '../../../state/drafts'
import { f } from '../../../text/form/words'
import { nameOf } from '../../../text/language'
import { r } from '../../../text/register/words'
import { button } from '../../../ui/button'
import { h, on, replace } from '../../../ui/dom'
import { field, select, summary } from '../../../ui/field'
import { symbol } from '../../../ui/symbol'
import { attributeField, type FormField, fieldId } from './attributes'
import type { PhotosField } from './photos'
import type { PlaceField } from './place'
import type { WarningsPanel } from './warnings'

export type FormChoices = {
  change(patch: Partial<Draft>): void
  attribute(id: string, value: string): void
  save(): void
  submit(): void
  discard(): void
}
export type FormParts = { place: PlaceField; photos: PhotosField; warnings: WarningsPanel }

/** The form of one place, made from the catalogue. What is typed goes out by `choices`; nothing is kept here. */
export class FormPanel {
  readonly element: HTMLElement
  private readonly fields = new Map<string, FormField>()
  private readonly rest = h('div')
  private readonly told = h('div')
  private readonly home = h('p', { class: 'office-note form-home', role: 'status', hidden: true }, f().home)
  private readonly standing = h('p', { class: 'form-standing', role: 'status' })
  private readonly buttons: HTMLButtonElement[]

  constructor(
    private readonly county: County,
    private readonly draft: Draft,
    from: Registration | null,
    private readonly parts: FormParts,
    private readonly choices: FormChoices,
  ) {
    const closing = draft.change === 'close'
    const submit = button(choices.submit, { class: 'button primary', id: 'submit' }, f().submit)
    const save = button(choices.save, { class: 'button', id: 'save' }, f().save)
    this.buttons = [submit, save]
    this.put('lon', 'f-lon', parts.place.element, (words) => parts.place.fail(words))
    this.put('photos', 'f-photos', parts.photos.element, (words) => parts.photos.fail(words))
    const body = closing
      ? [this.closedOn(), this.note()]
      : [this.kind(), this.name(), parts.warnings.element, parts.place.element, this.rest, this.note()]
    this.element = h(
      'div',
      { class: `office-page form-page${closing ? ' is-narrow' : ''}` },
      h('h1', { class: 'office-title', tabindex: '-1' }, f().title[draft.change] ?? ''),
      ...this.banner(from),
      this.told,
      on(h('form', { class: 'place-form', novalidate: true }, ...body), {
        submit: (event) => event.preventDefault(),
      }),
      h(
        'div',
        { class: 'form-foot' },
        this.standing,
        h(
          'div',
          { class: 'form-buttons' },
          submit,
          save,
          button(choices.discard, { class: 'button is-plain', id: 'discard' }, draft.id ? f().withdraw : f().discard),
        ),
        h('p', { class: 'field-hint' }, closing ? f().closeHint : f().publishHint),
      ),
    )
    if (!closing) this.drawKind()
  }

  /** Where the draft stands, in words and by an icon of its own. */
  stand(words: string, how: 'kept' | 'waiting' | 'wrong'): void {
    this.standing.textContent = words
    this.standing.dataset.how = how
  }

  /** The site was published anew since this change of it was begun. */
  overtaken(compare: () => void): void {
    this.told.before(
      h(
        'div',
        { class: 'office-note form-overtaken', role: 'status' },
        h('p', {}, f().overtaken),
        button(compare, { class: 'button', id: 'compare' }, f().compare),
      ),
    )
  }

  busy(on: boolean): void {
    for (const one of this.buttons) one.disabled = on
  }

  /** What is wrong, by field; everything else is right. Returns those that have no field here. */
  mark(errors: readonly { field: string; words: string }[], summed: boolean): string[] {
    for (const one of this.fields.values()) one.fail('')
    const lost: string[] = []
    const lines = errors.map(({ field: name, words }) => {
      const at = this.fields.get(name === 'lat' ? 'lon' : name)
      if (!at) lost.push(words)
      at?.fail(words)
      at?.element.closest('details')?.setAttribute('open', '')
      return { words, field: at?.id ?? null }
    })
    if (!summed) return lost
    replace(this.told, lines.length > 0 && summary(r().wrongCount(String(lines.length)), lines))
    const first = this.told.firstElementChild
    if (first instanceof HTMLElement) {
      first.focus()
      first.scrollIntoView({ block: 'nearest' })
    }
    return lost
  }

  tell(what: HTMLElement | null): void {
    replace(this.told, what)
    what?.focus()
  }

  private put(name: string, id: string, element: HTMLElement, fail: (words: string) => void): HTMLElement {
    this.fields.set(name, { id, element, fail })
    return element
  }

  private banner(from: Registration | null): HTMLElement[] {
    if (from?.state === 'returned')
      return [
        h(
          'div',
          { class: 'returned-note' },
          h('h2', {}, f().returned),
          from.reason && h('p', { class: 'returned-reason' }, from.reason),
        ),
      ]
    const words = from && f().readOnly[from.state]
    return words ? [h('p', { class: 'office-note' }, words)] : []
  }

  private kind(): HTMLElement {
    const { county, draft } = this
    const sight = county.kind(draft.kind)?.visibility
    // A home never turns into a point that everybody sees, nor the other way round, once it is there.
    const fits = county.allKinds.filter(({ visibility }) => draft.change === 'create' || visibility === sight)
    const input = select(
      fits.map(({ id, name }) => ({ id, name: nameOf(name) })),
      draft.kind,
    )
    on(input, {
      change: () => {
        this.choices.change({ kind: input.value })
        this.drawKind()
      },
    })
    const made = field('f-kind', input, { label: f().whichKind })
    made.element.append(this.home)
    return this.put('kind', 'f-kind', made.element, made.fail)
  }

  private name(): HTMLElement {
    const input = h('input', { class: 'field', value: this.draft.name, maxlength: 120, autocomplete: 'off' })
    on(input, { input: () => this.choices.change({ name: input.value }) })
    const made = field('f-name', input, { label: f().name, hint: f().nameHint })
    return this.put('name', 'f-name', made.element, made.fail)
  }

  private note(): HTMLElement {
    const input = h('textarea', { class: 'field', rows: 2, maxlength: 1000 })
    input.value = this.draft.note
    on(input, { input: () => this.choices.change({ note: input.value }) })
    const made = field('f-note', input, { label: f().note, hint: f().noteHint, aside: r().optional })
    return this.put('note', 'f-note', made.element, made.fail)
  }

  private closedOn(): HTMLElement {
    const input = h('input', { class: 'field is-short', type: 'date', value: this.draft.closed_on })
    on(input, { change: () => this.choices.change({ closed_on: input.value }) })
    const made = field('f-closed_on', input, { label: f().closedOn })
    const kind = this.county.kind(this.draft.kind)
    const site = h('p', { class: 'form-site' }, kind && symbol(kind, { size: 32 }), h('strong', {}, this.draft.name))
    return h('div', {}, site, this.put('closed_on', 'f-closed_on', made.element, made.fail))
  }

  /** What only this kind of place has: hours and photos in sight, the rest below a fold. */
  private drawKind(): void {
    this.home.hidden = this.county.kind(this.draft.kind)?.visibility !== 'aggregate'
    for (const name of [...this.fields.keys()]) if (name.startsWith('attributes.')) this.fields.delete(name)
    const { draft, county } = this
    const made = county.attributes(draft.kind).map((attribute) => {
      const value = draft.attributes[attribute.id] ?? ''
      const one = attributeField(attribute, value, (next) => this.choices.attribute(attribute.id, next))
      this.put(`attributes.${attribute.id}`, fieldId(`attributes.${attribute.id}`), one.element, one.fail)
      return { attribute, element: one.element }
    })
    const hours = made.filter(({ attribute }) => attribute.type === 'hours')
    const rest = made.filter(({ attribute }) => attribute.type !== 'hours')
    const wide = window.matchMedia('(min-width: 800px)').matches
    replace(
      this.rest,
      ...hours.map(({ element }) => element),
      this.parts.photos.element,
      h(
        'details',
        { class: 'form-details', open: wide || draft.change !== 'create' },
        h('summary', {}, f().details, h('span', { class: 'field-aside' }, r().optional)),
        h('p', { class: 'field-hint' }, f().detailsHint),
        h('div', { class: 'form-grid' }, ...rest.map(({ element }) => element)),
      ),
    )
  }
}
