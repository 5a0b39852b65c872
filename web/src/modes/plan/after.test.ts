import { expect, test } from 'vitest'
import type { Place } from '../../api/places'
import type { WhatIf } from '../../api/what_if'
import { noPlan } from '../../state/plan'
import type { Answered } from '../coverage/answers'
import { layPlan, notCounting } from './after'

const place = (id: number): Place => ({
  id,
  kind: 'k',
  name: { zh: `${id}` },
  area: null,
  lon: 0,
  lat: 0,
  demonstration: false,
})
const every = [place(7), place(8), place(9)]
const base = {
  cells: { children: Uint32Array.of(10, 20, 30) },
  painting: { cells: { site: Uint32Array.of(7, 8, 8), secs: Uint16Array.of(60, 600, 1200) }, streets: null },
  sites: every.slice(0, 2),
  every,
} as unknown as Answered
const plan = {
  ...noPlan,
  add: [
    { id: 1, lon: 1, lat: 1 },
    { id: 2, lon: 2, lat: 2 },
  ],
  remove: [7],
}
const answer = {
  add: [
    { on_street: true, open: true },
    { on_street: false, open: true },
  ],
  cells: { index: [0, 2], secs: [1800, 300], site: [8, -1] },
  streets: null,
} as unknown as WhatIf

test('without a plan, after is before', () => {
  const after = layPlan(base, null, 15, false)
  expect(after.painting).toBe(base.painting)
  expect(after.sites).toBe(base.sites)
  expect(notCounting(every, after.sites)).toEqual(new Set([9]))
})

test('closed sites no longer count, and proposed ones do where a street is', () => {
  const after = layPlan(base, { plan, answer }, 15, false)
  expect(after.sites).toEqual([place(8), plan.add[0]])
  expect(notCounting(every, after.sites)).toEqual(new Set([7, 9]))
  expect([...after.painting.cells.secs]).toEqual([1800, 600, 300])
  expect([...after.difference]).toEqual([
    [0, -10],
    [2, 30],
  ])
})

test('where a time is asked about, whoever is the nearest of something is open then', () => {
  const opened = { ...answer, cells: { index: [2], secs: [300], site: [9] } } as unknown as WhatIf
  const timed = layPlan(base, { plan: noPlan, answer: { ...opened, add: [] } }, 15, true)
  expect(timed.sites.map((one) => (one as Place).id)).toEqual([7, 8, 9])
})
