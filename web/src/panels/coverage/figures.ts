import type { Coverage } from '../../api/coverage'
import { type Class, classesAt, figuresAt, wholeMinutes } from '../../api/minutes'
import { shade } from '../../style/walk'
import { c } from '../../text/coverage/words'
import { exactLength } from '../../text/distances'
import { t } from '../../text/language'
import { count, percent } from '../../text/numbers'
import { type Child, h } from '../../ui/dom'
import { type Asked, agedInWords, minutesInWords } from './asked'

/** The answer in one big figure, what it means in a sentence, and what it rests on. */
export function headline(answer: Coverage, asked: Asked, kind: string, radius: number): HTMLElement {
  const { covered, total, share } = figuresAt(answer, asked.minutes)
  const minutes = minutesInWords(asked.minutes)
  return h(
    'section',
    { class: 'share', 'aria-label': c().title },
    h(
      'h2',
      { class: 'share-figure' },
      h('strong', { title: c().share.exact(`${(share * 100).toFixed(2)}%`) }, percent(share)),
      h('span', {}, c().share.of),
    ),
    h(
      'p',
      { class: 'share-sentence' },
      c().share.sentence(count(covered), count(total), agedInWords(asked.ages), minutes, kind),
    ),
    bandBar(classesAt(answer, asked.minutes)),
    spread(answer),
    h('p', { class: 'share-rests' }, rests(answer, asked).join(' · ')),
    h('p', { class: 'share-rests' }, straight(answer, radius)),
  )
}

/** Half walk so long, the farthest tenth longer than that: what an average hides. */
function spread({ median_secs: median = null, worst_decile_secs: worst = null }: Coverage): HTMLElement | null {
  const parts = [
    median !== null && c().share.half(minutesInWords(wholeMinutes(median))),
    worst !== null && c().share.tenth(minutesInWords(Math.floor(worst / 60))),
  ].filter((part): part is string => part !== false)
  return parts.length > 0 ? h('p', { class: 'share-spread' }, parts.join(t().lang === 'en' ? ', ' : '，')) : null
}

function rests(answer: Coverage, asked: Asked): string[] {
  const { method, demonstration } = answer.children_source
  const children = demonstration ? c().share.demonstration : c().share.method[method]
  return [c().share.network, asked.at && c().share.openThen, children].filter((part): part is string => Boolean(part))
}

/** What drawing circles would have said, at the radius of the kind's own standard where that is among them. */
function straight(answer: Coverage, radius: number): string | null {
  const circle = answer.straight.find((one) => one.radius_m === radius) ?? answer.straight[1] ?? answer.straight[0]
  return circle ? c().share.straight(exactLength(circle.radius_m), percent(circle.share)) : null
}

export function className(one: Class): string {
  return one.to === null ? c().classes.beyond(count(one.from)) : c().classes.to(count(one.from), count(one.to))
}

/** The colour of a class as on the map; children beyond the limit have that of their dots. */
export function swatch(one: Class): HTMLElement {
  return h('span', {
    class: `swatch swatch-${one.to === null ? 'children' : shade(one.from) + 1}`,
    'aria-hidden': 'true',
  })
}

/** Children by walking time as one bar from zero to all, with its numbers beside it. */
function bandBar(classes: readonly Class[]): HTMLElement {
  const parts = classes.map((one) => {
    const part = h('span', { class: `band band-${one.to === null ? 'children' : shade(one.from) + 1}` })
    part.style.flexGrow = String(one.children)
    return part
  })
  return h(
    'div',
    { class: 'bands' },
    h('div', { class: 'band-bar', 'aria-hidden': 'true' }, ...parts),
    h(
      'table',
      { class: 'band-table' },
      h('caption', { class: 'visually-hidden' }, c().classes.bar),
      h('tbody', {}, ...classes.map(classRow)),
    ),
  )
}

function classRow(one: Class): HTMLElement {
  const cells: Child[] = [
    h('th', { scope: 'row' }, swatch(one), className(one)),
    h('td', { class: 'figures' }, c().classes.children(count(one.children))),
    h('td', { class: 'figures' }, percent(one.share)),
  ]
  return h('tr', one.to === null ? { class: 'is-beyond' } : {}, ...cells)
}
