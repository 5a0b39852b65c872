import type { County } from '../../api/county'
import { mostBytes, type SheetListed, templateAddress } from '../../api/sheets'
import { nameOf } from '../../text/language'
import { moment } from '../../text/moments'
import { sheetWords } from '../../text/sheets/words'
import { h, on, replace } from '../../ui/dom'
import { field, select } from '../../ui/field'
import { icon } from '../../ui/icons'
import { problemSummary } from '../register/sign_in'

/** Sends a spreadsheet: drag it here or choose it; a template of each kind; what was uploaded before. */
export class UploadPanel {
  readonly element: HTMLElement
  private readonly told = h('div')
  private readonly earlier = h('div')
  private readonly status = h('p', { role: 'status', class: 'muted' })
  private readonly kind: HTMLSelectElement
  private readonly datum: HTMLSelectElement
  private busy = false

  constructor(
    private readonly county: County,
    private readonly send: (file: File, kind: string, datum: string) => Promise<void>,
  ) {
    const words = sheetWords()
    const kinds = county.pointKinds.map(({ id, name }) => ({ id, name: nameOf(name) }))
    this.kind = select(kinds, kinds[0]?.id ?? '')
    this.datum = select(
      Object.entries(words.datums).map(([id, name]) => ({ id, name })),
      '',
    )
    const template = h('a', { class: 'button', download: '' }, icon('down'), words.template)
    const follow = (): void => template.setAttribute('href', templateAddress(this.kind.value))
    on(this.kind, { change: follow })
    follow()
    this.element = h(
      'div',
      { class: 'office-page is-narrow' },
      h('h1', { class: 'office-title', tabindex: '-1' }, words.title),
      h('p', { class: 'muted' }, words.intro),
      this.told,
      field('s-kind', this.kind, { label: words.kind, hint: words.kindHint }).element,
      h('div', {}, h('div', { class: 'office-acts' }, template), h('p', { class: 'field-hint' }, words.templateHint)),
      field('s-datum', this.datum, { label: words.datum }).element,
      this.drop(),
      this.status,
      this.earlier,
    )
  }

  list(sheets: readonly SheetListed[]): void {
    const words = sheetWords()
    replace(
      this.earlier,
      sheets.length > 0 &&
        h(
          'section',
          { class: 'office-part' },
          h('h2', {}, words.earlier),
          h('ul', { class: 'desk-rows' }, ...sheets.map((sheet) => this.line(sheet))),
        ),
    )
  }

  private line({ id, name, kind, state, created, author }: SheetListed): HTMLElement {
    return h(
      'li',
      { class: 'desk-row' },
      h(
        'a',
        { class: 'desk-link', href: `#/sheets/${id}` },
        h(
          'span',
          { class: 'row-text' },
          h('span', { class: 'row-name' }, name),
          h(
            'span',
            { class: 'row-about' },
            [this.county.kindName(kind), author, moment(created)].filter(Boolean).join(' · '),
          ),
        ),
        h('span', { class: 'badge' }, sheetWords().states[state] ?? state),
      ),
    )
  }

  private drop(): HTMLElement {
    const words = sheetWords()
    const input = h('input', {
      type: 'file',
      id: 'sheet-file',
      class: 'visually-hidden',
      accept: '.xlsx,.csv,.txt',
      'aria-label': words.choose,
    })
    on(input, {
      change: () => {
        const file = input.files?.[0]
        input.value = ''
        if (file) void this.take(file)
      },
    })
    const zone = h(
      'div',
      { class: 'drop' },
      h('p', {}, words.drop),
      h('label', { class: 'button primary', for: 'sheet-file' }, words.choose),
      input,
    )
    const over = (yes: boolean) => (event: DragEvent) => {
      event.preventDefault()
      zone.classList.toggle('is-over', yes)
    }
    return on(zone, {
      dragover: over(true),
      dragleave: over(false),
      drop: (event) => {
        over(false)(event)
        const file = event.dataTransfer?.files[0]
        if (file) void this.take(file)
      },
    })
  }

  private async take(file: File): Promise<void> {
    if (this.busy) return
    const words = sheetWords()
    replace(this.told)
    this.status.textContent = file.size > mostBytes ? words.tooBig : words.sending
    if (file.size > mostBytes) return
    this.busy = true
    try {
      await this.send(file, this.kind.value, this.datum.value)
    } catch (cause) {
      this.status.textContent = ''
      const told = problemSummary(cause)
      replace(this.told, told)
      told.focus()
    } finally {
      this.busy = false
    }
  }
}
