import L from 'leaflet'

export type Point = { x: number; y: number }
/** Where a position lies on the canvas in this very frame. */
export type Projector = (lat: number, lon: number) => Point
/** From a position on the world of zoom 0, 256 pixels wide, to its pixel: times `scale`, plus `x` or `y`. */
export type Shift = { scale: number; x: number; y: number }
export type Frame = {
  context: CanvasRenderingContext2D
  at: Projector
  shift: Shift
  /** The zoom of this frame, and the one at which a running animation will end. */
  zoom: number
  target: number
  /** All that is visible in this frame, before and after a running animation. */
  view: L.LatLngBounds
  settled: boolean
  width: number
  height: number
}

/**
 * A canvas over the map that is drawn anew in every frame of a move. Symbols therefore keep their size while the map
 * zooms under them, which neither Leaflet's markers by the thousand nor its canvas (which is stretched) can do.
 */
export class FrameCanvas {
  private readonly canvas = L.DomUtil.create('canvas', 'frame-canvas')
  private readonly context: CanvasRenderingContext2D
  private pending = 0
  private zooming: {
    to: L.LatLng
    zoom: number
    from: L.LatLng
    fromZoom: number
    view: L.LatLngBounds
    start: number
  } | null = null
  private readonly scheme = window.matchMedia('(prefers-color-scheme: dark)')
  private readonly drawNow = (): void => this.draw()
  private readonly drawSoon = (): void => this.request()

  constructor(
    private readonly map: L.Map,
    private readonly paint: (frame: Frame) => void,
    /** Whether it lies under the canvases that are not. */
    under = false,
  ) {
    if (under) this.canvas.classList.add('frame-canvas-under')
    const context = this.canvas.getContext('2d')
    if (!context) throw new Error('this browser has no 2d canvas')
    this.context = context
  }

  add(): void {
    this.canvas.setAttribute('aria-hidden', 'true')
    this.map.getContainer().append(this.canvas)
    this.map.on('move viewreset zoomend moveend', this.drawNow)
    this.map.on('resize', this.drawNow)
    this.map.on('zoomanim', this.onZoom, this)
    this.scheme.addEventListener('change', this.drawSoon)
    this.request()
  }

  remove(): void {
    cancelAnimationFrame(this.pending)
    this.map.off('move viewreset zoomend moveend', this.drawNow)
    this.map.off('resize', this.drawNow)
    this.map.off('zoomanim', this.onZoom, this)
    this.scheme.removeEventListener('change', this.drawSoon)
    this.canvas.remove()
  }

  /** Draws once in the next frame, however often it is asked for. */
  request(): void {
    cancelAnimationFrame(this.pending)
    this.pending = requestAnimationFrame(this.drawNow)
  }

  private onZoom(event: L.LeafletEvent): void {
    const { center, zoom, noUpdate } = event as L.ZoomAnimEvent
    // A pinch reports every step as a move already; only Leaflet's own animation runs in CSS, out of our sight.
    if (noUpdate) return
    this.zooming = {
      to: center,
      zoom,
      from: this.map.getCenter(),
      fromZoom: this.map.getZoom(),
      view: this.map.getBounds(),
      start: performance.now(),
    }
    this.request()
  }

  private fit(): { width: number; height: number } {
    const { x: width, y: height } = this.map.getSize()
    const ratio = Math.min(3, window.devicePixelRatio || 1)
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w
      this.canvas.height = h
      this.canvas.style.width = `${width}px`
      this.canvas.style.height = `${height}px`
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.context.clearRect(0, 0, width, height)
    return { width, height }
  }

  private draw(): void {
    cancelAnimationFrame(this.pending)
    const { width, height } = this.fit()
    const still = this.shift(this.map.getCenter(), this.map.getZoom(), width, height)
    const frame = { context: this.context, target: this.map.getZoom(), width, height }
    const z = this.zooming
    const progress = z ? (performance.now() - z.start) / 250 : 1
    if (!z || progress >= 1 || !(this.map as unknown as { _animatingZoom: boolean })._animatingZoom) {
      this.zooming = null
      const at = this.projector(still)
      this.paint({ ...frame, at, shift: still, zoom: frame.target, view: this.map.getBounds(), settled: true })
      return
    }
    // Leaflet interpolates its CSS transform, so that a point runs straight from its old pixel to its new one.
    const eased = ease(progress)
    const before = this.shift(z.from, z.fromZoom, width, height)
    const after = this.shift(z.to, z.zoom, width, height)
    const between = (a: number, b: number): number => a + (b - a) * eased
    const shift: Shift = {
      scale: between(before.scale, after.scale),
      x: between(before.x, after.x),
      y: between(before.y, after.y),
    }
    const zoom = z.fromZoom + (z.zoom - z.fromZoom) * eased
    const view = L.latLngBounds(z.view.getSouthWest(), z.view.getNorthEast()).extend(this.map.getBounds())
    this.paint({ ...frame, at: this.projector(shift), shift, zoom, view, settled: false })
    this.request()
  }

  private shift(centre: L.LatLng, zoom: number, width: number, height: number): Shift {
    const origin = this.map.project(centre, zoom)
    return { scale: 2 ** zoom, x: width / 2 - origin.x, y: height / 2 - origin.y }
  }

  private projector({ scale, x, y }: Shift): Projector {
    return (lat, lon) => {
      const point = this.map.project([lat, lon], 0)
      return { x: point.x * scale + x, y: point.y * scale + y }
    }
  }
}

/** cubic-bezier(0, 0, 0.25, 1), the curve in Leaflet's stylesheet, solved for time by bisection. */
function ease(time: number): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 20; i++) {
    const u = (low + high) / 2
    if (0.75 * u * u * (1 - u) + u ** 3 < time) low = u
    else high = u
  }
  const u = (low + high) / 2
  return 3 * u * u * (1 - u) + u ** 3
}
