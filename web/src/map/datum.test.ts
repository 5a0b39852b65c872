import { expect, test } from 'vitest'
import { type LonLat, unshift, wgs84ToBd09, wgs84ToGcj02 } from './datum'

// [WGS-84, GCJ-02] latitude first, as published with the well-known implementations.
const published: [number, number, number, number][] = [
  [31.1774276, 121.5272106, 31.17530398364597, 121.531541859215],
  [22.543847, 113.912316, 22.540796131694766, 113.9171764808363],
  [39.911954, 116.377817, 39.91334545536069, 116.38404722455657],
]

// [WGS-84, GCJ-02, BD-09] of places in and around Dong'e, to eight decimals.
const donge: [number, number, number, number, number, number][] = [
  [36.335913, 116.243234, 36.33600393, 116.24885521, 36.34197737, 116.25534358],
  [36.2, 116.1058333, 36.20023162, 116.11171354, 36.20594158, 116.11828569],
  [36.40611111, 116.4330556, 36.40639385, 116.43885766, 36.41224149, 116.44541899],
  [36.1266, 116.0493, 36.12676217, 116.05513379, 36.13300869, 116.06156432],
  [36.5245, 116.5441, 36.52455223, 116.54957109, 36.53056441, 116.55608244],
]

test.each(published)('GCJ-02 of %f, %f is the published one', (lat, lon, gcjLat, gcjLon) => {
  const [x, y] = wgs84ToGcj02([lon, lat])
  expect(Math.abs(x - gcjLon)).toBeLessThan(1e-12)
  expect(Math.abs(y - gcjLat)).toBeLessThan(1e-12)
})

test.each(donge)("both datums are exact in Dong'e at %f, %f", (lat, lon, gcjLat, gcjLon, bdLat, bdLon) => {
  const [gx, gy] = wgs84ToGcj02([lon, lat])
  const [bx, by] = wgs84ToBd09([lon, lat])
  for (const [found, wanted] of [
    [gx, gcjLon],
    [gy, gcjLat],
    [bx, bdLon],
    [by, bdLat],
  ] as const) {
    expect(Math.abs(found - wanted)).toBeLessThan(6e-9)
  }
})

test('there and back comes within a billionth of a degree, all over China', () => {
  for (const forward of [wgs84ToGcj02, wgs84ToBd09]) {
    for (let lon = 74; lon < 134; lon += 3.7) {
      for (let lat = 4; lat < 53; lat += 3.1) {
        const start: LonLat = [lon, lat]
        const [x, y] = unshift(forward, forward(start))
        expect(Math.hypot(x - lon, y - lat)).toBeLessThan(1e-9)
      }
    }
  }
})

test('outside China nothing moves', () => {
  for (const place of [
    [9.5209, 47.1415],
    [-51.23, -30.03],
    [139.7, 35.7],
  ] as const) {
    expect(wgs84ToGcj02(place)).toEqual(place)
    expect(wgs84ToBd09(place)).toEqual(place)
  }
})
