import { photoAddress } from '../../../api/registrations'
import type { KeptPhoto } from '../../../state/drafts'
import { f } from '../../../text/form/words'
import { iconButton } from '../../../ui/button'
import { h, on, replace } from '../../../ui/dom'
import { icon } from '../../../ui/icons'

export const mostPhotos = 6

export type PhotoChoices = {
  add(files: readonly File[]): void
  remove(key: string): void
  earlier(key: string): void
}

/** Photos of a place: straight from the camera or chosen, with previews in their order. */
export class PhotosField {
  readonly element: HTMLElement
  private readonly list = h('ul', { class: 'photos' })
  private readonly told = h('p', { class: 'field-hint', role: 'status' })
  private readonly wrong = h('p', { class: 'field-wrong', role: 'alert', hidden: true })
  private readonly inputs: HTMLInputElement[]

  constructor(private readonly choices: PhotoChoices) {
    const camera = this.input('photo-camera', { capture: 'environment' })
    const chosen = this.input('photo-files', { multiple: true })
    this.inputs = [camera, chosen]
    this.element = h(
      'fieldset',
      { class: 'form-field photos-field', id: 'f-photos', tabindex: '-1' },
      h('legend', {}, f().photos),
      h('p', { class: 'field-hint' }, f().photosHint),
      this.list,
      h(
        'div',
        { class: 'photo-buttons' },
        // A label that is pressed opens the camera; the input itself is what keys reach.
        h('label', { class: 'button', for: 'photo-camera' }, icon('camera'), f().takePhoto),
        h('label', { class: 'button', for: 'photo-files' }, icon('picture'), f().choosePhotos),
        camera,
        chosen,
      ),
      this.told,
      this.wrong,
    )
  }

  fail(words: string): void {
    this.wrong.textContent = words
    this.wrong.hidden = words === ''
    this.element.classList.toggle('is-wrong', words !== '')
  }

  busy(on: boolean): void {
    this.told.textContent = on ? f().shrinking : ''
  }

  update(photos: readonly KeptPhoto[]): void {
    const full = photos.length >= mostPhotos
    for (const input of this.inputs) input.disabled = full
    this.element.classList.toggle('is-full', full)
    if (full) this.told.textContent = f().photosFull
    else if (this.told.textContent === f().photosFull) this.told.textContent = ''
    replace(this.list, ...photos.map((photo, index) => this.photo(photo, index)))
  }

  private input(id: string, more: Record<string, string | boolean>): HTMLInputElement {
    const label = id === 'photo-camera' ? f().takePhoto : f().choosePhotos
    const input = h('input', {
      type: 'file',
      accept: 'image/*',
      id,
      class: 'visually-hidden',
      'aria-label': label,
      ...more,
    })
    return on(input, {
      change: () => {
        const files = [...(input.files ?? [])]
        // The same file can be chosen again after it was removed.
        input.value = ''
        if (files.length > 0) this.choices.add(files)
      },
    })
  }

  private photo(photo: KeptPhoto, index: number): HTMLElement {
    const n = String(index + 1)
    const label = f().photo(n) + (index === 0 ? f().photoFirst : '')
    return h(
      'li',
      { class: 'photo' },
      h('img', { src: photo.small || photoAddress(photo.id ?? '', true), alt: label, width: 104, height: 104 }),
      h(
        'span',
        { class: 'photo-acts' },
        index > 0 && iconButton('back', f().earlier(n), () => this.choices.earlier(photo.key)),
        iconButton('close', f().removePhoto(n), () => this.choices.remove(photo.key)),
      ),
    )
  }
}
