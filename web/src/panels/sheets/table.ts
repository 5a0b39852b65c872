import type { Column, Edit, Row } from '../../api/sheets'
import { distance } from '../../text/distances'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { sheetWords } from '../../text/sheets/words'
import { button } from '../../ui/button'
import { type Child, h, on, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'

export type TableChoices = { edit(edit: Edit): void; show(row: Row): void }

const step = 100

/** The rows of a sheet with what is said of each; cells are corrected where they stand. */
export class RowsTable {
  readonly element: HTMLElement
  private readonly body = h('tbody')
  private readonly head = h('thead')
  private readonly foot = h('div', { class: 'table-foot' })
  private rows: readonly Row[] = []
  private columns: readonly Column[] = []
  private limit = step

  constructor(private readonly choices: TableChoices) {
    this.element = h(
      'div',
      {},
      h(
        'div',
        { class: 'table-box sheet-table', tabindex: '0', role: 'region', 'aria-label': sheetWords().rows },
        h('table', { class: 'numbers' }, this.head, this.body),
      ),
      this.foot,
    )
  }

  update(columns: readonly Column[], rows: readonly Row[]): void {
    const words = sheetWords()
    this.columns = columns
    this.rows = rows
    this.limit = step
    const heads = [words.line, words.result, ...columns.map(({ heading }) => heading)]
    replace(this.head, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text))))
    this.draw()
  }

  /** Draws one row anew, because something else is said of it. */
  renew(row: Row): void {
    this.rows = this.rows.map((old) => (old.line === row.line ? row : old))
    const drawn = this.body.querySelector(`[data-line="${row.line}"]`)
    if (!drawn) return
    const focused = drawn.contains(document.activeElement)
    const fresh = this.row(row)
    drawn.replaceWith(fresh)
    if (focused) fresh.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true })
  }

  /** Brings a row into sight, drawing as many as it takes. */
  reveal(line: number): void {
    const at = this.rows.findIndex((row) => row.line === line)
    if (at < 0) return
    if (at >= this.limit) {
      this.limit = Math.ceil((at + 1) / step) * step
      this.draw()
    }
    for (const marked of this.body.querySelectorAll('.is-chosen')) marked.classList.remove('is-chosen')
    const row = this.body.querySelector(`[data-line="${line}"]`)
    row?.classList.add('is-chosen')
    row?.scrollIntoView({ block: 'center' })
  }

  private draw(): void {
    const words = sheetWords()
    const shown = this.rows.slice(0, this.limit)
    replace(this.body, ...shown.map((row) => this.row(row)))
    replace(
      this.foot,
      h('p', { class: 'muted' }, words.shown(count(shown.length), count(this.rows.length))),
      shown.length < this.rows.length &&
        button(
          () => {
            this.limit += step
            this.draw()
          },
          { class: 'button' },
          words.more,
        ),
    )
  }

  private row(row: Row): HTMLElement {
    return h(
      'tr',
      { class: `sheet-row is-${row.colour}${row.left_out ? ' is-left' : ''}`, 'data-line': row.line },
      h(
        'th',
        { scope: 'row' },
        button(
          () => this.choices.show(row),
          { class: 'text-button line-number', title: sheetWords().map },
          String(row.line),
        ),
      ),
      h('td', { class: 'verdict' }, ...this.verdict(row)),
      ...this.columns.map(({ heading }) => this.cell(row, heading)),
    )
  }

  private verdict(row: Row): Child[] {
    const words = sheetWords()
    const { line } = row
    if (row.sent) return [colourBadge('green', words.sent)]
    if (row.left_out) {
      const back = button(() => this.choices.edit({ line, left_out: false }), { class: 'text-button' }, words.takeIn)
      return [h('span', { class: 'badge' }, words.leftOut), back]
    }
    const amber = row.colour === 'amber'
    return [
      colourBadge(row.colour, amber && row.accepted ? words.accepted : (words.colours[row.colour] ?? '')),
      row.site !== null && h('p', { class: 'verdict-says' }, words.amends),
      ...row.warnings.map(({ says, name, distance_m: metres }) =>
        h(
          'p',
          { class: 'verdict-says' },
          [nameOf(says), name ?? '', typeof metres === 'number' ? distance(metres) : ''].filter(Boolean).join(' · '),
        ),
      ),
      ...row.errors
        .filter(({ column }) => !this.columns.some(({ heading }) => heading === column))
        .map(({ wanted }) => h('p', { class: 'verdict-says is-wrong-text' }, nameOf(wanted))),
      amber &&
        !row.accepted &&
        button(
          () => this.choices.edit({ line, accepted: true }),
          { class: 'text-button', 'data-accept': '' },
          words.accept,
        ),
      button(() => this.choices.edit({ line, left_out: true }), { class: 'text-button' }, words.leaveOut),
    ]
  }

  /** A wrong cell is a field at once; any other becomes one when it is pressed. */
  private cell(row: Row, heading: string): HTMLElement {
    const said = row.cells[heading] ?? ''
    const error = row.errors.find(({ column }) => column === heading)
    const cell = h('td', error ? { class: 'is-wrong' } : {})
    const label = sheetWords().cell(heading, String(row.line))
    const put = (value: string): void => {
      if (value !== said) this.choices.edit({ line: row.line, column: heading, value })
    }
    if (error) {
      const words = nameOf(error.wanted)
      replace(cell, cellInput(label, said, put, words), h('span', { class: 'cell-wanted' }, words))
      return cell
    }
    if (row.sent) {
      replace(cell, said)
      return cell
    }
    const open = button(
      () => {
        const input = cellInput(label, said, put, '')
        replace(cell, input)
        on(input, { blur: () => input.value.trim() === said && replace(cell, open) })
        input.focus()
        input.select()
      },
      { class: 'cell', 'aria-label': `${label}: ${said}` },
      said || h('span', { class: 'muted' }, sheetWords().empty),
    )
    replace(cell, open)
    return cell
  }
}

function cellInput(label: string, said: string, put: (value: string) => void, wanted: string): HTMLInputElement {
  const input = h('input', {
    class: 'field cell-field',
    value: said,
    'aria-label': wanted ? `${label}. ${wanted}` : label,
    'aria-invalid': wanted ? 'true' : null,
    autocomplete: 'off',
    maxlength: 2000,
  })
  return on(input, {
    change: () => put(input.value.trim()),
    keydown: (event) => {
      if (event.key === 'Enter') input.blur()
      if (event.key === 'Escape') {
        input.value = said
        input.blur()
      }
    },
  })
}

function colourBadge(colour: string, words: string): HTMLElement {
  const name = colour === 'green' ? 'met' : colour === 'amber' ? 'at_risk' : 'late'
  return h('span', { class: `badge colour-${colour}` }, icon(name, 15), words)
}
