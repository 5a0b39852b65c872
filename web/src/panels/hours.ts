import { f } from '../text/find/words'
import { type Row, rowsOf, type Week } from '../text/hours/table'
import { t } from '../text/language'
import { groupWeek, readWeek, type Span } from '../text/week'
import { type Child, h } from '../ui/dom'
import { daysInWords } from './facts'

/** Opening hours as a small week table where they are simple, else as they were written. */
export function hoursTable(written: string, today: Date, caption: string): HTMLElement {
  const week = readWeek(written)
  if (!week) return h('p', { class: 'hours-written' }, written)
  // Date counts from Sunday, a week in the table from Monday.
  const now = (today.getDay() + 6) % 7
  const rows = groupWeek(week).map(({ days, spans }) => row(daysInWords(days), spans, days.includes(now)))
  if (week.holidays) rows.push(row(t().hours.holidays, week.holidays, false))
  if (week.schoolHolidays) rows.push(row(t().hours.schoolHolidays, week.schoolHolidays, false))
  return h('table', { class: 'hours' }, h('caption', { class: 'visually-hidden' }, caption), h('tbody', {}, ...rows))
}

function row(days: string, spans: readonly Span[], today: boolean): HTMLElement {
  const label = [days, today && h('span', { class: 'today' }, t().hours.today)]
  return h(
    'tr',
    today ? { class: 'is-today' } : {},
    h('th', { scope: 'row' }, ...label),
    h('td', {}, ...inWords(spans)),
  )
}

/** Each span of hours stays on one line; a line may end between two. */
function inWords(spans: readonly Span[]): Child[] {
  if (spans.length === 0) return [t().hours.closed]
  if (spans.length === 1 && spans[0]?.from === '00:00' && spans[0].to === '24:00') return [t().hours.always]
  return spans.flatMap(({ from, to }, index) => [index > 0 && t().join, h('span', {}, `${from}–${to}`)])
}

/** The week as the server worked it out, with holidays and days that are worked in exchange; today, or the day that was chosen, stands out. */
export function weekTable(week: Week, day: string, chosen: boolean): HTMLElement[] {
  const mark = chosen ? f().hours.chosen : t().hours.today
  const line = ({ label, times, notes, today: now }: Row): HTMLElement =>
    h(
      'tr',
      now ? { class: 'is-today' } : {},
      h('th', { scope: 'row' }, label, now && h('span', { class: 'today' }, mark)),
      h(
        'td',
        {},
        ...times.map((time) => h('span', { class: 'hours-time' }, time)),
        ...notes.map((note) => h('small', { class: 'hours-note' }, note)),
      ),
    )
  const caption = h('caption', { class: 'visually-hidden' }, f().hours.week)
  return [h('table', { class: 'hours week' }, caption, h('tbody', {}, ...rowsOf(week, day).map(line)))]
}
