// Coordinates as people copy them: from Amap, Baidu, Tencent, a GPS, a link or a drawing; read into WGS-84.

import { type LonLat, unshift, wgs84ToBd09, wgs84ToGcj02 } from './datum'

export type Datum = 'wgs84' | 'gcj02' | 'bd09'
/** As pasted; `datum` is null where nothing says which it is. */
export type Pasted = { lon: number; lat: number; datum: Datum | null }

/** The position in a text, or null where there is none, or more than one could be meant. */
export function readPasted(text: string): Pasted | null {
  const plain = decoded(text).normalize('NFKC').trim()
  const pair = linkPair(plain) ?? degreesPair(plain) ?? decimalPair(plain)
  if (!pair) return null
  const [lon, lat] = pair.at
  return inWorld(pair.at) ? { lon, lat, datum: pair.datum ?? datumOf(plain) } : null
}

export function toWgs84({ lon, lat }: { lon: number; lat: number }, datum: Datum): LonLat {
  if (datum === 'wgs84') return [lon, lat]
  return unshift(datum === 'gcj02' ? wgs84ToGcj02 : wgs84ToBd09, [lon, lat])
}

type Pair = { at: LonLat; datum: Datum | null }

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A lone % is no code; the text is then taken as it stands.
    return text
  }
}

function inWorld([lon, lat]: LonLat): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90
}

/** What the words around the numbers say. Coordinates of Amap and Tencent are the same; Tianditu has no shift. */
function datumOf(text: string): Datum | null {
  const says = text.toLowerCase()
  if (/coord_?type=(gcj|2\b)|gcj-?02/.test(says)) return 'gcj02'
  if (/coord_?type=wgs|wgs-?84|cgcs-?2000|天地图|tianditu|\bgps\b|^geo:/.test(says)) return 'wgs84'
  if (/bd-?09|baidu|百度/.test(says)) return 'bd09'
  if (/amap|gaode|高德|火星|qq\.com|tencent|腾讯/.test(says)) return 'gcj02'
  return null
}

const number = String.raw`[-+]?\d{1,3}(?:\.\d+)?`

/** Links name their parameters, and a map service always writes its own in the same order. */
function linkPair(text: string): Pair | null {
  if (!/^(https?|geo|androidamap|iosamap|bdapp|baidumap|qqmap):/i.test(text)) return null
  const named = (name: string): number | null => {
    const found = new RegExp(`[?&,;](?:${name})[=:](${number})(?:[&#,;]|$)`, 'i').exec(text)
    return found?.[1] ? Number(found[1]) : null
  }
  const lon = named('lng|lon|longitude|x')
  const lat = named('lat|latitude|y')
  if (lon !== null && lat !== null) return { at: [lon, lat], datum: null }
  const amap = new RegExp(`[?&]p=[^,]*,(${number}),(${number})`).exec(text)
  if (amap?.[1] && amap[2]) return { at: [Number(amap[2]), Number(amap[1])], datum: 'gcj02' }
  const pair = new RegExp(
    `(?:^geo:|[?&](?:position|location|latlng|center|ll|q|marker)=(?:coord:)?|/@|coord:)(${number}),(${number})`,
    'i',
  ).exec(text)
  return pair?.[1] && pair[2] ? ordered(Number(pair[1]), Number(pair[2])) : null
}

/** Two plain numbers: whichever can be a latitude in China is the latitude; elsewhere latitude comes first, as people write it. */
function decimalPair(text: string): Pair | null {
  if (/\d\s*[°度′'"″]/.test(text)) return null
  const numbers = text.match(/[-+]?\d{1,3}\.\d{2,}/g) ?? []
  const [a, b] = numbers.map(Number)
  if (numbers.length !== 2 || a === undefined || b === undefined) return null
  const says = /(lon|lng|经|东|\bE\b)[^\d]*[-+]?\d+\.\d+.*(lat|纬|北|\bN\b)/i.test(text)
  const reversed = /(lat|纬|北|\bN\b)[^\d]*[-+]?\d+\.\d+.*(lon|lng|经|东|\bE\b)/i.test(text)
  if (says && !reversed) return { at: [a, b], datum: null }
  if (reversed && !says) return { at: [b, a], datum: null }
  return ordered(a, b)
}

function ordered(a: number, b: number): Pair {
  const china = (lon: number, lat: number): boolean => lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54
  return { at: china(a, b) && !china(b, a) ? [a, b] : [b, a], datum: null }
}

/** 36°20′9.3″N 116°14.5′E, 北纬36度20分9秒 东经116度14分35秒. Receivers write so, and they know no shift. */
function degreesPair(text: string): Pair | null {
  const part =
    /([NSEW北南东西][纬经]?)?\s*(\d{1,3}(?:\.\d+)?)\s*[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’分]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”秒]|''|′′)\s*)?([NSEW])?/gi
  const found = [...text.matchAll(part)].map((match) => {
    const [, before, degrees, minutes, seconds, after] = match
    const side = (before ?? after ?? '').charAt(0).toUpperCase()
    const size = Number(degrees) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600
    return { side, value: /[SW南西]/.test(side) ? -size : size, exact: minutes !== undefined }
  })
  const [a, b] = found
  if (found.length !== 2 || !a || !b) return null
  const datum = a.exact && b.exact && !datumOf(text) ? 'wgs84' : null
  if (/[EW东西]/.test(a.side) || /[NS北南]/.test(b.side)) return { at: [a.value, b.value], datum }
  if (/[NS北南]/.test(a.side) || /[EW东西]/.test(b.side)) return { at: [b.value, a.value], datum }
  return { ...ordered(a.value, b.value), datum }
}
