import type { Sheet } from '../../api/sheets'
import { nameOf, t } from '../../text/language'
import { sheetWords } from '../../text/sheets/words'
import { button } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { field, select } from '../../ui/field'

export type Meanings = { columns: { heading: string; field: string | null }[]; datum: string | null }

/** What each column of a sheet means, to look at and correct by hand. */
export function columnsPart(sheet: Sheet, apply: (meanings: Meanings) => void): HTMLElement {
  const words = sheetWords()
  const options = [
    { id: '', name: words.notRead },
    ...sheet.fields.map(({ id, name, needed }) => ({ id, name: needed ? `${nameOf(name)} *` : nameOf(name) })),
  ]
  const rows = sheet.columns.map((column, index) => {
    const input = select(options, column.field ?? '')
    const examples = column.examples.filter(Boolean).slice(0, 3).join(t().join)
    const hint = examples ? { hint: words.examples(examples) } : {}
    const { element } = field(`column-${index}`, input, { label: words.column(column.heading), ...hint })
    return { heading: column.heading, input, element }
  })
  const datums = Object.entries(words.datums).map(([id, name]) => ({ id, name }))
  const datum = select(datums, sheet.crs ?? '')
  const missing = h('p', { class: 'field-wrong', role: 'status' })
  const look = (): void => {
    const has = new Set(rows.map(({ input }) => input.value))
    const lacking = sheet.fields.filter(({ id, needed }) => needed && !has.has(id)).map(({ name }) => nameOf(name))
    replace(missing, lacking.length > 0 && words.needed(lacking.join(t().join)))
  }
  for (const { input } of rows) input.addEventListener('change', look)
  look()
  const lacks = sheet.fields.some(({ id, needed }) => needed && !sheet.columns.some((column) => column.field === id))
  return h(
    'details',
    { class: 'form-details', open: lacks || sheet.crs === null },
    h('summary', {}, words.columns),
    h('p', { class: 'field-hint' }, words.columnsHint),
    missing,
    h(
      'div',
      { class: 'form-grid' },
      ...rows.map(({ element }) => element),
      field(
        'column-datum',
        datum,
        sheet.crs === null ? { label: words.datum, hint: words.askDatum } : { label: words.datum },
      ).element,
    ),
    button(
      () =>
        apply({
          columns: rows.map(({ heading, input }) => ({ heading, field: input.value || null })),
          datum: datum.value || null,
        }),
      { class: 'button', id: 'apply-columns' },
      words.apply,
    ),
  )
}
