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
