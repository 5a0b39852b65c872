import { badRowsAddress, type Colour, isBusy, problemIn, type Row, type Sheet, type SheetState } from '../../api/sheets'
import { nameOf, t } from '../../text/language'
import { count, percent } from '../../text/numbers'
import { sheetWords } from '../../text/sheets/words'
import { button, iconButton } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { notice } from '../../ui/notice'
import { columnsPart, type Meanings } from './columns'
import { RowsTable, type TableChoices } from './table'

export type SheetChoices = TableChoices & {
  filter(colour: Colour | null): void
  columns(meanings: Meanings): void
  submit(): void
  remove(): void
  zoom(by: number): void
}

const colours: readonly Colour[] = ['green', 'amber', 'red']

/** One uploaded sheet from reading it to submitting its rows. */
export class SheetPanel {
  readonly element: HTMLElement
  readonly map = h('div', { class: 'map place-map' })
  readonly table: RowsTable
  private readonly title = h('h1', { class: 'office-title', tabindex: '-1' })
  private readonly state = h('div', { class: 'sheet-state' })
  private readonly columns = h('div')
  private readonly filters = h('div', { class: 'counts', role: 'group', 'aria-label': sheetWords().filter })
  private readonly work: HTMLElement
  private readonly foot = h('div', { class: 'form-foot' })
  private bar: { fill: HTMLElement; words: HTMLElement } | null = null

  constructor(private readonly choices: SheetChoices) {
    const words = sheetWords()
    this.table = new RowsTable(choices)
    this.map.setAttribute('aria-label', words.map)
    this.work = h(
      'div',
      { class: 'sheet-work', hidden: true },
      this.filters,
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
      this.table.element,
    )
    this.element = h('div', { class: 'office-page' }, this.title, this.state, this.columns, this.work, this.foot)
  }

  /** How far the work is. The bar stays the same element, so that it moves instead of blinking. */
  progress(state: SheetState, share: number): void {
    const words = sheetWords()
    if (!this.bar) {
      const fill = h('span', { class: 'meter-fill' })
      const said = h('p', { role: 'status' })
      this.bar = { fill, words: said }
      const cancel = button(this.choices.remove, { class: 'button', id: 'cancel-sheet' }, words.cancel)
      const track = h('div', { class: 'sheet-meter', 'aria-hidden': 'true' }, fill)
      replace(this.state, said, track, state !== 'submitting' && cancel)
      this.work.hidden = true
      replace(this.columns)
      replace(this.foot)
    }
    this.bar.fill.style.width = `${100 * share}%`
    this.bar.words.textContent = words.progress(words.states[state] ?? state, percent(share))
  }

  show(sheet: Sheet, chosen: Colour | null): void {
    const words = sheetWords()
    this.title.textContent = sheet.name
    if (isBusy(sheet.state)) {
      this.progress(sheet.state, sheet.share)
      return
    }
    this.bar = null
    const { green, amber, red, sent } = sheet.counts
    const failed = sheet.state === 'failed' || sheet.state === 'cancelled'
    replace(this.state, ...this.told(sheet))
    replace(this.columns, !failed && sent === 0 && columnsPart(sheet, this.choices.columns))
    this.work.hidden = failed || green + amber + red + sent === 0
    this.count(sheet, chosen)
    replace(
      this.foot,
      h(
        'div',
        { class: 'form-buttons' },
        !failed && this.submit(sheet),
        red > 0 && h('a', { class: 'button', href: badRowsAddress(sheet.id), id: 'bad-rows', download: '' }, words.bad),
        button(this.choices.remove, { class: 'button is-plain', id: 'remove-sheet' }, words.remove),
      ),
    )
  }

  /** The numbers change with every corrected row, and the columns need not be drawn again for it. */
  count(sheet: Sheet, chosen: Colour | null): void {
    const words = sheetWords()
    const { counts } = sheet
    const filter = (colour: Colour | null, name: string, number: number): HTMLElement =>
      button(
        () => this.choices.filter(colour),
        {
          class: `count${colour ? ` is-${colour}` : ''}`,
          'aria-pressed': String(colour === chosen),
          'data-colour': colour ?? 'all',
        },
        h('strong', { class: 'figures' }, count(number)),
        name,
      )
    const all = counts.green + counts.amber + counts.red
    replace(
      this.filters,
      filter(null, words.all, all),
      ...colours.map((colour) => filter(colour, words.colours[colour] ?? colour, counts[colour])),
    )
    const submit = this.foot.querySelector('#submit-sheet')
    if (submit) submit.replaceWith(this.submit(sheet))
  }

  rows(sheet: Sheet, rows: readonly Row[]): void {
    this.table.update(sheet.columns, rows)
  }

  private submit({ counts }: Sheet): HTMLElement {
    const words = sheetWords()
    const good = ready(counts)
    const made = button(
      this.choices.submit,
      { class: 'button primary', id: 'submit-sheet' },
      good > 0 ? words.submit(count(good)) : words.nothingToSubmit,
    )
    made.disabled = good === 0
    return made
  }

  private told(sheet: Sheet): (HTMLElement | null | false)[] {
    const words = sheetWords()
    const { sent, red } = sheet.counts
    const problem = problemIn(sheet)
    const again = h('a', { class: 'button primary', href: '#/sheets' }, words.again)
    if (sheet.state === 'failed')
      return [notice(words.failedTitle, problem ? [problem.title, problem.detail] : [], again)]
    if (sheet.state === 'cancelled') return [notice(words.cancelled, [], again)]
    return [
      // It could not be submitted; its rows are as they were.
      problem &&
        h(
          'div',
          { class: 'returned-note sheet-problem', role: 'alert' },
          h('h2', {}, words.notSubmitted),
          h('p', {}, [problem.title, problem.detail].filter(Boolean).join(' ')),
        ),
      sent > 0 &&
        h(
          'div',
          { class: 'office-note sheet-done', role: 'status' },
          h('h2', {}, words.doneTitle(count(sent))),
          red > 0 ? h('p', {}, words.doneLeft(count(red))) : null,
          h('p', {}, h('a', { href: '#/desk' }, words.toDesk)),
        ),
      sheet.hint && h('p', { class: 'office-note' }, nameOf(sheet.hint)),
    ]
  }
}

/** Rows that would be submitted: the right ones, and the doubtful ones that somebody accepted. */
export function ready({ green, accepted, sent }: Sheet['counts']): number {
  return Math.max(0, green + accepted - sent)
}
