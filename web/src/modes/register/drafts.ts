import type { County } from '../../api/county'
import type { Photo, Registration } from '../../api/registrations'
import type { SiteFeature } from '../../api/types'
import { type Draft, emptyDraft, newKey } from '../../state/drafts'

/** A registration at the server as a draft here. */
export function asDraft(account: string, from: Registration): Draft {
  const attributes = Object.entries(from.attributes).filter(([, value]) => value !== null)
  return {
    key: newKey(),
    account,
    id: from.id,
    version: from.version,
    change: from.change,
    site: from.site,
    base: from.base,
    kind: from.kind,
    name: from.name,
    lon: from.lon,
    lat: from.lat,
    attributes: Object.fromEntries(attributes.map(([name, value]) => [name, String(value)])),
    photos: from.photos.map((photo) => ({ key: photo.id, file: null, id: photo.id, small: '' })),
    closed_on: from.closed_on ?? '',
    note: from.note,
    submit: false,
    standing: 'device',
    told: '',
    saved: from.saved,
  }
}

/** What the public sees of a site, as the draft of a change to it. */
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
    name,
    lon,
    lat,
    attributes: Object.fromEntries(known),
    photos: photos.map((photo) => ({ key: photo.id, file: null, id: photo.id, small: '' })),
  }
}
