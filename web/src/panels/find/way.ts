import { wholeMinutes } from '../../api/minutes'
import type { Crossing, LonLat, SafestWay, Ways } from '../../api/ways'
import { type Vendor, vendorLink, vendors } from '../../map/vendors'
import { type Protection, protectionOf } from '../../style/crossings'
import { distance } from '../../text/distances'
import { f } from '../../text/find/words'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { button } from '../../ui/button'
import { crossingSign } from '../../ui/crossing'
import { type Child, h } from '../../ui/dom'

export type Choice = 'quickest' | 'safest'
export type Shown = {
  name: string
  to: LonLat
  ways: Ways | null
  home: boolean
  choice: Choice
  walker: string
}
export type WayChoices = { choose(choice: Choice): void; turn(home: boolean): void }

/** How to get there or back: how long, over which roads, step by step, and how to go on in another map. */
export function wayPanel(
  shown: Shown,
  choices: WayChoices,
  from: HTMLElement,
  instead: HTMLElement | null,
): HTMLElement {
  const { ways, name, home } = shown
  const title = home ? f().way.home(name) : f().way.to(name)
  return h(
    'article',
    { class: 'way' },
    h('h2', { class: 'card-name way-title', tabindex: '-1' }, title),
    from,
    ...(ways && !instead ? found(shown, ways, choices) : []),
    instead,
    home ? null : apps(shown.to, name),
  )
}

function found(shown: Shown, ways: Ways, choices: WayChoices): Child[] {
  const { safest } = ways.properties
  const way = shown.choice === 'safest' && safest ? safest : ways
  return [
    turnButtons(shown.home, choices),
    safest ? twoWays(shown, ways, safest, choices) : figure(ways),
    safest ? null : h('p', { class: 'way-same' }, sameWords(ways)),
    h('h3', {}, f().way.crossings),
    crossingList(way.properties.crossings),
    h('h3', {}, f().way.steps),
    h('ol', { class: 'steps-list' }, ...way.properties.steps.map((step) => stepLine(step.act, nameOf(step.text)))),
    shown.walker ? h('p', { class: 'muted way-who' }, f().way.who(shown.walker)) : null,
  ]
}

function turnButtons(home: boolean, choices: WayChoices): HTMLElement {
  const one = (back: boolean, label: string): HTMLElement =>
    button(
      () => choices.turn(back),
      { class: 'way-turn', 'data-way': back ? 'home' : 'there', 'aria-pressed': String(home === back) },
      label,
    )
  return h(
    'div',
    { class: 'way-turns', role: 'group', 'aria-label': f().way.direction },
    one(false, f().way.there),
    one(true, f().way.back),
  )
}

function figure({ properties }: Ways): HTMLElement {
  return h(
    'p',
    { class: 'way-figure' },
    h('strong', {}, minutes(properties.walk_secs)),
    h('span', {}, distance(properties.length_m)),
  )
}

function sameWords({ properties }: Ways): string {
  return bareOf(properties.crossings) > 0 ? f().way.same : f().way.noBare
}

/** Both ways side by side; the chosen one is drawn strongly on the map. */
function twoWays(shown: Shown, quickest: Ways, safest: SafestWay, choices: WayChoices): HTMLElement {
  const one = (choice: Choice, label: string, way: Ways | SafestWay, aside: string): HTMLElement => {
    const bare = bareOf(way.properties.crossings)
    return button(
      () => choices.choose(choice),
      { class: 'way-choice', 'data-way': choice, 'aria-pressed': String(shown.choice === choice) },
      h('span', { class: 'way-label' }, label),
      h('strong', {}, minutes(way.properties.walk_secs)),
      h('span', { class: 'way-metres' }, [distance(way.properties.length_m), aside].filter(Boolean).join(' · ')),
      h(
        'span',
        { class: 'way-bare' },
        bare > 0 ? crossingSign('bare') : crossingSign('safe'),
        bare > 0 ? f().way.bare(count(bare)) : f().way.noBare,
      ),
    )
  }
  // of the minutes that are told, so that they add up
  const more = wholeMinutes(safest.properties.walk_secs) - wholeMinutes(quickest.properties.walk_secs)
  const extra = more > 0 ? f().way.extra(f().minutes(count(more))) : ''
  return h(
    'div',
    { class: 'way-choices', role: 'group', 'aria-label': f().way.choose },
    one('quickest', f().way.quickest, quickest, ''),
    one('safest', f().way.safest, safest, extra),
  )
}

function minutes(secs: number): string {
  return f().minutes(count(wholeMinutes(secs)))
}

function guarded({ protection, on_duty: onDuty }: Crossing): Protection {
  return onDuty ? 'safe' : protectionOf(protection)
}

function bareOf(crossings: readonly Crossing[]): number {
  return crossings.filter((crossing) => guarded(crossing) === 'bare').length
}

function crossingList(crossings: readonly Crossing[]): HTMLElement {
  if (crossings.length === 0) return h('p', {}, f().way.noCrossings)
  const kinds = (['bare', 'marked', 'safe'] as const).filter((kind) => crossings.some((one) => guarded(one) === kind))
  const line = (kind: Protection): HTMLElement => {
    const here = crossings.filter((one) => guarded(one) === kind)
    const duty = here.some((one) => one.on_duty) ? ` · ${f().way.onDuty}` : ''
    const words = f().way.times(f().way.crossing[kind], count(here.length))
    return h('li', {}, crossingSign(kind, 18), h('span', {}, words + duty))
  }
  return h('ul', { class: 'way-crossings' }, ...kinds.map(line))
}

function stepLine(act: string, words: string): HTMLElement {
  return h('li', { class: act === 'cross' ? 'step-cross' : '' }, words)
}

/** One press opens the same destination elsewhere. */
function apps(to: LonLat, name: string): HTMLElement {
  const words = f().way
  const link = (vendor: Vendor): HTMLElement => {
    const away = vendor === 'phone' ? {} : { target: '_blank', rel: 'noopener noreferrer' }
    return h(
      'a',
      { class: 'button', 'data-app': vendor, href: vendorLink(vendor, to, name), ...away },
      words.app[vendor],
    )
  }
  return h(
    'section',
    { class: 'way-apps' },
    h('h3', {}, words.apps),
    h('div', { class: 'way-links' }, ...vendors.map(link)),
    h('p', { class: 'muted' }, words.appsNote),
  )
}
