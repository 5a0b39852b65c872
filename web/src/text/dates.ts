import { language } from './language'

const months = 'January February March April May June July August September October November December'.split(' ')

/** 2025-12-31 → 2025年12月31日 / 31 December 2025. Anything else is shown as it was written. */
export function day(iso: string): string {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? []
  if (!y || !m || !d) return iso
  const month = months[Number(m) - 1]
  if (!month) return iso
  return language() === 'zh' ? `${y}年${Number(m)}月${Number(d)}日` : `${Number(d)} ${month} ${y}`
}
