import { expect, test } from 'vitest'
import type { Place } from '../api/places'
import { Clusters, type Group, lastZoom } from './clusters'
import { overlap, placeLabels, rectAround, type Wanted } from './labels'

function place(id: number, kind: string, lon: number, lat: number): Place {
  return { id, kind, name: { zh: `n${id}` }, area: null, lon, lat, demonstration: false }
}

const world: [number, number, number, number] = [-180, -85, 180, 85]

test('groups hold every place once, and tell how many of each kind they hold', () => {
  const places = Array.from({ length: 3000 }, (_, i) =>
    place(
      i,
      ['school', 'hospital', 'playground'][i % 3] ?? '',
      116 + ((i * 7919) % 1000) / 2000,
      36 + ((i * 104729) % 997) / 2000,
    ),
  )
  const clusters = new Clusters(places, 'usual')
  for (const zoom of [6, 9, 11.4, 14, 17]) {
    const marks = clusters.within(world, zoom)
    const groups = marks.filter((mark): mark is Group => mark.what === 'group')
    const kinds: Record<string, number> = {}
    for (const mark of marks) {
      const counts = mark.what === 'group' ? mark.counts : { [mark.place.kind]: 1 }
      for (const [kind, n] of Object.entries(counts)) kinds[kind] = (kinds[kind] ?? 0) + n
    }
    expect(kinds).toEqual({ school: 1000, hospital: 1000, playground: 1000 })
    for (const group of groups) {
      expect(clusters.members(group)).toHaveLength(group.count)
      expect(Object.values(group.counts).reduce((a, b) => a + b)).toBe(group.count)
    }
  }
})

test('places on one spot never come apart, and are told from a group that does', () => {
  const clusters = new Clusters(
    [
      place(1, 'school', 116, 36),
      place(2, 'hospital', 116, 36),
      place(3, 'school', 116.2, 36),
      place(4, 'school', 116.2001, 36),
    ],
    'usual',
  )
  const groups = clusters.within(world, 8).filter((mark): mark is Group => mark.what === 'group')
  const atLast = clusters.within(world, lastZoom).filter((mark): mark is Group => mark.what === 'group')
  expect(groups.some((group) => clusters.opensAt(group) <= lastZoom)).toBe(true)
  const spot = atLast.find((group) => clusters.opensAt(group) > lastZoom)
  expect(
    spot &&
      clusters
        .members(spot)
        .map((member) => member.id)
        .sort(),
  ).toEqual([1, 2])
})

test('the few places that answer a question are not gathered', () => {
  const near = [place(1, 'school', 116, 36), place(2, 'school', 116.02, 36)]
  expect(new Clusters(near, 'usual').within(world, 10)).toHaveLength(1)
  expect(new Clusters(near, 'answer').within(world, 10)).toHaveLength(2)
})

const label = (x: number, y: number, insists = false): Wanted => ({
  x,
  y,
  width: 40,
  height: 20,
  insists,
  tries: [
    [0, 0],
    [0, 30],
  ],
})

test('names never lie over one another', () => {
  const wanted = [label(0, 0), label(10, 5), label(15, 8), label(300, 0)]
  const offsets = placeLabels(wanted, [])
  expect(offsets).toEqual([[0, 0], [0, 30], null, [0, 0]])
  const rects = offsets.flatMap((offset, i) => {
    const at = wanted[i]
    return offset && at ? [rectAround(at.x + offset[0], at.y + offset[1], at.width, at.height)] : []
  })
  rects.forEach((a, i) => {
    for (const b of rects.slice(i + 1)) expect(overlap(a, b)).toBe(false)
  })
})

test('a name steps aside for a symbol, and a town that cannot lies over a corner but never over the middle of one', () => {
  expect(placeLabels([label(0, 0)], [rectAround(0, 0, 10, 10)])).toEqual([[0, 30]])
  const both = [rectAround(0, 0, 40, 20), rectAround(22, 42, 12, 12)]
  expect(placeLabels([label(0, 0)], both)).toEqual([null])
  expect(placeLabels([label(0, 0, true)], both)).toEqual([[0, 30]])
  expect(placeLabels([label(0, 0, true)], [rectAround(0, 15, 100, 100)])).toEqual([null])
})
