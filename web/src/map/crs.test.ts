// @vitest-environment jsdom
import L from 'leaflet'
import { expect, test } from 'vitest'
import { crsFor } from './crs'
import { wgs84ToBd09, wgs84ToGcj02 } from './datum'
import { roundLength } from './scale'

test('a site and the tile of a shifted base map meet in the same pixel', () => {
  const seat = L.latLng(36.335913, 116.243234)
  for (const [datum, shift] of [
    ['gcj02', wgs84ToGcj02],
    ['bd09', wgs84ToBd09],
  ] as const) {
    const [lon, lat] = shift([seat.lng, seat.lat])
    const here = crsFor(datum).latLngToPoint(seat, 16)
    const tile = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 16)
    expect(here.distanceTo(tile)).toBeLessThan(1e-6)
    // About half a kilometre and 1.3 kilometres, which is what a map without the shift would be off.
    expect(here.distanceTo(L.CRS.EPSG3857.latLngToPoint(seat, 16))).toBeGreaterThan(200)
  }
})

test('a pixel of a shifted map leads back to WGS-84', () => {
  for (const datum of ['gcj02', 'bd09', 'wgs84'] as const) {
    const crs = crsFor(datum)
    const back = crs.pointToLatLng(crs.latLngToPoint(L.latLng(36.2, 116.1), 14), 14)
    expect(back.lat).toBeCloseTo(36.2, 8)
    expect(back.lng).toBeCloseTo(116.1, 8)
  }
})

test('a scale bar has a round length', () => {
  expect([1, 1.9, 2, 4.99, 5, 9.9, 10, 730, 1999].map(roundLength)).toEqual([1, 1, 2, 2, 5, 5, 10, 500, 1000])
})
