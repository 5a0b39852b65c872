// Opening hours in plain words. Only the simple weekly part of OSM's opening_hours syntax is read here; whatever goes
// beyond it (months, week numbers, sunrise, comments) returns null and is shown as it was written, never half understood.

export type Span = { from: string; to: string }
/** Monday first, seven entries; an empty entry means closed. Holidays only when a rule names them. */
export type Week = { days: Span[][]; holidays: Span[] | null; schoolHolidays: Span[] | null }

const names = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

export function readWeek(hours: string): Week | null {
  const text = hours.trim()
  if (text === '24/7')
    return { days: names.map(() => [{ from: '00:00', to: '24:00' }]), holidays: null, schoolHolidays: null }
  const week: Week = { days: names.map(() => []), holidays: null, schoolHolidays: null }
  const rules = text.split(';').map((rule) => rule.trim())
  if (rules.at(-1) === '') rules.pop()
  if (rules.length === 0) return null
  for (const rule of rules) {
    const parts = /^((?:[A-Z][A-Za-z](?:\s*[-,]\s*)?)*)\s*(.*)$/.exec(rule)
    if (!parts) return null
    const selected = readDays(parts[1] ?? '')
    const spans = readSpans(parts[2] ?? '')
    if (!selected || !spans) return null
    // A later rule replaces an earlier one for the days that it names.
    for (const index of selected.days) week.days[index] = spans
    if (selected.holidays) week.holidays = spans
    if (selected.schoolHolidays) week.schoolHolidays = spans
  }
  return week
}

type Selected = { days: number[]; holidays: boolean; schoolHolidays: boolean }

function readDays(text: string): Selected | null {
  const trimmed = text.trim()
  if (trimmed === '') return { days: names.map((_, i) => i), holidays: false, schoolHolidays: false }
  const selected: Selected = { days: [], holidays: false, schoolHolidays: false }
  for (const part of trimmed.split(',').map((p) => p.trim())) {
    if (part === 'PH' || part === 'SH') {
      selected[part === 'PH' ? 'holidays' : 'schoolHolidays'] = true
      continue
    }
    const ends = part.split('-').map((p) => names.indexOf(p.trim()))
    const [from, to = from] = ends
    if (from === undefined || to === undefined || from < 0 || to < 0 || ends.length > 2) return null
    for (let i = from; ; i = (i + 1) % 7) {
      selected.days.push(i)
      if (i === to) break
    }
  }
  return selected
}

function readSpans(text: string): Span[] | null {
  if (text === 'off' || text === 'closed') return []
  const spans: Span[] = []
  for (const part of text.split(',')) {
    const [, a, b, c, d] = /^\s*(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)\s*$/.exec(part) ?? []
    if (!a || !b || !c || !d || Number(a) > 24 || Number(c) > 24) return null
    spans.push({ from: `${a.padStart(2, '0')}:${b}`, to: `${c.padStart(2, '0')}:${d}` })
  }
  return spans
}

/** Days that share the same hours, in week order: [[0..4], spans], [[5, 6], spans]. */
export function groupWeek(week: Week): { days: number[]; spans: Span[] }[] {
  const groups: { days: number[]; spans: Span[]; key: string }[] = []
  week.days.forEach((spans, index) => {
    const key = JSON.stringify(spans)
    const same = groups.find((group) => group.key === key)
    if (same) same.days.push(index)
    else groups.push({ days: [index], spans, key })
  })
  return groups.map(({ days, spans }) => ({ days, spans }))
}

/** The week in OSM's syntax, the opposite of `readWeek`; nothing for a week without any open hour. */
export function writeWeek(week: Week): string {
  const open = groupWeek(week).filter(({ spans }) => spans.length > 0)
  if (open.length === 0) return ''
  const all = open.length === 1 && open[0]?.days.length === 7
  const whole = open[0]?.spans.length === 1 && open[0].spans[0]?.from === '00:00' && open[0].spans[0].to === '24:00'
  if (all && whole && !week.holidays && !week.schoolHolidays) return '24/7'
  const rules = open.map(({ days, spans }) => `${writeDays(days)} ${writeSpans(spans)}`)
  if (week.holidays) rules.push(`PH ${writeSpans(week.holidays)}`)
  if (week.schoolHolidays) rules.push(`SH ${writeSpans(week.schoolHolidays)}`)
  return rules.join('; ')
}

function writeSpans(spans: readonly Span[]): string {
  return spans.length === 0 ? 'off' : spans.map(({ from, to }) => `${from}-${to}`).join(',')
}

/** [0,1,2,3,4] → Mo-Fr, [5,6] → Sa,Su, [0,1,2,5] → Mo-We,Sa. */
function writeDays(days: readonly number[]): string {
  const runs: number[][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && last.at(-1) === day - 1) last.push(day)
    else runs.push([day])
  }
  const name = (day: number | undefined): string => names[day ?? 0] ?? ''
  return runs.map((run) => (run.length > 2 ? `${name(run[0])}-${name(run.at(-1))}` : run.map(name).join(','))).join(',')
}
