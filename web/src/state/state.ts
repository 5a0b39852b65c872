import type { Language } from '../text/language'
import { type History, noHistory } from './history'
import { noWish, type Wish } from './wish'

/** Always WGS-84, whatever the base map's datum. */
export type View = { lat: number; lon: number; zoom: number }

/** What the person is doing. Exactly one at a time. */
export type Mode =
  | { name: 'nearby' }
  | { name: 'browse' }
  | { name: 'card'; site: number }
  | { name: 'way'; site: number }
  | { name: 'spot'; sites: readonly number[] }
  | { name: 'towns' }
  | { name: 'town'; area: string }
  | { name: 'targets' }
  | { name: 'coverage' }
  | { name: 'plan' }

/** A weekday (Monday is 0) and a time of day: when the walk is to happen. */
export type Moment = { day: number; time: string }

/** What a planner asks of coverage. null leaves the choice to the county: its first kind, the kind's own minutes, the usual walker. */
export type Question = {
  kind: string | null
  minutes: number | null
  profile: string | null
  at: Moment | null
  ages: { from: number; to: number } | null
  /** Attributes that a site must have to count: { demonstration: 'true' }. */
  only: Readonly<Record<string, string>>
  /** The site whose service area is shown. */
  service: number | null
}

/** Where a parent asks from. Kept in memory for as long as the page is open, and nowhere else. `name`: of a place that was chosen. */
export type Origin = { lat: number; lon: number; by: 'device' | 'place' | 'map'; name: string; accuracy: number | null }

export type SheetStop = 'peek' | 'half' | 'full'

export type State = {
  view: View | null
  /** Chosen kinds; none means all. */
  kinds: readonly string[]
  mode: Mode
  /** The target whose counting sites alone are shown. */
  target: string | null
  coverage: Question
  /** What a planner would change, and the steps that led there. */
  plan: History
  /** The saved scenario that is open. */
  scenario: string | null
  query: string
  language: Language
  sheet: SheetStop
  legend: boolean
  /** What a parent looks for, and from where. */
  wish: Wish
  origin: Origin | null
  /** Somebody has said where they stand since the page was opened: the map around it stays out of the address, even once that is forgotten. */
  stood: boolean
  /** The next place that is found in the search field is where one starts from. */
  seeking: boolean
  /** The site under the pointer, on the map or in the list. */
  pointed: number | null
}

export const noQuestion: Question = {
  kind: null,
  minutes: null,
  profile: null,
  at: null,
  ages: null,
  only: {},
  service: null,
}

export const initial: State = {
  view: null,
  kinds: [],
  mode: { name: 'browse' },
  target: null,
  coverage: noQuestion,
  plan: noHistory,
  scenario: null,
  query: '',
  language: 'zh',
  sheet: 'peek',
  legend: false,
  wish: noWish,
  origin: null,
  stood: false,
  seeking: false,
  pointed: null,
}
