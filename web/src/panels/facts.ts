import type { Attribute, SiteProperties } from '../api/types'
import { day } from '../text/dates'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'

export type Fact = { id: string; label: string; value: string; type: Attribute['type'] }

/** Attributes with a place of their own on the card. */
const apart = new Set([
  'name_en',
  'opening_hours',
  'address',
  'age_min',
  'age_max',
  'demonstration',
  'demonstration_since',
])

/** What is known of a site, in words and in the order of the catalogue. What is not known is left out. */
export function factsOf(site: SiteProperties, attributes: readonly Attribute[]): Fact[] {
  const facts: Fact[] = []
  const ages = ageBand(site)
  if (ages) facts.push({ id: 'age', label: t().card.age, value: ages, type: 'text' })
  for (const attribute of attributes) {
    if (apart.has(attribute.id)) continue
    const value = inWords(attribute, site[attribute.id])
    if (value) facts.push({ id: attribute.id, label: nameOf(attribute.name), value, type: attribute.type })
  }
  return facts
}

export function ageBand(site: SiteProperties): string | null {
  const [from, to] = [site.age_min, site.age_max]
  if (typeof from === 'number' && typeof to === 'number') return t().card.ageFromTo(String(from), String(to))
  if (typeof from === 'number') return t().card.ageFrom(String(from))
  if (typeof to === 'number') return t().card.ageTo(String(to))
  return null
}

export function inWords(attribute: Attribute, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  switch (attribute.type) {
    case 'bool':
      return value === true ? t().yes : t().no
    case 'choice': {
      const choice = attribute.choices?.find((candidate) => candidate.id === value)
      return choice ? nameOf(choice.name) : String(value)
    }
    case 'date':
      return day(String(value))
    case 'integer':
      return typeof value === 'number' ? count(value) : String(value)
    default:
      return String(value)
  }
}

/** Days in words: [0,1,2,3,4] → 周一至周五, [5,6] → 周六、周日. */
export function daysInWords(days: readonly number[]): string {
  const { days: names, every, range, listDays: list } = t().hours
  if (days.length === 7) return every
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0]
  const name = (index: number): string => names[index] ?? ''
  return days.length > 2 && last - first === days.length - 1 ? range(name(first), name(last)) : list(days.map(name))
}
