import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shade } from './walk'

type Colour = [number, number, number]

const css = readFileSync(join(import.meta.dirname, 'coverage.css'), 'utf8')
const tokens = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** The value of a token in light (0) or dark (1). */
function value(sheet: string, name: string, scheme: number): Colour {
  const found = [...sheet.matchAll(new RegExp(`--${name}: #([0-9a-f]{6});`, 'g'))][scheme]?.[1] ?? ''
  expect(found, name).not.toBe('')
  return [0, 2, 4].map((i) => linear(Number.parseInt(found.slice(i, i + 2), 16) / 255)) as Colour
}

function linear(c: number): number {
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

/** CIE L*a*b* of linear sRGB, white D65. */
function lab([r, g, b]: Colour): Colour {
  const f = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function apart(a: Colour, b: Colour): number {
  const [p, q] = [lab(a), lab(b)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

// Machado, Oliveira and Fernandes 2009, full deficiency, on linear sRGB.
const eyes: Record<string, number[][]> = {
  'usual eyes': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function seen(eye: string, colour: Colour): Colour {
  const clip = (n: number): number => Math.min(1, Math.max(0, n))
  return (eyes[eye] ?? []).map((row) => clip(row.reduce((sum, k, i) => sum + k * (colour[i] ?? 0), 0))) as Colour
}

const schemes = [
  ['light', 0],
  ['dark', 1],
] as const
const shades = (scheme: number): Colour[] => [1, 2, 3, 4].map((n) => value(css, `walk-${n}`, scheme))

test.each(schemes)('the longer the walk the darker the street, in even steps, in %s', (_, scheme) => {
  const lightness = shades(scheme).map((colour) => lab(colour)[0])
  const steps = lightness.slice(1).map((l, i) => (lightness[i] ?? 0) - l)
  for (const step of steps) expect(step).toBeGreaterThan(12)
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(4)
})

test.each(Object.keys(eyes).flatMap((eye) => schemes.map(([name, scheme]) => [eye, name, scheme] as const)))(
  '%s tell the shades, the far streets and the children apart, in %s',
  (eye, _, scheme) => {
    const colours = [...shades(scheme), value(css, 'walk-beyond', scheme), value(css, 'walk-children', scheme)]
    colours.forEach((a, i) => {
      for (const b of colours.slice(i + 1)) expect(apart(seen(eye, a), seen(eye, b))).toBeGreaterThan(14)
    })
    const lightness = shades(scheme).map((colour) => lab(seen(eye, colour))[0])
    expect([...lightness].sort((a, b) => b - a)).toEqual(lightness)
  },
)

function contrast(a: Colour, b: Colour): number {
  const [p, q] = [a, b].map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) as [number, number]
  return Math.max(p, q) / Math.min(p, q)
}

test.each(schemes)('streets and children stand out from the paper, in %s', (name, scheme) => {
  const land = value(tokens, 'land', scheme)
  expect(contrast(value(css, 'walk-children', scheme), land)).toBeGreaterThan(2.9)
  // On light paper the near shades are light too: there the edge around every street carries the contrast.
  const carried = name === 'light' ? [value(css, 'walk-edge', scheme)] : shades(scheme)
  for (const colour of carried) expect(contrast(colour, land)).toBeGreaterThan(3)
})

test('shades change at 5, 10 and 15 minutes', () => {
  expect([0, 5, 10, 15, 45].map(shade)).toEqual([0, 1, 2, 3, 3])
})
