// The week table in words, from what the server worked out for seven dates.
import { type Name, nameOf } from '../language'
import type { Why } from './state'
import { hoursWords } from './words'

/** Minutes after midnight; beyond 1440 on the next day. */
export type DaySpan = { from: number; to: number; kind: 'open' | 'unknown'; why: Why | null; comment: string | null }
export type Day = {
  date: string
  /** 0 is Monday. */
  weekday: number
  spans: DaySpan[]
  closed_comment: string | null
  holiday: Name | null
  /** The weekday as which a weekend is worked. */
  worked_as: number | null
  school: Name | null
  public_known: boolean
  school_known: boolean
}
export type Week = { days: Day[]; names_public_holidays: boolean; names_school_holidays: boolean }

export type Row = { date: string; label: string; times: string[]; notes: string[]; today: boolean }

/** A row for each day: 周一 · 08:00–12:00 · 14:00–18:00 · 调休上班，按周五. `today` is the county's date. */
export function rowsOf(week: Week, today: string): Row[] {
  return week.days.map((day) => ({
    date: day.date,
    label: hoursWords().weekdays[day.weekday] ?? '',
    times: timesOf(day),
    notes: notesOf(day, week),
    today: day.date === today,
  }))
}

/** The days of rest in one line, 周一休息; nothing where there are none or nothing else. */
export function restInWords(week: Week): string {
  const words = hoursWords()
  const rests = week.days.filter((day) => day.spans.length === 0 && !day.holiday)
  if (rests.length === 0 || rests.length === week.days.length) return ''
  const days = rests.map((day) => day.weekday).sort()
  return words.rests(days.map((day) => words.weekdays[day] ?? '').join(words.join))
}

function timesOf(day: Day): string[] {
  const words = hoursWords()
  if (day.spans.length > 0) return day.spans.map(spanInWords)
  return [day.closed_comment ? words.withComment(words.rest, day.closed_comment) : words.rest]
}

function spanInWords(span: DaySpan): string {
  const words = hoursWords()
  const whole = span.from === 0 && span.to === 1440
  const plain = whole && span.kind === 'open' ? words.wholeDay : words.span(clock(span.from), clock(span.to))
  const told =
    span.why === 'open_end' ? words.openEnd(clock(span.from)) : span.kind === 'open' ? plain : words.uncertain(plain)
  return span.comment ? words.withComment(told, span.comment) : told
}

function clock(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  const time = (total: number): string => `${two(Math.floor(total / 60))}:${two(total % 60)}`
  return minutes > 1440 ? hoursWords().nextDay(time(minutes - 1440)) : time(minutes)
}

function notesOf(day: Day, week: Week): string[] {
  const { note, weekdays } = hoursWords()
  const notes: string[] = []
  if (day.holiday) notes.push((week.names_public_holidays ? note.holiday : note.holidayUnsaid)(nameOf(day.holiday)))
  if (day.worked_as !== null) notes.push(note.worked(weekdays[day.worked_as] ?? ''))
  if (day.school && week.names_school_holidays) {
    notes.push((day.school_known ? note.school : note.schoolUnsure)(nameOf(day.school)))
  }
  if (!day.public_known && week.names_public_holidays) notes.push(note.publicUnknown)
  return notes
}
