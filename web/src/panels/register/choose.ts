import type { County } from '../../api/county'
import type { SiteFeature } from '../../api/types'
import { f } from '../../text/form/words'
import { r } from '../../text/register/words'
import { h, on, replace } from '../../ui/dom'
import { field } from '../../ui/field'
import { symbol } from '../../ui/symbol'

/** A search over the public sites, whose answers lead to the form. */
export function choosePage(
  county: County,
  change: 'amend' | 'close',
  find: (text: string) => void,
): { element: HTMLElement; show(sites: readonly SiteFeature[]): void } {
  const rows = h('ul', { class: 'desk-rows' })
  const said = h('p', { class: 'muted', role: 'status' })
  const input = h('input', { class: 'field', type: 'search', autocomplete: 'off', maxlength: 80 })
  on(input, {
    input: () => {
      const text = input.value.trim()
      if (text === '') {
        replace(rows)
        said.textContent = ''
      }
      find(text)
    },
  })
  const made = field('choose', input, { label: r().desk.search, hint: f().findPlaceholder })
  const element = h(
    'div',
    { class: 'office-page is-narrow' },
    h('h1', { class: 'office-title', tabindex: '-1' }, f().title[change] ?? ''),
    made.element,
    said,
    rows,
  )
  const row = ({ properties: { id, kind, name, area, address } }: SiteFeature): HTMLElement =>
    h(
      'li',
      { class: 'desk-row' },
      h(
        'a',
        { class: 'desk-link', href: `#/${change}/${id}` },
        symbol(county.kind(kind) ?? { shape: 'circle', glyph: 'dot', colour: '' }, { size: 36 }),
        h(
          'span',
          { class: 'row-text' },
          h('span', { class: 'row-name' }, name),
          h(
            'span',
            { class: 'row-about' },
            [county.kindName(kind), county.areaName(area), address].filter(Boolean).join(' · '),
          ),
        ),
      ),
    )
  return {
    element,
    show: (sites) => {
      replace(rows, ...sites.map(row))
      said.textContent = sites.length > 0 ? f().foundCount(String(sites.length)) : r().desk.noneFound
    },
  }
}
