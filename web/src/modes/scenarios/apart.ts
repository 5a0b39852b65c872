import type { Comparison } from '../../api/scenarios'
import type { Pair } from '../../panels/scenarios/compare'

/** Cells within reach under one scenario of a pair only: positive children with `to` only, negative with `from` only. */
export function apartCells(
  { cells }: Comparison,
  { from, to }: Pair,
  minutes: number,
  children: ArrayLike<number>,
): Map<number, number> {
  const found = new Map<number, number>()
  const [before, after] = [cells?.secs[from], cells?.secs[to]]
  cells?.index.forEach((cell, i) => {
    const was = (before?.[i] ?? 0) <= minutes * 60
    const is = (after?.[i] ?? 0) <= minutes * 60
    const n = children[cell] ?? 0
    if (was !== is && n > 0) found.set(cell, is ? n : -n)
  })
  return found
}

export function sums(apart: ReadonlyMap<number, number>): { onlyFrom: number; onlyTo: number } {
  let [onlyFrom, onlyTo] = [0, 0]
  for (const n of apart.values()) {
    if (n > 0) onlyTo += n
    else onlyFrom -= n
  }
  return { onlyFrom, onlyTo }
}
