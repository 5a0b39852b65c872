// Whether a place is open, in words. The server works it out; times are those of the county's clock, without a zone, and
// so is `now`: the reader's own clock may show another time.
import { hoursWords } from './words'

/** From when on it is otherwise; not sure: from then on nobody knows. */
export type Change = { at: string; sure: boolean }
export type Why = keyof ReturnType<typeof hoursWords>['unknown']
export type Opening =
  | { state: 'open'; until: Change | null; closes_soon: boolean; comment: string | null }
  | { state: 'closed'; opens: Change | null; comment: string | null }
  | { state: 'unknown'; why: Why; until: string | null; comment: string | null }

/** So many minutes before it opens, minutes are told instead of the time. */
const MINUTES_TOLD = 60

/** 已开放，17:00 关门 · 40 分钟后开门 · 即将关门，17:00 关门. `now` is local, such as 2026-03-02T16:40. */
export function stateInWords(state: Opening, now: string): string {
  const words = said(state, now)
  return state.comment ? hoursWords().withComment(words, state.comment) : words
}

function said(state: Opening, now: string): string {
  const words = hoursWords()
  if (state.state === 'unknown') return words.unknown[state.why]
  if (state.state === 'open') {
    if (!state.until) return words.always
    const when = whenInWords(state.until.at, now)
    if (!state.until.sure) return words.openPerhapsLonger(when)
    return state.closes_soon ? words.closesSoon(when) : words.openUntil(when)
  }
  if (!state.opens) return words.notSoon
  const { at, sure } = state.opens
  if (!sure) return words.perhapsFrom(whenInWords(at, now))
  const minutes = minutesBetween(now, at)
  return minutes <= MINUTES_TOLD ? words.opensInMinutes(String(minutes)) : words.opensAt(whenInWords(at, now))
}

/** 17:00 · 明天 08:00 · 周一 08:00 · 3月20日 08:00. */
export function whenInWords(at: string, now: string): string {
  const words = hoursWords().at
  const time = at.slice(11, 16)
  const days = Math.round((dayOf(at) - dayOf(now)) / DAY_MS)
  if (days === 1 && time === '00:00') return words.midnight
  if (days <= 0) return words.today(time)
  if (days === 1) return words.tomorrow(time)
  if (days < 7) return words.weekday(weekdayName(at), time)
  return words.date(Number(at.slice(5, 7)), Number(at.slice(8, 10)), time)
}

const DAY_MS = 86_400_000

function dayOf(local: string): number {
  return Date.parse(`${local.slice(0, 10)}T00:00Z`)
}

function weekdayName(local: string): string {
  return hoursWords().weekdays[(new Date(dayOf(local)).getUTCDay() + 6) % 7] ?? ''
}

/** Whole minutes from one local time to another, begun ones counted. */
function minutesBetween(from: string, to: string): number {
  return Math.ceil((Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000)
}
