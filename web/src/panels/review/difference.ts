import type { County } from '../../api/county'
import { type Attributes, type Current, type Photo, photoAddress, type Registration } from '../../api/registrations'
import { day } from '../../text/dates'
import { distance } from '../../text/distances'
import { nameOf } from '../../text/language'
import { v } from '../../text/review/words'
import { type Child, h } from '../../ui/dom'
import { inWords } from '../facts'

/** A version of a site: what a registration asks for, what is public, or a step of the history. */
export type Version = {
  kind: string
  name: string | null
  lon: number | null
  lat: number | null
  attributes: Attributes
  photos: readonly Photo[]
  closed_on: string | null
}
/** One thing in words, before and after. */
export type Line = { id: string; label: string; before: string; after: string }

export function versionOf(one: Registration | Current): Version {
  const { kind, name, lon, lat, attributes, photos } = one
  return { kind, name, lon, lat, attributes, photos, closed_on: 'closed_on' in one ? one.closed_on : one.closed }
}

/** Metres between two positions; over a county a sphere is exact to a few in a thousand. */
export function metresBetween(a: Version | null, b: Version | null): number | null {
  if (!a || !b || a.lon === null || a.lat === null || b.lon === null || b.lat === null) return null
  const rad = Math.PI / 180
  const dx = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad)
  return 6_371_008.8 * Math.hypot(dx, (b.lat - a.lat) * rad)
}

/** All that differs between two versions, in the order of the form; of a new one all that it says. */
export function differenceOf(county: County, before: Version | null, after: Version): Line[] {
  const words = v()
  const place = (one: Version | null): string =>
    one?.lon == null || one.lat === null ? '' : `${one.lat.toFixed(5)}, ${one.lon.toFixed(5)}`
  const photos = (one: Version | null): string =>
    one && one.photos.length > 0 ? words.photoCount(String(one.photos.length)) : ''
  const closed = (one: Version | null): string => (one?.closed_on ? day(one.closed_on) : '')
  const kind = (one: Version | null): string => (one ? county.kindName(one.kind) : '')
  const moved = metresBetween(before, after)
  const lines: (Line & { other: boolean })[] = []
  const put = (id: string, label: string, a: string, b: string, other = a !== b): void => {
    lines.push({ id, label, before: a, after: b, other })
  }
  put('name', words.name, before?.name ?? '', after.name ?? '')
  put('kind', words.kindOf, kind(before), kind(after))
  const apart = moved !== null && moved >= 1 ? ` (${words.moved(distance(moved))})` : ''
  put('lon', words.place, place(before), place(after) + apart, before === null || moved === null || moved >= 1)
  for (const attribute of county.attributes(after.kind)) {
    const say = (one: Version | null): string => inWords(attribute, one?.attributes[attribute.id]) ?? ''
    put(`attributes.${attribute.id}`, nameOf(attribute.name), say(before), say(after))
  }
  const ids = (one: Version | null): string => one?.photos.map(({ id }) => id).join() ?? ''
  put('photos', words.photos, photos(before), photos(after), ids(before) !== ids(after))
  put('closed_on', words.closedOn, closed(before), closed(after))
  return lines.filter(({ other }) => other).map(({ other: _, ...line }) => line)
}

/** The difference as a table; of a new site only what it says, because there is nothing before. */
export function differenceTable(lines: readonly Line[], fresh: boolean): HTMLElement {
  const words = v()
  if (lines.length === 0) return h('p', { class: 'muted' }, words.unchanged)
  const head = fresh ? [words.what, words.newSite] : [words.what, words.before, words.after]
  return h(
    'table',
    { class: `numbers difference${fresh ? ' is-new' : ''}` },
    h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
    h(
      'tbody',
      {},
      ...lines.map(({ id, label, before, after }) =>
        h(
          'tr',
          { 'data-field': id },
          h('th', { scope: 'row' }, label),
          !fresh && h('td', { class: 'was' }, ...changed('del', before)),
          h('td', { class: 'is-now' }, ...changed(fresh ? 'span' : 'ins', after)),
        ),
      ),
    ),
  )
}

/** Marked as taken away or added for those who hear the page, not only by colour. */
function changed(tag: 'del' | 'ins' | 'span', text: string): Child[] {
  return [text === '' ? h('span', { class: 'muted' }, v().nothing) : h(tag, {}, text)]
}

/** Photos to look at; a press opens the whole one. */
export function photoStrip(photos: readonly Photo[], label: string): HTMLElement | null {
  if (photos.length === 0) return null
  return h(
    'ul',
    { class: 'photos', 'aria-label': label },
    ...photos.map(({ id }, index) =>
      h(
        'li',
        { class: 'photo' },
        h(
          'a',
          { href: photoAddress(id), target: '_blank', rel: 'noopener' },
          h('img', {
            src: photoAddress(id, true),
            alt: `${label} ${index + 1}`,
            width: 104,
            height: 104,
            loading: 'lazy',
          }),
        ),
      ),
    ),
  )
}
