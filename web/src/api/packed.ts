// Answers that are packed numbers instead of JSON: eight letters that say what it is, counts, then columns, all
// little-endian. Every machine that runs a browser is so too; the columns are views of the answer and nothing is copied.

import { t } from '../text/language'
import { Problem } from './client'

export type Cells = { lon: Int32Array; lat: Int32Array; children: Uint32Array; area: Uint16Array }
/** Per cell or per junction: the nearest site (0 none) and the seconds to it. */
export type Times = { site: Uint32Array; secs: Uint16Array }
export type Streets = {
  /** Junctions, in ten-millionths of a degree: lon, lat, lon, lat… */
  nodes: Int32Array
  /** Four to a street: from junction, to junction, length in millimetres, first inner point. */
  edges: Uint32Array
  /** Inner points of all streets, as nodes. */
  points: Int32Array
}

export const noWay = 65535
export const degrees = 1e-7

export function readCells(answer: ArrayBuffer): Cells {
  const [n = 0] = head(answer, 'YMCELLS1', 1, ([cells = 0]) => 14 * cells)
  const at = (column: number): number => 12 + 4 * n * column
  return {
    lon: new Int32Array(answer, at(0), n),
    lat: new Int32Array(answer, at(1), n),
    children: new Uint32Array(answer, at(2), n),
    area: new Uint16Array(answer, at(3), n),
  }
}

export function readTimes(answer: ArrayBuffer): Times {
  const [n = 0] = head(answer, 'YMTIMES1', 1, ([entries = 0]) => 6 * entries)
  return { site: new Uint32Array(answer, 12, n), secs: new Uint16Array(answer, 12 + 4 * n, n) }
}

export function readStreets(answer: ArrayBuffer): Streets {
  const sizes = head(answer, 'YMSTREET', 3, ([n = 0, e = 0, p = 0]) => 8 * n + 16 * e + 8 * p)
  const [n = 0, e = 0, p = 0] = sizes
  return {
    nodes: new Int32Array(answer, 20, 2 * n),
    edges: new Uint32Array(answer, 20 + 8 * n, 4 * e),
    points: new Int32Array(answer, 20 + 8 * n + 16 * e, 2 * p),
  }
}

/** Checks name and length and gives the counts that stand after the name. */
function head(answer: ArrayBuffer, name: string, counts: number, body: (counts: number[]) => number): number[] {
  const start = 8 + 4 * counts
  const found = String.fromCharCode(...new Uint8Array(answer, 0, Math.min(8, answer.byteLength)))
  const fail = (wanted: string): Problem => new Problem(200, t().problem.unreadable, wanted)
  if (found !== name || answer.byteLength < start) throw fail(`${name}: ${found.replace(/[^\w]/g, '?')}`)
  const view = new DataView(answer)
  const sizes = Array.from({ length: counts }, (_, i) => view.getUint32(8 + 4 * i, true))
  const wanted = start + body(sizes)
  if (answer.byteLength !== wanted) throw fail(`${name}: ${answer.byteLength} ≠ ${wanted}`)
  return sizes
}
