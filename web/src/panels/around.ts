// The small things that stand on and around the map: notices over it, its buttons, its lower left corner.
import { problemFrom } from '../api/client'
import type { County } from '../api/county'
import { nameOf, t } from '../text/language'
import { button, iconButton } from '../ui/button'
import { openDialog } from '../ui/dialog'
import { h } from '../ui/dom'
import { icon } from '../ui/icons'
import { command, notice } from '../ui/notice'
import { unitsDoor } from './frame'

/** 示例数据: small, calm, always there; a press explains it. */
export function demonstrationBadge(): HTMLElement {
  const explain = (): void => {
    openDialog(
      t().demo.title,
      h('p', {}, t().demo.body),
      h('p', {}, t().demo.next),
      command('yimi import sites FILE --crs wgs84'),
    )
  }
  return button(explain, { class: 'demo-badge', 'aria-haspopup': 'dialog' }, icon('info', 15), t().demo.badge)
}

export function targetBanner(words: string, showAll: () => void): HTMLElement {
  return h(
    'div',
    { class: 'banner', role: 'status' },
    h('span', {}, words),
    button(showAll, { class: 'button primary' }, t().targets.showAll),
  )
}

export function crowdedNotice(): HTMLElement {
  return h('div', { class: 'banner', role: 'status' }, h('span', {}, t().map.tooMany))
}

export type ControlChoices = { locate(): void; zoom(by: number): void; whole(): void; legend(): void }

export function controlButtons(choices: ControlChoices): HTMLElement[] {
  return [
    iconButton('locate', t().map.locate, choices.locate, 'floating locate-button'),
    iconButton('legend', t().legend.open, choices.legend, 'floating legend-button'),
    iconButton('whole', t().map.whole, choices.whole, 'floating'),
    h(
      'div',
      { class: 'zoom' },
      iconButton('plus', t().map.zoomIn, () => choices.zoom(1)),
      iconButton('minus', t().map.zoomOut, () => choices.zoom(-1)),
    ),
  ]
}

/** Map approval number and credits, which must stay readable at the lower left. */
export function cornerLines(county: County): HTMLElement[] {
  const { outlines, map_approval: approval, basemap, ground, openstreetmap } = county.config
  const lines: HTMLElement[] = []
  if (outlines === 'schematic') lines.push(h('span', {}, t().map.schematic))
  if (approval) {
    const parts = [t().map.approval(approval.number), approval.year, approval.copyright].filter(Boolean)
    lines.push(h('span', { class: 'approval' }, parts.join(' · ')))
  }
  if (ground?.demonstration && !basemap) lines.push(h('span', {}, t().map.groundDemo))
  const credits = [openstreetmap && t().map.osmCredit, basemap?.attribution].filter((text) => typeof text === 'string')
  for (const text of new Set(credits)) lines.push(credit(text))
  return [...lines, unitsDoor('corner-door')]
}

function credit(text: string): HTMLElement {
  if (!/openstreetmap/i.test(text)) return h('span', {}, text)
  const href = 'https://www.openstreetmap.org/copyright'
  return h('span', {}, h('a', { href, rel: 'noopener noreferrer', target: '_blank' }, text))
}

/** What a newcomer sees before the first import. */
export function emptyNotice(): HTMLElement {
  return notice(
    t().empty.title,
    [
      t().empty.body,
      h('span', { class: 'step' }, t().empty.demo, command('yimi demo')),
      h('span', { class: 'step' }, t().empty.own, command('yimi import sites FILE --crs wgs84')),
    ],
    button(() => location.reload(), { class: 'button primary' }, t().empty.reload),
  )
}

export function failedNotice(title: string, detail: string, retry: () => void): HTMLElement {
  return notice(title, detail ? [detail] : [], button(retry, { class: 'button primary' }, t().retry))
}

/** The same for whatever was thrown. */
export function noticeOf(cause: unknown, retry: () => void): HTMLElement {
  const { title, detail } = problemFrom(cause)
  return failedNotice(title, detail, retry)
}

export function pageHeading(county: County): string {
  return county.config.county ? nameOf(county.config.county) : t().brandTag
}
