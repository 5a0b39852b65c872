// What a parent looks for ↔ the fields of the address. Where they stand is never among them.

import type { Moment } from './state'

/** `needs`: attributes of the catalogue that a place must have. `at`: for another time than now. */
export type Wish = {
  open: boolean
  at: Moment | null
  age: number | null
  needs: readonly string[]
}

export const noWish: Wish = { open: false, at: null, age: null, needs: [] }

/** As in OSM's opening hours. */
const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
export const oldest = 18

export function readWish(fields: URLSearchParams): Wish {
  const age = /^\d{1,2}$/.test(fields.get('age') ?? '') ? Number(fields.get('age')) : null
  const needs = (fields.get('needs') ?? '').split(',').filter((id) => /^[a-z_]{1,40}$/.test(id))
  return {
    open: fields.get('open') === '1',
    at: readMoment(fields.get('when') ?? ''),
    age: age !== null && age <= oldest ? age : null,
    needs: [...new Set(needs)].slice(0, 12),
  }
}

export function writeWish({ open, at, age, needs }: Wish, fields: URLSearchParams): void {
  if (open) fields.set('open', '1')
  if (at) fields.set('when', `${days[at.day]}-${at.time}`)
  if (age !== null) fields.set('age', String(age))
  if (needs.length > 0) fields.set('needs', needs.join(','))
}

/** With and without one need. */
export function toggled(needs: readonly string[], id: string): string[] {
  return needs.includes(id) ? needs.filter((other) => other !== id) : [...needs, id]
}

function readMoment(text: string): Moment | null {
  const [, name, time] = /^([A-Z][a-z])-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? []
  const day = days.indexOf(name ?? '')
  return day >= 0 && time ? { day, time } : null
}
