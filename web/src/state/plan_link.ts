// A plan ↔ one field of the address, so that a link carries it before it is saved. Entries are joined by "_", parts of an
// entry by ","; a place is two whole numbers of ten-millionths of a degree to the base of 36, so that it stays exact.

import { exact, isEmpty, mostAdded, type NewHours, noPlan, type Plan, type Proposed, type Spot } from './plan'

const longestText = 200

export function writePlan({ add, remove, hours, posts, forbid }: Plan): string {
  const sites = add.map((site) =>
    [
      `a${writeSpot(site)}`,
      ...(site.name ? [`n${escaped(site.name)}`] : []),
      ...(site.hours ? [`h${escaped(site.hours)}`] : []),
      ...(site.pinned ? ['p'] : []),
    ].join(','),
  )
  return [
    ...sites,
    ...(remove.length > 0 ? [`r${remove.join(',')}`] : []),
    ...hours.map(({ site, opening_hours }) => `h${site},${escaped(opening_hours)}`),
    ...posts.map((post) => `p${writeSpot(post)}`),
    ...forbid.map((spot) => `f${writeSpot(spot)}`),
  ].join('_')
}

/** What of the text is a plan; the rest is passed over. */
export function readPlan(text: string): Plan {
  const add: Proposed[] = []
  const [remove, hours, posts, forbid]: [number[], NewHours[], Spot[], Spot[]] = [[], [], [], []]
  for (const entry of text.split('_')) {
    const [first = '', ...parts] = entry.slice(1).split(',')
    if (entry[0] === 'r') {
      for (const id of [first, ...parts].flatMap(whole)) if (!remove.includes(id)) remove.push(id)
    } else if (entry[0] === 'h') {
      const opening = plain(parts[0] ?? '')
      for (const site of whole(first)) if (opening) hours.push({ site, opening_hours: opening })
    } else {
      const spot = readSpot(first)
      if (!spot) continue
      if (entry[0] === 'a' && add.length < mostAdded) add.push({ ...readSite(parts), ...spot, id: add.length + 1 })
      if (entry[0] === 'p' && posts.length < mostAdded) posts.push(spot)
      if (entry[0] === 'f') forbid.push(spot)
    }
  }
  const plan = { add, remove, hours, posts, forbid }
  return isEmpty(plan) ? noPlan : plan
}

function readSite(parts: readonly string[]): Omit<Proposed, 'id' | keyof Spot> {
  const part = (letter: string): string => plain(parts.find((one) => one[0] === letter)?.slice(1) ?? '')
  const [name, hours] = [part('n'), part('h')]
  return { ...(name ? { name } : {}), ...(hours ? { hours } : {}), ...(parts.includes('p') ? { pinned: true } : {}) }
}

function writeSpot({ lon, lat }: Spot): string {
  return [lon, lat].map((degrees) => Math.round(degrees * 1e7).toString(36)).join('.')
}

function readSpot(text: string): Spot | null {
  const [, x, y] = /^(-?[0-9a-z]{1,7})\.(-?[0-9a-z]{1,7})$/.exec(text) ?? []
  if (!x || !y) return null
  const spot = exact({ lon: Number.parseInt(x, 36) / 1e7, lat: Number.parseInt(y, 36) / 1e7 })
  return Math.abs(spot.lon) <= 180 && Math.abs(spot.lat) <= 85 ? spot : null
}

function escaped(text: string): string {
  return text.slice(0, longestText).replaceAll('*', '*0').replaceAll('_', '*1').replaceAll(',', '*2')
}

function plain(text: string): string {
  const whole = text.replaceAll('*2', ',').replaceAll('*1', '_').replaceAll('*0', '*')
  return whole.slice(0, longestText)
}

function whole(text: string): number[] {
  return /^\d{1,15}$/.test(text) ? [Number(text)] : []
}
