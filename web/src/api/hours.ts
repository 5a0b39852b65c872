import type { Opening } from '../text/hours/state'
import type { Week } from '../text/hours/table'
import { get } from './client'

/** When a place is open: at a time, and through the week. */
export type Hours = { at: string; written: string | null; opening: Opening | null; week: Week | null }

/** `at`: local, such as 2026-03-02T16:40; nothing: now. */
export function getHours(site: number, at: string | null, signal: AbortSignal): Promise<Hours> {
  return get<Hours>(`sites/${site}/hours`, at ? { at } : {}, signal)
}
