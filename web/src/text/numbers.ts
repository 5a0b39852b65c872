import { type Language, language } from './language'

// Made once: toLocaleString builds a formatter on every call, which a map with hundreds of numbers feels.
const formats: Record<Language, Intl.NumberFormat> = {
  zh: new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
}

/** 20000 → 20,000; at most one decimal, because that is all a reader can use. */
export function count(n: number): string {
  return formats[language()].format(n)
}

/** A share 0..1 as a whole percentage, never rounded up to a round 100 that has not been reached. */
export function percent(share: number): string {
  const whole = Math.round(share * 100)
  return `${whole === 100 && share < 1 ? 99 : whole}%`
}
