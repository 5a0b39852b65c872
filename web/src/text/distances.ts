import { t } from './language'
import { count } from './numbers'

/** Metres for people: tens of metres up to a kilometre, one decimal up to ten, then whole kilometres. */
export function distance(metres: number): string {
  if (metres < 995) return t().map.metres(count(Math.max(10, Math.round(metres / 10) * 10)))
  const km = metres / 1000
  return t().map.kilometres(km < 9.95 ? km.toFixed(1) : count(Math.round(km)))
}

/** A length that is already round, as a scale bar needs it. */
export function exactLength(metres: number): string {
  return metres < 1000 ? t().map.metres(count(metres)) : t().map.kilometres(count(metres / 1000))
}
