import type { Unit } from '../../api/siting'
import { count } from '../../text/numbers'
import { s } from '../../text/siting/words'

/** An objective or a bound in words: children, sites, or seconds as minutes with one decimal. */
export function inUnit(value: number, unit: Unit): string {
  return s().value[unit](unit === 'seconds' ? count(Math.round(value / 6) / 10) : count(Math.round(value)))
}

/** Whether more is better. */
export function upwards(unit: Unit): boolean {
  return unit === 'children'
}

/** The unit in which an objective is told, before a result says so. */
export function unitOf(objective: string): Unit {
  return objective === 'set_covering' ? 'sites' : /^p_/.test(objective) ? 'seconds' : 'children'
}

/** 0.0017 → 0.17 %: a gap is small, and whole per cents would hide it. */
export function gapInWords(gap: number): string {
  const percent = gap * 100
  const digits = percent >= 10 ? 0 : percent >= 1 ? 1 : 2
  // Never rounded to nothing while something is left.
  const shown = percent > 0 && percent < 0.01 ? '<0.01' : String(Number(percent.toFixed(digits)))
  return `${shown}\u2009%`
}
