// A tile of the base map, read once and kept as paths that any zoom can draw.
import { VectorTile, type VectorTileFeature, type VectorTileLayer } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'

export type TileAt = { z: number; x: number; y: number }
/** A point in shares of the tile's side, from its north-western corner. */
export type Share = readonly [x: number, y: number]
export type Named = { zh: string; en: string; kind: string }
export type NamedPoint = Named & { lat: number; lon: number; from: number }
export type NamedLine = Named & { line: readonly (readonly [lat: number, lon: number])[] }

/** What is drawn in one colour; its key is layer/kind, on a bridge or in a tunnel with that behind it. */
export type GroundTile = TileAt & {
  /** Paths in units of the tile, `extent` of which make its side. */
  paths: ReadonlyMap<string, { path: Path2D; extent: number }>
  points: readonly NamedPoint[]
  lines: readonly NamedLine[]
}

/** How a path is begun; a test has no Path2D. */
type NewPath = () => Path2D

export function readTile(bytes: ArrayBuffer | null, at: TileAt, newPath: NewPath = () => new Path2D()): GroundTile {
  const paths = new Map<string, { path: Path2D; extent: number }>()
  const points: NamedPoint[] = []
  const lines: NamedLine[] = []
  const tile: GroundTile = { ...at, paths, points, lines }
  if (!bytes) return tile
  for (const [name, layer] of Object.entries(new VectorTile(new PbfReader(bytes)).layers)) {
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i)
      if (name === 'names') points.push(...namedPoints(feature, layer, at))
      else {
        trace(paths, keyOf(name, feature), feature, layer.extent, newPath)
        if (feature.properties.name !== undefined) lines.push(...namedLines(feature, layer, at))
      }
    }
  }
  return tile
}

function keyOf(layer: string, { properties }: VectorTileFeature): string {
  const level = properties.bridge ? '/bridge' : properties.tunnel ? '/tunnel' : ''
  return `${layer}/${String(properties.kind)}${level}`
}

function trace(
  paths: Map<string, { path: Path2D; extent: number }>,
  key: string,
  feature: VectorTileFeature,
  extent: number,
  newPath: NewPath,
): void {
  const known = paths.get(key) ?? { path: newPath(), extent }
  paths.set(key, known)
  const area = feature.type === 3
  for (const chain of feature.loadGeometry()) {
    chain.forEach((point, i) => {
      if (i === 0) known.path.moveTo(point.x, point.y)
      else known.path.lineTo(point.x, point.y)
    })
    if (area) known.path.closePath()
  }
}

/** Latitude and longitude of a point of a tile. */
export function placeOf({ z, x, y }: TileAt, [dx, dy]: Share): [lat: number, lon: number] {
  const n = 2 ** z
  const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + dy)) / n)))
  return [(lat * 180) / Math.PI, ((x + dx) / n) * 360 - 180]
}

function named({ properties }: VectorTileFeature): Named {
  const zh = String(properties.name)
  return { zh, en: String(properties.name_en ?? zh), kind: String(properties.kind) }
}

function namedPoints(feature: VectorTileFeature, { extent }: VectorTileLayer, at: TileAt): NamedPoint[] {
  const from = Number(feature.properties.from ?? 0)
  return feature.loadGeometry().flatMap((chain) =>
    chain.map((point) => {
      const [lat, lon] = placeOf(at, [point.x / extent, point.y / extent])
      return { ...named(feature), from, lat, lon }
    }),
  )
}

function namedLines(feature: VectorTileFeature, { extent }: VectorTileLayer, at: TileAt): NamedLine[] {
  const place = (chain: { x: number; y: number }[]): NamedLine => ({
    ...named(feature),
    line: chain.map((point) => placeOf(at, [point.x / extent, point.y / extent])),
  })
  return feature.loadGeometry().map(place)
}
