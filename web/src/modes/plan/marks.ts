import type { County } from '../../api/county'
import type { Pin } from '../../layers/plan/pins'
import { postLook, type Thing } from '../../panels/plan/changes'
import { aboutPost, aboutSite, postName, siteName, type Told } from '../../panels/plan/told'
import type { Plan } from '../../state/plan'
import { t } from '../../text/language'
import { hollowSymbol } from '../../ui/hollow'

/** A pin's name on the map; posts have no number of their own and go by their place in the plan. */
export function keyOf(thing: Thing): string {
  return thing.what === 'site' ? `a${thing.id}` : thing.what === 'post' ? `p${thing.place}` : `e${thing.site}`
}

export function thingOf(key: string): Thing {
  const n = Number(key.slice(1))
  return key[0] === 'a'
    ? { what: 'site', id: n }
    : key[0] === 'p'
      ? { what: 'post', place: n }
      : { what: 'existing', site: n }
}

/** What of the plan stands on the map, with what each would do beside it. */
export function pinsOf(plan: Plan, told: Told | null, county: County, kind: string, chosen: Thing | null): Pin[] {
  const look = county.kind(kind) ?? { shape: 'circle', glyph: 'dot', colour: '' }
  const picked = chosen && keyOf(chosen)
  const label = (name: string, words: string): string => [name, words].filter(Boolean).join(t().join)
  const sites = plan.add.map((site): Pin => {
    const { words, short, amiss } = aboutSite(site.id, told)
    const key = keyOf({ what: 'site', id: site.id })
    return {
      key,
      lon: site.lon,
      lat: site.lat,
      symbol: () => hollowSymbol(look, 40),
      look: kind,
      label: label(siteName(site), short || words),
      tag: short,
      amiss,
      chosen: key === picked,
    }
  })
  const posts = plan.posts.map((post, place): Pin => {
    const { words, short, amiss } = aboutPost(place, told)
    const key = keyOf({ what: 'post', place })
    return {
      key,
      lon: post.lon,
      lat: post.lat,
      symbol: () => hollowSymbol(postLook, 36),
      look: 'post',
      label: label(postName(place), short || words),
      tag: short,
      amiss,
      chosen: key === picked,
    }
  })
  return [...sites, ...posts]
}
