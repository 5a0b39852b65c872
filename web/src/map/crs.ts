import L from 'leaflet'
import { type LonLat, unshift, wgs84ToBd09, wgs84ToGcj02 } from './datum'

/**
 * Web Mercator in which everything drawn is moved onto a base map of another datum. Coordinates in state, address bar,
 * requests and cards stay WGS-84: the shift happens only between a position and its pixel.
 */
export function crsFor(datum: string): L.CRS {
  if (datum !== 'gcj02' && datum !== 'bd09') return L.CRS.EPSG3857
  const forward: (point: LonLat) => LonLat = datum === 'gcj02' ? wgs84ToGcj02 : wgs84ToBd09
  const mercator = L.Projection.SphericalMercator
  const projection: L.Projection = {
    bounds: mercator.bounds,
    project(at) {
      const [lon, lat] = forward([at.lng, at.lat])
      return mercator.project(L.latLng(lat, lon))
    },
    unproject(point) {
      const shifted = mercator.unproject(point)
      const [lon, lat] = unshift(forward, [shifted.lng, shifted.lat])
      return L.latLng(lat, lon)
    },
  }
  return L.Util.extend({}, L.CRS.EPSG3857, { projection }) as L.CRS
}
