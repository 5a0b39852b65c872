import type { County } from '../../api/county'
import { type ComparedTown, type Comparison, comparisonAddress } from '../../api/scenarios'
import { count, percent } from '../../text/numbers'
import { w } from '../../text/scenarios/words'
import { button, iconButton } from '../../ui/button'
import { type Child, h } from '../../ui/dom'
import { change, signed } from './words'

export type Pair = { from: number; to: number }
export type CompareChoices = {
  back(): void
  pair(pair: Pair): void
  town(code: string): void
}
export type CompareShown = {
  comparison: Comparison
  /** Which two the map sets against each other. */
  pair: Pair
  /** Children who get there only with the first, and only with the second of the pair; null until it is known. */
  apart: { onlyFrom: number; onlyTo: number } | null
}

/** The letters by which scenarios are known in bars and tables. */
export const letters = ['A', 'B', 'C'] as const

/** Two or three scenarios side by side: figures, towns, and the difference of two on the map. */
export function comparisonView(shown: CompareShown, county: County, choices: CompareChoices): HTMLElement {
  const { comparison } = shown
  return h(
    'section',
    { class: 'compare', 'aria-label': w().compare.title },
    h(
      'div',
      { class: 'compare-head' },
      iconButton('back', w().compare.back, choices.back),
      h('h3', { tabindex: '-1' }, w().compare.title),
    ),
    figures(comparison),
    difference(shown, choices),
    towns(comparison, county, choices.town),
    h(
      'a',
      { class: 'button wide', href: comparisonAddress(comparison.scenarios.map(({ id }) => id)), download: '' },
      w().compare.csv,
    ),
  )
}

function badge(i: number): HTMLElement {
  return h('span', { class: `letter letter-${i + 1}`, 'aria-hidden': 'true' }, letters[i] ?? '')
}

function figures({ scenarios }: Comparison): HTMLElement {
  const words = w().compare
  const most = Math.max(...scenarios.map(({ figures }) => figures.children_after))
  const rows = scenarios.map(({ name, figures }, i) => {
    const { children_after: after, children_total: total } = figures
    const fill = h('span', { class: `bar-fill letter-fill-${i + 1}` })
    fill.style.width = `${total > 0 ? (100 * after) / total : 0}%`
    return h(
      'li',
      { class: 'compared', 'data-compared': i },
      h(
        'p',
        { class: 'compared-name' },
        badge(i),
        h('strong', {}, name),
        after === most && scenarios.some((other) => other.figures.children_after < most)
          ? h('span', { class: 'state state-met' }, words.best)
          : null,
      ),
      h('span', { class: 'bar-track', 'aria-hidden': 'true' }, fill),
      h(
        'p',
        { class: 'figures compared-figures' },
        h('strong', {}, count(after)),
        h('span', {}, words.after),
        h('span', { class: 'muted' }, `${words.share} ${percent(total > 0 ? after / total : 0)}`),
        h('span', { class: 'muted' }, `${words.gained} ${signed(change(figures))}`),
      ),
    )
  })
  return h('ul', { class: 'compared-list' }, ...rows)
}

function difference({ comparison, pair, apart }: CompareShown, choices: CompareChoices): HTMLElement | null {
  const { scenarios, cells } = comparison
  if (!cells) return null
  const words = w().compare
  const name = (i: number): string => scenarios[i]?.name ?? ''
  const pairs: Pair[] = scenarios.flatMap((_, from) => scenarios.flatMap((_, to) => (from < to ? [{ from, to }] : [])))
  const tell = (i: number, n: number, kind: string): Child =>
    n > 0 &&
    h('li', {}, h('span', { class: `swatch-round ${kind}`, 'aria-hidden': 'true' }), words.more(name(i), count(n)))
  return h(
    'section',
    { class: 'result-part' },
    h('h4', {}, words.difference),
    pairs.length > 1
      ? h(
          'div',
          { class: 'pairs', role: 'group', 'aria-label': words.difference },
          ...pairs.map((one) =>
            button(
              () => choices.pair(one),
              {
                class: 'button pair',
                'aria-pressed': String(one.from === pair.from && one.to === pair.to),
                'aria-label': words.pair(name(one.from), name(one.to)),
              },
              badge(one.from),
              '→',
              badge(one.to),
            ),
          ),
        )
      : null,
    apart &&
      (apart.onlyFrom + apart.onlyTo === 0
        ? h('p', { class: 'muted' }, words.none)
        : h(
            'ul',
            { class: 'apart figures' },
            tell(pair.to, apart.onlyTo, 'is-gained'),
            tell(pair.from, apart.onlyFrom, 'is-lost'),
          )),
  )
}

/** How far apart the scenarios are in a town. */
export function spreadOf({ covered }: ComparedTown): number {
  return Math.max(...covered) - Math.min(...covered)
}

function towns(
  { by_town: all, scenarios }: Comparison,
  county: County,
  show: (code: string) => void,
): HTMLElement | null {
  const rows = [...all]
    .filter(({ children }) => children > 0)
    .sort((a, b) => spreadOf(b) - spreadOf(a) || b.children - a.children)
    .map((town) => townRow(town, scenarios, county, show))
  return rows.length === 0
    ? null
    : h(
        'section',
        { class: 'result-part' },
        h(
          'div',
          { class: 'part-head' },
          h('h4', {}, w().compare.towns),
          h('span', { class: 'muted' }, w().compare.townsOrder),
        ),
        h('ul', { class: 'compared-towns' }, ...rows),
      )
}

function townRow(
  { area, children, covered }: ComparedTown,
  scenarios: Comparison['scenarios'],
  county: County,
  show: (code: string) => void,
): HTMLElement {
  const lines = covered.map((n, i) => {
    const fill = h('span', { class: `bar-fill letter-fill-${i + 1}` })
    fill.style.width = `${(100 * n) / children}%`
    return h(
      'span',
      { class: 'town-line' },
      badge(i),
      h('span', { class: 'visually-hidden' }, `${scenarios[i]?.name ?? ''} `),
      h('span', { class: 'bar-track', 'aria-hidden': 'true' }, fill),
      h('span', { class: 'figures' }, count(n)),
    )
  })
  const name = area === null ? w().compare.noTown : county.areaName(area) || area
  const content = [
    h('span', { class: 'bar-name' }, name),
    h('span', { class: 'muted figures' }, count(children)),
    ...lines,
  ]
  if (area === null) return h('li', { class: 'compared-town' }, ...content)
  return h(
    'li',
    {},
    button(() => show(area), { class: 'compared-town', 'data-town-compared': area }, ...content),
  )
}
