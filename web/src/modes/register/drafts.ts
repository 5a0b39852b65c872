import type { County } from '../../api/county'
import type { Current, Photo, Registration } from '../../api/registrations'
import type { SiteFeature } from '../../api/types'
import { type Version, versionOf } from '../../panels/review/difference'
import { type Draft, emptyDraft, newKey } from '../../state/drafts'

/** What a draft says of a place, apart from whose it is and where it stands. */
export type Said = Pick<Draft, 'kind' | 'name' | 'lon' | 'lat' | 'attributes' | 'photos' | 'closed_on' | 'note'>
/** What the public sees of a site now. */
export type Now = { version: number; said: Said }

/** A version of a site or a registration in the words of a draft. */
export function saidIn({ attributes, photos, name, closed_on: closed, ...rest }: Version, note = ''): Said {
  const known = Object.entries(attributes).filter(([, value]) => value !== null)
  return {
    kind: rest.kind,
    name: name ?? '',
    lon: rest.lon,
    lat: rest.lat,
    attributes: Object.fromEntries(known.map(([id, value]) => [id, String(value)])),
    photos: photos.map(({ id }) => ({ key: id, file: null, id, small: '' })),
    closed_on: closed ?? '',
    note,
  }
}

/** A registration at the server as a draft here. */
export function asDraft(account: string, from: Registration): Draft {
  return {
    ...saidIn(versionOf(from), from.note),
    key: newKey(),
    account,
    id: from.id,
    version: from.version,
    change: from.change,
    site: from.site,
    base: from.base,
    submit: false,
    standing: 'device',
    told: '',
    saved: from.saved,
  }
}

export function nowOf(current: Current | null): Now | null {
  return current && { version: current.version, said: saidIn(versionOf(current)) }
}

/** What the public sees of a site, as the draft of a change to it: made on the version that is seen now. */
export function amendmentOf(
  account: string,
  { geometry, properties }: SiteFeature,
  change: 'amend' | 'close',
  county: County,
): Draft {
  const [lon = null, lat = null] = geometry.coordinates
  const { id, kind, name } = properties
  const photos = Array.isArray(properties.photos) ? (properties.photos as unknown as Photo[]) : []
  const known = county.attributes(kind).flatMap((attribute) => {
    const value: unknown = properties[attribute.id]
    return value === null || value === undefined ? [] : [[attribute.id, String(value)] as const]
  })
  return {
    ...emptyDraft(account, kind),
    change,
    site: id,
    base: typeof properties.version === 'number' ? properties.version : null,
    name,
    lon,
    lat,
    attributes: Object.fromEntries(known),
    photos: photos.map((photo) => ({ key: photo.id, file: null, id: photo.id, small: '' })),
  }
}

/** Whether the site has been published anew since a change of it was begun. */
export function isBehind({ change, base }: Pick<Draft, 'change' | 'base'>, now: Now | null): now is Now {
  return change === 'amend' && now !== null && base !== now.version
}
