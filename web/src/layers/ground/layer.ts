import L from 'leaflet'
import { type GroundPalette, groundPalette } from '../../style/colours'
import type { Underlay } from '../painter'
import { Tiles, tilesIn, tileZoom } from './fetch'
import { buildings, fills, roadStrokes, type Stroke, thinStrokes, waterways } from './look'
import { GroundNames } from './names'
import type { GroundTile, TileAt } from './tile'

/** How much more than the view is drawn on each side, so that a drag shows map at once. */
const margin = 0.2

/** A tile on the canvas: where it lies, and for a wider one that stands in, which part of it. */
type Laid = { tile: GroundTile; x: number; y: number; side: number; only: [number, number, number] | null }

export type GroundSettings = { tiles: string; max_zoom: number }

/**
 * The base map that this server draws: vectors painted for exactly the zoom at which they are seen, so that lines are
 * sharp on any screen. One canvas in a pane, moved by Leaflet while the map moves and painted anew when it rests or when
 * a drag leaves what was painted. Names are not painted here: they go to the canvas of the sites, which knows what lies in
 * their way.
 */
export class GroundLayer {
  private readonly canvas = L.DomUtil.create('canvas', 'ground-canvas leaflet-zoom-animated')
  private readonly context: CanvasRenderingContext2D
  private readonly tiles: Tiles
  private readonly names: GroundNames
  private readonly scheme = window.matchMedia('(prefers-color-scheme: dark)')
  private colours: GroundPalette = {}
  private pending = 0
  /** What was painted: centre, zoom, and the box in layer points. */
  private painted: { centre: L.LatLng; zoom: number; box: L.Bounds } | null = null
  /** Called when there are other names to place. */
  onNames: () => void = () => undefined

  constructor(
    private readonly map: L.Map,
    private readonly settings: GroundSettings,
    written: readonly string[],
    onProblem: (cause: unknown) => void,
  ) {
    const context = this.canvas.getContext('2d')
    if (!context) throw new Error('this browser has no 2d canvas')
    this.context = context
    this.names = new GroundNames(new Set(written))
    this.tiles = new Tiles(settings.tiles.replace(/^api\//, ''))
    this.tiles.onTile = this.soon
    this.tiles.onProblem = onProblem
  }

  /** The names, for the canvas that draws all names. */
  get underlay(): Underlay {
    return this.names
  }

  /** Asks again for tiles that did not come. */
  readonly retry = (): void => this.soon()

  add(): void {
    this.canvas.setAttribute('aria-hidden', 'true')
    this.map.getPane('ground')?.append(this.canvas)
    this.map.on('moveend viewreset resize', this.soon)
    this.map.on('move', this.onMove)
    this.map.on('zoom', this.onZoom)
    this.map.on('zoomanim', this.onZoomAnimation)
    this.scheme.addEventListener('change', this.onScheme)
    this.onScheme()
  }

  remove(): void {
    cancelAnimationFrame(this.pending)
    this.tiles.stop()
    this.map.off('moveend viewreset resize', this.soon)
    this.map.off('move', this.onMove)
    this.map.off('zoom', this.onZoom)
    this.map.off('zoomanim', this.onZoomAnimation)
    this.scheme.removeEventListener('change', this.onScheme)
    this.canvas.remove()
  }

  private readonly soon = (): void => {
    cancelAnimationFrame(this.pending)
    this.pending = requestAnimationFrame(() => this.draw())
  }

  private readonly onScheme = (): void => {
    this.colours = groundPalette()
    this.names.colours = this.colours
    this.soon()
  }

  private readonly onMove = (): void => {
    const { painted } = this
    if (!painted || painted.zoom !== this.map.getZoom()) return
    const corner = this.map.containerPointToLayerPoint([0, 0])
    if (!painted.box.contains(L.bounds(corner, corner.add(this.map.getSize())))) this.soon()
  }

  private readonly onZoom = (): void => this.follow(this.map.getCenter(), this.map.getZoom())

  private readonly onZoomAnimation = (event: L.LeafletEvent): void => {
    const { center, zoom } = event as L.ZoomAnimEvent
    this.follow(center, zoom)
  }

  /** Stretches what was painted onto where it belongs at another centre and zoom, until it is painted anew. */
  private follow(centre: L.LatLng, zoom: number): void {
    const { painted, map } = this
    if (!painted) return
    const scale = map.getZoomScale(zoom, painted.zoom)
    const half = map.getSize().divideBy(2)
    const shift = L.DomUtil.getPosition(map.getPanes().mapPane)
    const origin = map.project(centre, zoom).subtract(half).add(shift).round()
    const reach = painted.box.getSize().multiplyBy(scale / 2)
    const at = map.project(painted.centre, zoom).subtract(reach).subtract(origin)
    L.DomUtil.setTransform(this.canvas, at, scale)
  }

  /** Lays the canvas over the view and a margin; returns where its corner lies in the world's pixels. */
  private fit(): { corner: L.Point; width: number; height: number } {
    const size = this.map.getSize()
    const pad = size.multiplyBy(margin).round()
    const [width, height] = [size.x + 2 * pad.x, size.y + 2 * pad.y]
    const ratio = Math.min(3, window.devicePixelRatio || 1)
    const at = this.map.containerPointToLayerPoint([0, 0]).subtract(pad)
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w
      this.canvas.height = h
      this.canvas.style.width = `${width}px`
      this.canvas.style.height = `${height}px`
    }
    L.DomUtil.setTransform(this.canvas, at, 1)
    const box = L.bounds(at, at.add([width, height]))
    this.painted = { centre: this.map.getCenter(), zoom: this.map.getZoom(), box }
    return { corner: this.map.getPixelOrigin().add(at), width, height }
  }

  private draw(): void {
    const zoom = this.map.getZoom()
    const { corner, width, height } = this.fit()
    const world = 256 * 2 ** zoom
    const box = {
      west: corner.x / world,
      north: corner.y / world,
      east: (corner.x + width) / world,
      south: (corner.y + height) / world,
    }
    const wanted = tilesIn(tileZoom(zoom, this.settings.max_zoom), box)
    this.tiles.want(wanted)
    const ratio = this.canvas.width / width
    const laid = wanted.flatMap((at) => this.lay(at, world, corner))
    this.context.setTransform(1, 0, 0, 1, 0, 0)
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height)
    for (const { key, colour } of fills) this.fill(laid, key, colour, ratio)
    for (const stroke of waterways(zoom)) this.stroke(laid, stroke, ratio)
    this.fill(laid, buildings.key, buildings.colour, ratio)
    for (const stroke of thinStrokes(zoom)) this.stroke(laid, stroke, ratio)
    for (const stroke of roadStrokes(zoom)) this.stroke(laid, stroke, ratio)
    this.names.take(laid.filter(({ only }) => only === null).map(({ tile }) => tile))
    this.onNames()
  }

