// The two shifted datums of Chinese map services. Neither has a published definition; the formulae are the well-known
// reverse-engineered ones, and outside the box below the vendors shift nothing. Order here is always longitude, latitude.

export type LonLat = readonly [lon: number, lat: number]

const a = 6378245.0
const ee = 0.006693421622965943
const pi = Math.PI
const bdPi = (pi * 3000) / 180

function shifted([lon, lat]: LonLat): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271
}

function waves(t: number): number {
  return (20 * Math.sin(6 * t * pi) + 20 * Math.sin(2 * t * pi)) * (2 / 3)
}

function gcjOffset([lon, lat]: LonLat): [number, number] {
  const x = lon - 105
  const y = lat - 35
  const root = Math.sqrt(Math.abs(x))
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    waves(x) +
    ((20 * Math.sin(y * pi) + 40 * Math.sin((y / 3) * pi)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * pi) + 320 * Math.sin((y * pi) / 30)) * 2) / 3
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    waves(x) +
    ((20 * Math.sin(x * pi) + 40 * Math.sin((x / 3) * pi)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * pi) + 300 * Math.sin((x / 30) * pi)) * 2) / 3
  const phi = (lat / 180) * pi
  const magic = 1 - ee * Math.sin(phi) ** 2
  return [
    (east * 180) / ((a / Math.sqrt(magic)) * Math.cos(phi) * pi),
    (north * 180) / (((a * (1 - ee)) / (magic * Math.sqrt(magic))) * pi),
  ]
}

export function wgs84ToGcj02(point: LonLat): LonLat {
  if (!shifted(point)) return point
  const [dx, dy] = gcjOffset(point)
  return [point[0] + dx, point[1] + dy]
}

export function wgs84ToBd09(point: LonLat): LonLat {
  if (!shifted(point)) return point
  const [x, y] = wgs84ToGcj02(point)
  const radius = Math.hypot(x, y) + 0.00002 * Math.sin(y * bdPi)
  const angle = Math.atan2(y, x) + 0.000003 * Math.cos(x * bdPi)
  return [radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006]
}

/** Inverts a shift by fixed-point steps; it converges in a few, because a shift changes very little over its own length. */
export function unshift(forward: (point: LonLat) => LonLat, target: LonLat): LonLat {
  let guess: LonLat = target
  for (let step = 0; step < 12; step++) {
    const [x, y] = forward(guess)
    const [dx, dy] = [x - target[0], y - target[1]]
    guess = [guess[0] - dx, guess[1] - dy]
    if (Math.abs(dx) < 1e-11 && Math.abs(dy) < 1e-11) break
  }
  return guess
}
