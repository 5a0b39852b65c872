import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import { t } from '../text/language'
import { crsFor } from './crs'
import { makePanes } from './panes'

export type BaseSettings = {
  url: string
  labels?: string | null
  /** wgs84, gcj02 or bd09. */
  datum: string
  max_zoom: number
}

export const closest = 18

export function createMap(container: HTMLElement, base: BaseSettings | null): L.Map {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const map = L.map(container, {
    crs: crsFor(base?.datum ?? 'wgs84'),
    // Leaflet's own controls build HTML from text; ours do not.
    attributionControl: false,
    zoomControl: false,
    minZoom: 3,
    maxZoom: closest,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
    worldCopyJump: false,
  })
  makePanes(map)
  container.setAttribute('aria-label', t().map.label)
  if (base) addBase(map, base)
  container.classList.toggle('map-online', base !== null)
  return map
}

function addBase(map: L.Map, base: BaseSettings): void {
  const options = { maxNativeZoom: base.max_zoom, maxZoom: closest, crossOrigin: false }
  L.tileLayer(base.url, { ...options, pane: 'base' }).addTo(map)
  if (base.labels) L.tileLayer(base.labels, { ...options, pane: 'baseLabels' }).addTo(map)
}

export type Insets = { top: number; right: number; bottom: number; left: number }

/** Brings a box into the part of the map that nothing covers. */
export function showBox(map: L.Map, [w, s, e, n]: readonly number[], insets: Insets, closestZoom = 16): void {
  if (w === undefined || s === undefined || e === undefined || n === undefined) return
  map.fitBounds(
    [
      [s, w],
      [n, e],
    ],
    {
      paddingTopLeft: [insets.left + 12, insets.top + 12],
      paddingBottomRight: [insets.right + 12, insets.bottom + 12],
      maxZoom: closestZoom,
    },
  )
}

/** Brings one position into the uncovered part, nearer if asked, and leaves the map alone where it is in sight already. */
export function showPoint(map: L.Map, lat: number, lon: number, insets: Insets, zoom = map.getZoom()): void {
  const size = map.getSize()
  const at = map.latLngToContainerPoint([lat, lon])
  const margin = 48
  const seen =
    at.x > insets.left + margin &&
    at.x < size.x - insets.right - margin &&
    at.y > insets.top + margin &&
    at.y < size.y - insets.bottom - margin
  if (seen && zoom <= map.getZoom()) return
  const target = Math.max(zoom, map.getZoom())
  const shift = L.point((insets.right - insets.left) / 2, (insets.bottom - insets.top) / 2)
  const centre = map.unproject(map.project([lat, lon], target).add(shift), target)
  map.setView(centre, target)
}
