// Which names fit. A name is placed where it covers neither another name nor a symbol; one that fits nowhere is left out.

export type Rect = { left: number; top: number; right: number; bottom: number }
export type Offset = readonly [dx: number, dy: number]
export type Wanted = {
  x: number
  y: number
  width: number
  height: number
  /** Offsets of the middle of the name from x/y, best first. */
  tries: readonly Offset[]
  /** A town's name may lie a little over symbols rather than vanish; it never lies over another name. */
  insists: boolean
}

export function rectAround(x: number, y: number, width: number, height: number): Rect {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** The offset for each name, or null where it does not fit. Earlier names go first. */
export function placeLabels(wanted: readonly Wanted[], obstacles: readonly Rect[]): (Offset | null)[] {
  const taken: Rect[] = []
  return wanted.map((label) => {
    const rect = ([dx, dy]: Offset): Rect => rectAround(label.x + dx, label.y + dy, label.width, label.height)
    const free = label.tries.filter((offset) => !taken.some((other) => overlap(rect(offset), other)))
    const covered = (offset: Offset): number =>
      obstacles.reduce((sum, other) => sum + commonArea(rect(offset), other), 0)
    const clear = free.find((offset) => covered(offset) === 0)
    const least = (): Offset | undefined => [...free].sort((a, b) => covered(a) - covered(b))[0]
    const readable = (offset: Offset): boolean => covered(offset) < 0.35 * label.width * label.height
    const second = label.insists && !clear ? least() : undefined
    const offset = clear ?? (second && readable(second) ? second : null)
    if (offset) taken.push(rect(offset))
    return offset
  })
}

function commonArea(a: Rect, b: Rect): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return width > 0 && height > 0 ? width * height : 0
}
