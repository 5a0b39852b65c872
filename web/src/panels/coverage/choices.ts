// The choices behind each word of the question.
import type { Ages, Profile } from '../../api/coverage'
import type { Attribute } from '../../api/types'
import { nextDate } from '../../state/question'
import type { Moment } from '../../state/state'
import { c } from '../../text/coverage/words'
import { day } from '../../text/dates'
import { nameOf, t } from '../../text/language'
import { count } from '../../text/numbers'
import { type Child, h, on } from '../../ui/dom'
import { symbol } from '../../ui/symbol'
import { type Asked, agesInWords, type Ground } from './asked'
import type { Change } from './question'

export function kindChoice({ county }: Ground, asked: Asked, change: Change, done: () => void): HTMLElement {
  const options = county.pointKinds.map((kind) => ({
    checked: kind.id === asked.kind,
    // Minutes and conditions belong to a kind; another one starts with its own.
    pick: () => change({ kind: kind.id, minutes: null, only: {}, service: null }),
    content: [symbol(kind, { size: 24 }), nameOf(kind.name), aside(kind.count)],
  }))
  return radios(c().question.kind, options, done)
}

function aside(value: number | string): HTMLElement {
  return h('span', { class: 'ask-aside' }, typeof value === 'number' ? count(value) : value)
}

export function profileChoice({ profiles }: Ground, asked: Asked, change: Change, done: () => void): HTMLElement {
  const source = h('p', { class: 'muted ask-note' })
  const tell = (profile: Profile | null): void => {
    const words = profile && (profile.confirmed ? c().question.paceFrom : c().question.paceWorking)
    source.textContent = profile && words ? words(nameOf(profile.source)) : ''
  }
  tell(asked.profile)
  const options = profiles.map((profile) => ({
    checked: profile.id === asked.profile?.id,
    pick: () => {
      tell(profile)
      change({ profile: profile.usual ? null : profile.id })
    },
    content: [
      nameOf(profile.name),
      h('span', { class: 'ask-aside' }, c().question.pace(profile.pace_m_per_s.toFixed(2).replace(/0$/, ''))),
    ],
  }))
  const list = radios(c().question.profile, options, done)
  list.append(source)
  return list
}

export function agesChoice({ children }: Ground, asked: Asked, change: Change, done: () => void): HTMLElement {
  const { bands, usual } = children
  const all = { from: bands[0]?.from ?? 0, to: bands.at(-1)?.to ?? 18 }
  const offered = [usual, all, ...bands].filter((ages, i, list) => list.findIndex((other) => same(other, ages)) === i)
  const options = offered.map((ages) => ({
    checked: same(ages, asked.ages),
    pick: () => change({ ages: same(ages, usual) ? null : ages }),
    content: [agesInWords(ages), same(ages, all) && h('span', { class: 'ask-aside' }, c().question.allAges)],
  }))
  return radios(c().question.ages, options, done)
}

function same(a: Ages, b: Ages): boolean {
  return a.from === b.from && a.to === b.to
}

export function atChoice(asked: Asked, change: Change): HTMLElement {
  const start: Moment = asked.at ?? { day: 5, time: '10:00' }
  const days = on(
    h(
      'select',
      { class: 'field', 'aria-label': c().question.day },
      ...t().hours.days.map((name, i) => h('option', { value: i, selected: i === start.day }, name)),
    ),
    { change: () => given() },
  )
  const time = on(
    h('input', { class: 'field', type: 'time', value: start.time, step: 900, 'aria-label': c().question.time }),
    { change: () => given() },
  )
  const date = h('p', { class: 'muted ask-note' })
  const tell = (at: Moment | null): void => {
    date.textContent = at ? day(nextDate(at, new Date())) : ''
  }
  const given = (): void => {
    if (!/^\d\d:\d\d/.test(time.value)) return
    some.checked = true
    const at = { day: Number(days.value), time: time.value.slice(0, 5) }
    tell(at)
    change({ at })
  }
  const radio = (checked: boolean, pick: () => void): HTMLInputElement =>
    on(h('input', { type: 'radio', name: 'ask', checked }), { change: pick })
  const any = radio(asked.at === null, () => {
    tell(null)
    change({ at: null })
  })
  const some = radio(asked.at !== null, given)
  tell(asked.at)
  return h(
    'fieldset',
    { class: 'ask-set' },
    h('legend', {}, c().question.at),
    h('label', { class: 'ask-option' }, any, c().question.anyTime),
    h('label', { class: 'ask-option' }, some, c().question.someTime),
    h('div', { class: 'ask-fields' }, days, time),
    date,
    h('p', { class: 'muted ask-note' }, c().question.atHint),
  )
}

export function onlyChoice(attributes: readonly Attribute[], asked: Asked, change: Change): HTMLElement {
  const only = { ...asked.only }
  const field = (attribute: Attribute): HTMLElement => {
    const options: [string, string][] =
      attribute.type === 'bool'
        ? [
            ['true', t().yes],
            ['false', t().no],
          ]
        : (attribute.choices ?? []).map((choice) => [choice.id, nameOf(choice.name)])
    const select = on(
      h(
        'select',
        { class: 'field' },
        h('option', { value: '' }, c().question.every),
        ...options.map(([value, name]) => h('option', { value, selected: only[attribute.id] === value }, name)),
      ),
      {
        change: () => {
          if (select.value) only[attribute.id] = select.value
          else delete only[attribute.id]
          change({ only: { ...only }, service: null })
        },
      },
    )
    return h('label', { class: 'ask-field' }, h('span', {}, nameOf(attribute.name)), select)
  }
  return h('fieldset', { class: 'ask-set' }, h('legend', {}, c().question.only), ...attributes.map(field))
}

type Option = { checked: boolean; pick: () => void; content: Child[] }

function radios(legend: string, options: Option[], done: () => void): HTMLElement {
  const rows = options.map(({ checked, pick, content }) => {
    const input = on(h('input', { type: 'radio', name: 'ask', checked }), { change: pick })
    // Arrow keys walk through the options, so only a press closes the list.
    return on(h('label', { class: 'ask-option' }, input, ...content), {
      click: (event) => event.detail > 0 && event.target !== input && requestAnimationFrame(done),
    })
  })
  return h('fieldset', { class: 'ask-set' }, h('legend', {}, legend), ...rows)
}
