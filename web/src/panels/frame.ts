import { t } from '../text/language'
import { button } from '../ui/button'
import { h, on, svg } from '../ui/dom'
import { Sheet, type Stop } from '../ui/sheet'
import { Toasts } from '../ui/toast'

/** The page's skeleton: where each panel and the map go. The stylesheet decides how it lies on phone and desktop. */
export type Frame = {
  element: HTMLElement
  tools: HTMLElement
  chips: HTMLElement
  map: HTMLElement
  over: HTMLElement
  controls: HTMLElement
  corner: HTMLElement
  head: HTMLElement
  body: HTMLElement
  sheet: Sheet
  toasts: Toasts
  /** Says that there is no signal, for as long as there is none. */
  signal: HTMLElement
}

export function makeFrame(heading: string, onStop: (stop: Stop) => void, switchLanguage: () => void): Frame {
  const map = h('section', { class: 'map', id: 'map', 'aria-label': t().map.label })
  const over = h('div', { class: 'map-over' })
  const controls = h('div', { class: 'map-controls', role: 'group', 'aria-label': t().map.controls })
  const corner = h('div', { class: 'map-corner' })
  const tools = h('div', { class: 'tools' })
  const chips = h('div', { class: 'chips', role: 'group', 'aria-label': t().kinds.label })
  const head = h('div', { class: 'panel-head' })
  const body = h('div', { class: 'panel-body' })
  const sheet = new Sheet(onStop, t().tabs.label, head, body)
  const toasts = new Toasts()
  const signal = h('p', { class: 'signal', role: 'status', hidden: true })
  body.before(signal)
  const brand = h(
    'h1',
    { class: 'brand' },
    mark(),
    h('span', {}, t().brand),
    h('span', { class: 'brand-tag' }, heading),
  )
  const language = button(
    switchLanguage,
    { class: 'language', id: 'language', title: t().switchLanguage, lang: t().lang === 'en' ? 'zh-CN' : 'en' },
    h('span', { class: 'language-long' }, t().otherLanguage),
    h('span', { class: 'language-short' }, t().otherLanguageShort),
  )
  const header = h(
    'header',
    { class: 'header' },
    h('div', { class: 'header-row' }, brand, unitsDoor('header-door'), language),
    tools,
    chips,
  )
  const main = h('main', { class: 'main' }, h('div', { class: 'stage' }, map, over, controls, corner), sheet.element)
  const skips = h(
    'nav',
    { class: 'skips', 'aria-label': t().skipToPlaces },
    skip(t().skipToPlaces, sheet.element),
    skip(t().skipToMap, map),
  )
  const element = h('div', { class: 'page' }, skips, header, main, toasts.element)
  return { element, tools, chips, map, over, controls, corner, head, body, sheet, toasts, signal }
}

/** The way to the second door, for those who register. Wide pages have it in the header, phones in the corner of the map. */
export function unitsDoor(kind: string): HTMLElement {
  return h('a', { class: kind, href: 'register.html' }, t().units)
}

/** A skip link moves focus itself: the address after # belongs to the state of the map. */
function skip(text: string, to: HTMLElement): HTMLElement {
  return on(h('a', { href: `#${to.id}`, class: 'skip' }, text), {
    click: (event) => {
      event.preventDefault()
      to.focus()
    },
  })
}

/** The mark of Yimi. */
export function mark(): SVGSVGElement {
  return svg(
    'svg',
    { class: 'brand-mark', viewBox: '0 0 32 32', width: 32, height: 32, 'aria-hidden': 'true' },
    svg('rect', { width: 32, height: 32, rx: 8, class: 'brand-ground' }),
    svg('path', { d: 'M7 8h18', class: 'brand-line' }),
    svg('circle', { cx: 16, cy: 14.5, r: 3.2, class: 'brand-child' }),
    svg('path', { d: 'M10.5 26v-2.5c0-3.3 2.2-5 5.5-5s5.5 1.7 5.5 5V26z', class: 'brand-child' }),
  )
}
