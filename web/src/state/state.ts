import type { Language } from '../text/language'

/** Always WGS-84, whatever the base map's datum. */
export type View = { lat: number; lon: number; zoom: number }

/** What the person is doing. Exactly one at a time. */
export type Mode =
  | { name: 'browse' }
  | { name: 'card'; site: number }
  | { name: 'spot'; sites: readonly number[] }
  | { name: 'towns' }
  | { name: 'town'; area: string }
  | { name: 'targets' }

export type SheetStop = 'peek' | 'half' | 'full'

export type State = {
  view: View | null
  /** Chosen kinds; none means all. */
  kinds: readonly string[]
  mode: Mode
  /** The target whose counting sites alone are shown. */
  target: string | null
  query: string
  language: Language
  sheet: SheetStop
  legend: boolean
  /** The site under the pointer, on the map or in the list. */
  pointed: number | null
}

export const initial: State = {
  view: null,
  kinds: [],
  mode: { name: 'browse' },
  target: null,
  query: '',
  language: 'zh',
  sheet: 'peek',
  legend: false,
  pointed: null,
}