  private lay(at: TileAt, world: number, corner: L.Point): Laid[] {
    const tile = this.tiles.nearest(at)
    if (!tile) return []
    const side = world / 2 ** at.z
    const [x, y] = [at.x * side - corner.x, at.y * side - corner.y]
    if (tile.z === at.z) return [{ tile, x, y, side, only: null }]
    const wide = world / 2 ** tile.z
    return [{ tile, x: tile.x * wide - corner.x, y: tile.y * wide - corner.y, side: wide, only: [x, y, side] }]
  }

  private each(laid: readonly Laid[], key: string, ratio: number, paint: (path: Path2D, scale: number) => void): void {
    const { context } = this
    for (const { tile, x, y, side, only } of laid) {
      const drawn = tile.paths.get(key)
      if (!drawn) continue
      context.save()
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      if (only) {
        context.beginPath()
        context.rect(only[0], only[1], only[2], only[2])
        context.clip()
      }
      const scale = side / drawn.extent
      context.transform(scale, 0, 0, scale, x, y)
      paint(drawn.path, scale)
      context.restore()
    }
  }

  private fill(laid: readonly Laid[], key: string, colour: string, ratio: number): void {
    this.context.fillStyle = this.colours[colour] ?? ''
    this.each(laid, key, ratio, (path) => this.context.fill(path))
  }

  private stroke(laid: readonly Laid[], { key, colour, width, dash, faint }: Stroke, ratio: number): void {
    const { context } = this
    context.strokeStyle = this.colours[colour] ?? ''
    context.lineJoin = 'round'
    // a bridge ends where its road goes on; round ends of its edges would lie across that road
    context.lineCap = dash || /bridge|tunnel/.test(key) ? 'butt' : 'round'
    this.each(laid, key, ratio, (path, scale) => {
      context.globalAlpha = faint ? 0.4 : 1
      context.lineWidth = width / scale
      context.setLineDash((dash ?? []).map((length) => length / scale))
      context.stroke(path)
    })
  }
}
