import { expect, test } from 'vitest'
import type { Comparison, ScenarioPlan } from '../../api/scenarios'
import { apartCells, sums } from './apart'
import { momentOf, planOf, questionOf, samePlan } from './plans'

const plan: ScenarioPlan = {
  kind: 'school',
  minutes: 10,
  profile: 'child_6_9',
  at: '2026-11-28T10:00',
  ages: '6-9',
  only: { setting: 'library' },
  add: [{ lon: 116.25, lat: 36.33, name: '北街', opening_hours: 'Mo-Su 09:00-17:00' }],
  remove: [23, 17],
  hours: [{ site: 5, opening_hours: 'Sa 09:00-20:00' }],
  posts: [{ lon: 116.26, lat: 36.34 }],
}

test('a scenario becomes a question and a plan of the planner', () => {
  expect(questionOf(plan)).toEqual({
    kind: 'school',
    minutes: 10,
    profile: 'child_6_9',
    at: { day: 5, time: '10:00' },
    ages: { from: 6, to: 9 },
    only: { setting: 'library' },
    service: null,
  })
  expect(planOf(plan)).toEqual({
    add: [{ id: 1, lon: 116.25, lat: 36.33, name: '北街', hours: 'Mo-Su 09:00-17:00' }],
    remove: [23, 17],
    hours: [{ site: 5, opening_hours: 'Sa 09:00-20:00' }],
    posts: [{ lon: 116.26, lat: 36.34 }],
    forbid: [],
  })
  expect(planOf({ kind: 'school' }).add).toEqual([])
})

test('the same plan is known again next week and in another order, another one is not', () => {
  expect(samePlan(plan, { ...plan, at: '2026-12-05T10:00', remove: [17, 23] })).toBe(true)
  expect(samePlan(plan, { ...plan, at: '2026-12-06T10:00' })).toBe(false)
  expect(samePlan(plan, { ...plan, add: [{ lon: 116.25, lat: 36.3301 }] })).toBe(false)
  expect(samePlan({ kind: 'a' }, { kind: 'a', add: [], remove: [], only: {} })).toBe(true)
  expect(momentOf('some time')).toBeNull()
})

test('children who get there under one of two scenarios only are told apart', () => {
  const cells = {
    index: [3, 4, 5],
    secs: [
      [100, 950, 100],
      [950, 100, 200],
      [0, 0, 0],
    ],
  }
  const apart = apartCells(
    { scenarios: [], by_town: [], cells } as Comparison,
    { from: 0, to: 1 },
    15,
    [0, 0, 0, 7, 9, 4],
  )
  expect([...apart]).toEqual([
    [3, -7],
    [4, 9],
  ])
  expect(sums(apart)).toEqual({ onlyFrom: 7, onlyTo: 9 })
})
