import type { Person } from '../../api/session'
import { may } from '../../api/session'
import { t } from '../../text/language'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { Toasts } from '../../ui/toast'
import { mark } from '../frame'

/** The skeleton of the second door: header, doors, what is offline, and the room in the middle. */
export type OfficeFrame = {
  element: HTMLElement
  main: HTMLElement
  toasts: Toasts
  show(room: HTMLElement): void
  doors(person: Person | null, current: string): void
  offline(on: boolean): void
}

export type DoorId =
  | 'desk'
  | 'review'
  | 'sheets'
  | 'reports'
  | 'homes'
  | 'people'
  | 'units'
  | 'kinds'
  | 'audit'
  | 'account'

/** The rooms that somebody may enter, in the order in which they stand in the header. */
export function doorsOf(person: Person): DoorId[] {
  const doors: DoorId[] = []
  if (may(person, 'register') || may(person, 'review')) doors.push('desk')
  if (may(person, 'review')) doors.push('review')
  if (may(person, 'register')) doors.push('sheets')
  if (may(person, 'register') || may(person, 'review')) doors.push('reports')
  if (may(person, 'see_homes')) doors.push('homes')
  if (may(person, 'manage')) doors.push('people', 'units', 'kinds', 'audit')
  return [...doors, 'account']
}

export function makeOffice(switchLanguage: () => void): OfficeFrame {
  const nav = h('nav', { class: 'office-doors', 'aria-label': r().nav.label })
  const main = h('main', { class: 'office-main', id: 'main', tabindex: '-1' })
  const away = h('p', { class: 'office-offline', role: 'status', hidden: true }, icon('at_risk', 18), r().offline)
  const toasts = new Toasts()
  const language = button(
    switchLanguage,
    { class: 'office-language', id: 'language', title: t().switchLanguage, lang: t().lang === 'en' ? 'zh-CN' : 'en' },
    t().otherLanguage,
  )
  const header = h(
    'header',
    { class: 'office-header' },
    h(
      'div',
      { class: 'office-brand' },
      h(
        'a',
        { href: './', class: 'office-home', title: r().nav.map, 'aria-label': r().nav.map, tabindex: '-1' },
        mark(),
      ),
      h('p', {}, h('strong', {}, `${t().brand} · ${r().title}`), h('span', {}, r().tag)),
      h('a', { href: './', class: 'office-language office-map' }, r().nav.map),
      language,
    ),
    nav,
  )
  const skip = on(h('a', { class: 'skip', href: '#main' }, r().skip), {
    click: (event) => {
      event.preventDefault()
      main.focus()
    },
  })
  const element = h('div', { class: 'office' }, skip, header, away, main, toasts.element)
  return {
    element,
    main,
    toasts,
    show: (room) => {
      replace(main, room)
      main.scrollTop = 0
    },
    doors: (person, current) => {
      nav.hidden = person === null
      if (person) replace(nav, ...doorsOf(person).map((id) => door(id, id === current)))
      // On a phone the row is longer than the screen.
      nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    },
    offline: (on) => {
      away.hidden = !on
    },
  }
}

function door(id: DoorId, here: boolean): HTMLElement {
  return h('a', { class: 'office-door', href: `#/${id}`, 'aria-current': here ? 'page' : null }, r().nav[id])
}
