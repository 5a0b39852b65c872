// Where along a line a name can stand.

export type Stand = {
  x: number
  y: number
  /** Radians, so that the text is never upside down. */
  angle: number
  /** The piece of the line under its middle, and where on it. */
  index: number
  share: number
}

/** A name may stand where the line is at most so much longer than the straight way. */
const straight = 0.985

/** Places for something `width` long on a line of points, best first: the middle, then away from it by its own length. */
export function alongLine(line: readonly { x: number; y: number }[], width: number): Stand[] {
  const upTo = [0]
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]]
    upTo.push((upTo[i - 1] ?? 0) + (a && b ? Math.hypot(b.x - a.x, b.y - a.y) : 0))
  }
  const length = upTo[upTo.length - 1] ?? 0
  const stands: Stand[] = []
  const steps = Math.floor((length - width) / 2 / width)
  for (let k = 0; k <= steps; k++) {
    for (const sign of k === 0 ? [1] : [1, -1]) {
      const stand = standAt(line, upTo, length / 2 + sign * k * width, width)
      if (stand) stands.push(stand)
    }
  }
  return stands
}

function standAt(
  line: readonly { x: number; y: number }[],
  upTo: readonly number[],
  middle: number,
  width: number,
): Stand | null {
  const [start, end, mid] = [middle - width / 2, middle + width / 2, middle].map((at) => pointAt(line, upTo, at))
  if (!start || !end || !mid) return null
  const [dx, dy] = [end.x - start.x, end.y - start.y]
  if (Math.hypot(dx, dy) < width * straight) return null
  const angle = Math.atan2(dy, dx)
  const upright = Math.abs(angle) > Math.PI / 2 ? angle - Math.sign(angle) * Math.PI : angle
  return { x: mid.x, y: mid.y, angle: upright, index: mid.index, share: mid.share }
}

function pointAt(
  line: readonly { x: number; y: number }[],
  upTo: readonly number[],
  at: number,
): { x: number; y: number; index: number; share: number } | null {
  let index = 0
  while (index < line.length - 2 && (upTo[index + 1] ?? 0) < at) index++
  const [a, b] = [line[index], line[index + 1]]
  if (!a || !b) return null
  const [from, to] = [upTo[index] ?? 0, upTo[index + 1] ?? 0]
  const share = to > from ? (at - from) / (to - from) : 0
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, index, share }
}
