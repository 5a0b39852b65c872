import { get } from '../../api/client'
import { merge, type Opened } from '../../api/registrations'
import type { SiteFeature } from '../../api/types'
import { mostPhotos } from '../../panels/register/form/photos'
import { askMerge, sureToMerge, type Twin, twinsOf } from '../../panels/review/dialogs'
import { type Version, versionOf } from '../../panels/review/difference'
import type { Near } from '../../panels/review/opened'
import { amendmentOf } from '../register/drafts'
import type { Office } from '../register/office'

type Decide = (run: () => Promise<unknown>, name: string) => void

/** Which site a duplicate is laid over, what that adds to it, and then the merging, with the version that was looked at. */
export function mergeInto(office: Office, one: Opened, near: readonly Near[], decide: Decide): void {
  askMerge(twinsOf(one.warnings, near), (twin) => void office.attempt(() => look(office, one, twin, decide)))
}

async function look(office: Office, one: Opened, twin: Twin, decide: Decide): Promise<void> {
  const site = await get<SiteFeature>(`sites/${twin.site}`, {}, office.signal)
  const seen = amendmentOf(office.person.account, site, 'amend', office.county)
  const { base, name } = seen
  const kept: Version = { ...seen, photos: photosOf(site), closed_on: null }
  sureToMerge(office.county, name, kept, merged(kept, versionOf(one)), () => {
    decide(() => merge(one, twin.site, base ?? 0), name)
  })
}

/** The kept site with what the other says more: where both say something, the kept one stands. */
export function merged(kept: Version, other: Version): Version {
  const known = kept.photos.map(({ id }) => id)
  const more = other.photos.filter(({ id }) => !known.includes(id))
  return {
    ...kept,
    attributes: { ...other.attributes, ...kept.attributes },
    photos: [...kept.photos, ...more].slice(0, mostPhotos),
  }
}

function photosOf({ properties: { photos } }: SiteFeature): Version['photos'] {
  return Array.isArray(photos) ? (photos as unknown as Version['photos']) : []
}
