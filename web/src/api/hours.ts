import type { Opening } from '../text/hours/state'
import type { Week } from '../text/hours/table'
import { get } from './client'

/** When a place is open: now, and through the week. */
export type Hours = { at: string; written: string | null; opening: Opening | null; week: Week | null }

export function getHours(site: number, signal: AbortSignal): Promise<Hours> {
  return get<Hours>(`sites/${site}/hours`, {}, signal)
}
