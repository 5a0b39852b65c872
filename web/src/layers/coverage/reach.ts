// Which part of a street is within a limit. Along a street the walking time is that of either end plus the walk from
// there, whichever is less, and falls to nothing where a site lies on it; so a limit cuts out at most a stretch at each
// end and one around each site.

/** Stretches as shares of the street's length: from, to, from, to… in order and apart. */
export type Stretches = number[]

/** A site on a street: how far along it, as a share, and the seconds from the site to the street. */
export type Door = { share: number; secs: number }

/** `a` and `b` are the seconds at the ends (infinite: no way), `whole` those from end to end, all of one street. */
export function within(
  a: number,
  b: number,
  whole: number,
  doors: readonly Door[] | undefined,
  limit: number,
  out: Stretches,
): void {
  out.length = 0
  // What is left of the limit at an end, as a share of the street.
  const left = (secs: number): number => (secs > limit ? -1 : whole > 0 ? (limit - secs) / whole : 1)
  const [head, tail] = [left(a), left(b)]
  if (doors) for (const stretch of around(doors, left, head, tail)) add(out, ...stretch)
  else if (head + tail >= 1 && (head >= 0 || tail >= 0)) out.push(0, 1)
  else {
    if (head > 0) out.push(0, head)
    if (tail > 0) out.push(1 - tail, 1)
  }
}

function around(
  doors: readonly Door[],
  left: (secs: number) => number,
  head: number,
  tail: number,
): [number, number][] {
  const all: [number, number][] = []
  if (head > 0) all.push([0, Math.min(1, head)])
  if (tail > 0) all.push([Math.max(0, 1 - tail), 1])
  for (const { share, secs } of doors) {
    const way = left(secs)
    if (way > 0) all.push([Math.max(0, share - way), Math.min(1, share + way)])
  }
  return all.sort((p, q) => p[0] - q[0])
}

/** Stretches come in order of their start; one that touches the last is joined to it. */
function add(out: Stretches, from: number, to: number): void {
  const last = out.length - 1
  if (last > 0 && from <= (out[last] ?? 0)) out[last] = Math.max(out[last] ?? 0, to)
  else out.push(from, to)
}

/** What of `a` is not in `b`; both in order and apart. */
export function minus(a: Stretches, b: Stretches, out: Stretches): void {
  out.length = 0
  for (let i = 0; i + 1 < a.length; i += 2) {
    let from = a[i] ?? 0
    const to = a[i + 1] ?? 0
    for (let k = 0; k + 1 < b.length && from < to; k += 2) {
      const [start, end] = [b[k] ?? 0, b[k + 1] ?? 0]
      if (end <= from || start >= to) continue
      if (start > from) out.push(from, start)
      from = Math.max(from, end)
    }
    if (from < to) out.push(from, to)
  }
}
