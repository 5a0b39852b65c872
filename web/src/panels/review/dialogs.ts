import type { County } from '../../api/county'
import type { Warning } from '../../api/registrations'
import { distance } from '../../text/distances'
import { nameOf } from '../../text/language'
import { r } from '../../text/register/words'
import { v } from '../../text/review/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h } from '../../ui/dom'
import { differenceOf, differenceTable, type Version } from './difference'
import type { Near } from './opened'

/** The keys of the reviewer's desk. */
export function showKeys(): void {
  const rows = Object.entries(v().keyList).flatMap(([key, words]) => [
    h('dt', {}, h('kbd', {}, key)),
    h('dd', {}, words),
  ])
  openDialog(v().keys, h('dl', { class: 'keys' }, ...rows))
}

export type Twin = { site: number; name: string; metres: number | null }

/** Sites that a registration may be merged into: the likely duplicates first, then what else is near. */
export function twinsOf(warnings: readonly Warning[] | undefined, near: readonly Near[]): Twin[] {
  const likely = (warnings ?? []).flatMap(({ what, site, name, distance_m }) =>
    // Homes, whose numbers count down, are merged with nothing that the public sees.
    what === 'duplicate' && typeof site === 'number' && site > 0
      ? [{ site, name: name ?? '', metres: distance_m ?? null }]
      : [],
  )
  const others = near
    .filter(({ place }) => !likely.some(({ site }) => site === place.id))
    .map(({ place, metres }) => ({ site: place.id, name: nameOf(place.name), metres }))
  return [...likely, ...others]
}

export function askMerge(twins: readonly Twin[], merge: (twin: Twin) => void): void {
  const words = v()
  const pick = (twin: Twin): HTMLElement =>
    button(
      () => {
        close()
        merge(twin)
      },
      { class: 'button wide', 'data-into': twin.site },
      twin.metres === null ? words.mergeInto(twin.name) : `${words.mergeInto(twin.name)} · ${distance(twin.metres)}`,
    )
  const close = openDialog(
    words.mergeTitle,
    h('p', {}, twins.length > 0 ? words.mergeHint : words.noDuplicates),
    h('div', { class: 'merge-choices' }, ...twins.slice(0, 8).map(pick)),
    button(() => close(), { class: 'button is-plain' }, r().cancel),
  )
}

/** What a merge adds to the site that is kept, before it is done. */
export function sureToMerge(county: County, name: string, kept: Version, merged: Version, merge: () => void): void {
  const words = v()
  const lines = differenceOf(county, kept, merged)
  const close = openDialog(
    words.mergeInto(name),
    h('p', {}, lines.length > 0 ? words.mergeAdds : words.mergeAddsNone),
    lines.length > 0 && differenceTable(lines, false),
    h(
      'div',
      { class: 'office-acts' },
      button(
        () => {
          close()
          merge()
        },
        { class: 'button primary', 'data-yes': '' },
        words.mergeYes,
      ),
      button(() => close(), { class: 'button' }, r().cancel),
    ),
  )
}
