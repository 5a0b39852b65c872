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

/**
 * 已开放，17:00 关门 · 40 分钟后开门 · 即将关门，17:00 关门. `now` is local, such as 2026-03-02T16:40. Where it is a time that
 * was chosen, nothing is told of today and tomorrow: the reader has another day in mind.
 */
export function stateInWords(state: Opening, now: string, chosen = false): string {
  const words = said(state, now, chosen)
  return state.comment ? hoursWords().withComment(words, state.comment) : words
}

function said(state: Opening, now: string, chosen: boolean): string {
  const words = hoursWords()
  const when = (at: string): string => whenInWords(at, now, chosen)
  if (state.state === 'unknown') return words.unknown[state.why]
  if (state.state === 'open') {
    if (!state.until) return chosen ? words.openThen : words.always
    const end = when(state.until.at)
    if (!state.until.sure) return words.openPerhapsLonger(end)
    return state.closes_soon ? words.closesSoon(end) : words.openUntil(end)
  }
  if (!state.opens) return words.notSoon
  const { at, sure } = state.opens
  if (!sure) return words.perhapsFrom(when(at))
  const minutes = minutesBetween(now, at)
  return minutes <= MINUTES_TOLD && !chosen ? words.opensInMinutes(String(minutes)) : words.opensAt(when(at))
}

/** 17:00 · 明天 08:00 · 周一 08:00 · 3月20日 08:00; of a chosen time, 周一 08:00 for 明天 08:00. */
export function whenInWords(at: string, now: string, chosen = false): string {
  const words = hoursWords().at
  const time = at.slice(11, 16)
  const days = Math.round((dayOf(at) - dayOf(now)) / DAY_MS)
  if (days === 1 && time === '00:00') return chosen ? words.today('24:00') : words.midnight
  if (days <= 0) return words.today(time)
  if (days === 1 && !chosen) return words.tomorrow(time)
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
