import { day } from './dates'

/** 2026年11月24日 15:20, in the reader's own time. */
export function moment(rfc3339: string): string {
  const at = new Date(rfc3339)
  if (Number.isNaN(at.getTime())) return rfc3339
  const two = (n: number): string => String(n).padStart(2, '0')
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day(date)} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** Whole days from then until now. */
export function daysSince(rfc3339: string, now = new Date()): number {
  return Math.max(0, Math.floor((now.getTime() - new Date(rfc3339).getTime()) / 86_400_000))
}
