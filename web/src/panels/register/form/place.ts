import { type Datum, type Pasted, readPasted } from '../../../map/paste'
import { f } from '../../../text/form/words'
import { t } from '../../../text/language'
import { button, iconButton } from '../../../ui/button'
import { Combobox, type Option } from '../../../ui/combobox'
import { h, on, replace } from '../../../ui/dom'
import { field } from '../../../ui/field'
import { icon } from '../../../ui/icons'

export type PlaceChoices = {
  mine(): void
  find(text: string): void
  pasted(at: Pasted, datum: Datum): void
  zoom(by: number): void
}
/** Something that was found by its name: shown as `content`, taken by `choose`. */
export type FoundPlace = Option

/** Where a place is: a map with the ways to mark it. The map itself is put into `map` by whoever owns it. */
export class PlaceField {
  readonly element: HTMLElement
  readonly map: HTMLElement
  private readonly box: Combobox
  private readonly told = h('p', { class: 'place-told', role: 'status' })
  private readonly town = h('p', { class: 'place-town' })
  private readonly wrong = h('p', { class: 'field-wrong', role: 'alert', hidden: true })
  private readonly asked = h('div')
  private readonly mine: HTMLButtonElement

  constructor(
    label: string,
    private readonly choices: PlaceChoices,
  ) {
    const words = f()
    this.map = h('div', { class: 'map place-map', id: 'map', 'aria-label': words.placeMap })
    this.box = new Combobox(words.find, words.findPlaceholder, words.found, (text) => choices.find(text.trim()))
    this.mine = button(choices.mine, { class: 'button', id: 'use-mine' }, icon('locate'), words.useMine)
    this.element = h(
      'fieldset',
      { class: 'form-field place-field', id: 'f-lon', tabindex: '-1' },
      h('legend', {}, label),
      h('p', { class: 'field-hint' }, words.whereHint),
      h('div', { class: 'place-find' }, this.box.element),
      h(
        'div',
        { class: 'place-map-box' },
        this.map,
        h(
          'div',
          { class: 'zoom place-zoom' },
          iconButton('plus', t().map.zoomIn, () => choices.zoom(1)),
          iconButton('minus', t().map.zoomOut, () => choices.zoom(-1)),
        ),
      ),
      this.wrong,
      this.town,
      this.told,
      h('div', { class: 'place-ways' }, this.mine, this.paste()),
    )
  }

  fail(words: string): void {
    this.wrong.textContent = words
    this.wrong.hidden = words === ''
    this.element.classList.toggle('is-wrong', words !== '')
  }

  tell(words: string): void {
    this.told.textContent = words
  }

  locating(on: boolean): void {
    this.mine.disabled = on
    if (on) this.tell(f().locating)
  }

  /** The position in figures and the town that it lies in. */
  at(position: { lat: number; lon: number } | null, town: string | null): void {
    replace(
      this.town,
      position && town !== null && h('strong', {}, town),
      position && h('span', { class: 'figures muted' }, f().at(position.lat.toFixed(5), position.lon.toFixed(5))),
    )
  }

  found(options: FoundPlace[]): void {
    const nothing = h('p', { class: 'padded muted' }, f().notFound)
    this.box.show(
      options,
      options.length > 0 ? f().foundCount(String(options.length)) : f().notFound,
      options.length > 0 ? null : nothing,
    )
  }

  /** The name of what was taken, in the field of the search. */
  took(name: string): void {
    this.box.text = name
    this.box.close()
  }

  private paste(): HTMLElement {
    const words = f()
    const input = h('input', {
      class: 'field',
      placeholder: words.pastePlaceholder,
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
      maxlength: 500,
    })
    const made = field('paste', input, { label: words.paste, hint: words.pasteHint })
    const read = (): void => {
      this.asked.replaceChildren()
      made.fail('')
      if (input.value.trim() === '') return
      const at = readPasted(input.value)
      if (!at) made.fail(words.pasteUnread)
      else if (at.datum) this.choices.pasted(at, at.datum)
      else this.ask(at)
    }
    on(input, {
      change: read,
      paste: () => setTimeout(read),
      keydown: (event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        read()
      },
    })
    return h('details', { class: 'place-paste' }, h('summary', {}, icon('copy'), words.paste), made.element, this.asked)
  }

  /** Nothing in the text says which map it is from, and a wrong guess is off by half a kilometre. */
  private ask(at: Pasted): void {
    const datums: Datum[] = ['gcj02', 'bd09', 'wgs84']
    const choice = (datum: Datum): HTMLElement =>
      button(() => this.choices.pasted(at, datum), { class: 'button', 'data-datum': datum }, f().datums[datum] ?? datum)
    this.asked.replaceChildren(
      h(
        'div',
        { class: 'place-asked', role: 'group', 'aria-label': f().pasteAsk },
        h('p', {}, f().pasteAsk),
        ...datums.map(choice),
      ),
    )
    this.asked.querySelector('button')?.focus()
  }
}
