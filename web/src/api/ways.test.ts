import { expect, test } from 'vitest'
import { readWays, type WayProperties } from './ways'

const properties: WayProperties = { length_m: 420, walk_secs: 400, profile: 'child_6_9', crossings: [], steps: [] }
const geometry = { coordinates: [[116, 36] as [number, number]] }

test('the safest way is read as a way like the quickest', () => {
  const line = { coordinates: [[117, 37] as [number, number]] }
  const ways = readWays({
    geometry,
    properties: { ...properties, safest: { ...properties, geometry: line, extra_secs: 90 } },
  })
  expect(ways.properties.safest).toEqual({ geometry: line, properties: { ...properties, extra_secs: 90 } })
  expect(ways.properties.walk_secs).toBe(400)
})

test('where there is no other way there is none', () => {
  expect(readWays({ geometry, properties: { ...properties, safest: null } }).properties.safest).toBeNull()
  expect(readWays({ geometry, properties }).properties.safest).toBeNull()
})
