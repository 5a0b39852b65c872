import type { County } from '../api/county'
import type { Place } from '../api/places'
import type { Marks, SearchHit } from '../api/search'

const most = 20

/**
 * With no signal: kinds and places that were loaded before and whose names, kind or town hold every word as it was typed,
 * short names first. Pinyin and slips are the server's.
 */
export function searchKept(places: readonly Place[], county: County, text: string): SearchHit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const holds = (...parts: (string | null | undefined)[]): boolean => {
    const whole = parts.join(' ').toLowerCase()
    return words.every((word) => whole.includes(word))
  }
  const kinds = county.pointKinds.filter(({ name }) => holds(name.zh, name.en))
  const found = places.filter(({ name, kind, area }) => {
    const town = county.area(area)?.name
    const sort = county.kind(kind)?.name
    return holds(name.zh, name.en, sort?.zh, sort?.en, town?.zh, town?.en)
  })
  const hits: SearchHit[] = kinds.map(({ id, name, count }) => ({ type: 'kind', kind: id, name, count: Number(count) }))
  for (const place of [...found].sort((a, b) => a.name.zh.length - b.name.zh.length)) {
    const { id, kind, name, lon, lat, area, demonstration } = place
    const marks = { marks: marked(name.zh, words), marks_en: marked(name.en ?? '', words) }
    const plain = { type: 'site' as const, name: name.zh, name_en: name.en ?? null, match: 'name' as const, edits: 0 }
    hits.push({ ...plain, id, kind, lon, lat, area, demonstration, ...marks })
  }
  return hits.slice(0, most)
}

/** Where each word first stands in a name, in characters. */
function marked(name: string, words: readonly string[]): Marks {
  const lower = name.toLowerCase()
  return words.flatMap((word) => {
    const at = lower.indexOf(word)
    if (at < 0) return []
    const from = Array.from(lower.slice(0, at)).length
    return [[from, from + Array.from(word).length] as const]
  })
}
