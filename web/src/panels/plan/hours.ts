import { t } from '../../text/language'
import { p } from '../../text/plan/words'
import { groupWeek, readWeek } from '../../text/week'
import { button } from '../../ui/button'
import { h } from '../../ui/dom'
import { daysInWords } from '../facts'

/** Opening hours in a phrase, where they are simple; else as they were written. */
export function hoursInWords(written: string): string {
  const week = readWeek(written)
  if (!week) return written
  return groupWeek(week)
    .filter(({ spans }) => spans.length > 0)
    .map(({ days, spans }) => `${daysInWords(days)} ${spans.map(({ from, to }) => `${from}–${to}`).join(t().join)}`)
    .join(t().join)
}

const choices = { daily: 'Mo-Su', weekdays: 'Mo-Fr', weekend: 'Sa-Su' } as const
type Choice = keyof typeof choices

/** Days and a span of the day, given as the server reads them; nothing to know about how they are written. */
export function hoursForm(start: string | null, use: (hours: string) => void): HTMLElement {
  const [, days, from = '09:00', to = '17:00'] = /^(\S+) (\d\d:\d\d)-(\d\d:\d\d)$/.exec(start ?? '') ?? []
  const pick = h(
    'select',
    { class: 'field', 'aria-label': p().hours.days },
    ...(Object.keys(choices) as Choice[]).map((choice) =>
      h('option', { value: choices[choice], selected: choices[choice] === days }, p().hours[choice]),
    ),
  )
  const time = (label: string, value: string): HTMLInputElement =>
    h('input', { class: 'field', type: 'time', value, step: 900, required: true, 'aria-label': label })
  const [begin, end] = [time(p().hours.from, from), time(p().hours.to, to)]
  const wrong = h('p', { class: 'hours-wrong', role: 'alert' })
  const given = (): void => {
    const [a, b] = [begin.value.slice(0, 5), end.value.slice(0, 5)]
    const fine = a !== '' && b !== '' && a < b
    wrong.textContent = fine ? '' : p().hours.wrong
    if (fine) use(`${pick.value} ${a}-${b}`)
  }
  return h(
    'div',
    { class: 'hours-form' },
    pick,
    h('span', { class: 'hours-span' }, begin, h('span', { 'aria-hidden': 'true' }, '–'), end),
    button(given, { class: 'button primary' }, p().hours.use),
    wrong,
  )
}
