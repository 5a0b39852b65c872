// The question about coverage ↔ the fields of the address, named as the server names them.

import { type Moment, noQuestion, type Question } from './state'

/** As in OSM's opening hours. */
const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
export const mostMinutes = 60

export function readQuestion(fields: URLSearchParams): Question {
  const minutes = whole(fields.get('minutes'))
  return {
    kind: fields.get('kind') || null,
    minutes: minutes !== null && minutes >= 1 && minutes <= mostMinutes ? minutes : null,
    profile: fields.get('profile') || null,
    at: readMoment(fields.get('at') ?? ''),
    ages: readAges(fields.get('ages') ?? ''),
    only: readOnly(fields.get('only') ?? ''),
    service: whole(fields.get('service')),
  }
}

export function writeQuestion(question: Question, fields: URLSearchParams): void {
  const { kind, minutes, profile, at, ages, only, service } = question
  if (kind) fields.set('kind', kind)
  if (minutes !== null) fields.set('minutes', String(minutes))
  if (profile) fields.set('profile', profile)
  if (at) fields.set('at', `${days[at.day]}-${at.time}`)
  if (ages) fields.set('ages', `${ages.from}-${ages.to}`)
  const pairs = Object.entries(only).map(([name, value]) => `${name}:${value}`)
  if (pairs.length > 0) fields.set('only', pairs.join(','))
  if (service !== null) fields.set('service', String(service))
}

/** 周六 10:00 → the next such morning from `today` on, as the server wants it: opening hours know holidays, so it needs a date. */
export function nextDate(at: Moment, today: Date): string {
  const ahead = (at.day - ((today.getDay() + 6) % 7) + 7) % 7
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + ahead)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${at.time}`
}

function readMoment(text: string): Moment | null {
  const [, name, time] = /^([A-Z][a-z])-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? []
  const day = days.indexOf(name ?? '')
  return day >= 0 && time ? { day, time } : null
}

function readAges(text: string): Question['ages'] {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? []
  return from && to && Number(from) <= Number(to) ? { from: Number(from), to: Number(to) } : null
}

function readOnly(text: string): Question['only'] {
  const pairs = text.split(',').map((part) => /^([a-z_]{1,40}):([\w-]{1,60})$/.exec(part))
  const found = pairs.flatMap((match) => (match?.[1] && match[2] ? [[match[1], match[2]] as const] : []))
  return found.length > 0 ? Object.fromEntries(found) : noQuestion.only
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
