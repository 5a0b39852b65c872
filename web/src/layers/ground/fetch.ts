// Which tiles a view needs, and fetching each once.
import { getTile, isAbort } from '../../api/client'
import { type GroundTile, readTile, type TileAt } from './tile'

/** Tiles that are kept beyond those in sight. */
const kept = 160

/** The zoom of the tiles for a zoom of the map: a tile is drawn 362 to 724 pixels wide, so that a view needs few. */
export function tileZoom(zoom: number, last: number): number {
  return Math.max(0, Math.min(last, Math.round(zoom) - 1))
}

/** The tiles that cover a box of the world's square, whose sides are 1. */
export function tilesIn(z: number, box: { west: number; north: number; east: number; south: number }): TileAt[] {
  const n = 2 ** z
  const within = (share: number): number => Math.max(0, Math.min(n - 1, Math.floor(share * n)))
  const tiles: TileAt[] = []
  for (let y = within(box.north); y <= within(box.south); y++) {
    for (let x = within(box.west); x <= within(box.east); x++) tiles.push({ z, x, y })
  }
  return tiles
}

export class Tiles {
  private readonly known = new Map<string, GroundTile>()
  private readonly underWay = new Map<string, AbortController>()
  private failed = false
  onTile: () => void = () => undefined
  onProblem: (cause: unknown) => void = () => undefined

  /** `template` has {z}, {x} and {y} and stands below `api/`. */
  constructor(private readonly template: string) {}

  get({ z, x, y }: TileAt): GroundTile | undefined {
    return this.known.get(`${z}/${x}/${y}`)
  }

  /** The tile, or while it is on its way a wider one that holds it. */
  nearest(at: TileAt): GroundTile | undefined {
    for (let { z, x, y } = at; z >= 0; z--, x >>= 1, y >>= 1) {
      const tile = this.get({ z, x, y })
      if (tile) return tile
    }
    return undefined
  }

  /** Fetches what is missing of these and gives up on what is no longer wanted. */
  want(tiles: readonly TileAt[]): void {
    const wanted = new Map(tiles.map((at) => [`${at.z}/${at.x}/${at.y}`, at]))
    for (const [key, running] of this.underWay) if (!wanted.has(key)) running.abort()
    for (const [key, at] of wanted) {
      const tile = this.known.get(key)
      if (tile) {
        // what was wanted last is dropped last
        this.known.delete(key)
        this.known.set(key, tile)
      } else if (!this.underWay.has(key)) void this.load(key, at)
    }
    for (const key of this.known.keys()) {
      if (this.known.size <= kept || wanted.has(key)) break
      this.known.delete(key)
    }
  }

  stop(): void {
    for (const running of this.underWay.values()) running.abort()
  }

  private async load(key: string, at: TileAt): Promise<void> {
    const running = new AbortController()
    this.underWay.set(key, running)
    const path = this.template.replace('{z}', String(at.z)).replace('{x}', String(at.x)).replace('{y}', String(at.y))
    try {
      this.known.set(key, readTile(await getTile(path, running.signal), at))
      this.failed = false
      this.onTile()
    } catch (cause) {
      // one word for many tiles that fail together
      if (!isAbort(cause) && !this.failed) {
        this.failed = true
        this.onProblem(cause)
      }
    } finally {
      this.underWay.delete(key)
    }
  }
}
