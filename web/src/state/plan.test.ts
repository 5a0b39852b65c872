import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './address'
import { apply, noHistory, redo, undo } from './history'
import * as edit from './plan'
import { noPlan, type Plan } from './plan'
import { readPlan, writePlan } from './plan_link'
import { initial } from './state'

const spot = { lon: 116.2432301, lat: 36.3359107 }
const whole: Plan = {
  add: [
    { id: 1, ...spot },
    {
      id: 2,
      lon: -0.0000001,
      lat: -85,
      name: '图书室 A_b,c*2~&=#',
      hours: 'Mo-Fr 09:00-12:00,14:00-17:00',
      pinned: true,
    },
  ],
  remove: [17, 3],
  hours: [{ site: 5, opening_hours: 'Sa-Su 09:00-20:00; PH off' }],
  posts: [{ lon: 116.2, lat: 36.3 }],
  forbid: [{ lon: 180, lat: 0 }],
}

test('a plan, whole or in part, comes back from its text to the last digit', () => {
  const parts = Object.keys(whole).map((key): Plan => ({ ...noPlan, [key]: whole[key as keyof Plan] }))
  for (const plan of [whole, noPlan, ...parts]) expect(readPlan(writePlan(plan))).toEqual(plan)
})

test('a link carries an unsaved plan through any mode, and its question with it', () => {
  const coverage = { ...initial.coverage, kind: 'reading_space', minutes: 10 }
  for (const mode of [{ name: 'plan' }, { name: 'card', site: 4 }] as const) {
    const back = readAddress(writeAddress({ ...initial, mode, coverage, plan: { ...noHistory, plan: whole } }))
    expect(back.plan.plan).toEqual(whole)
    expect(back.coverage).toEqual(coverage)
  }
  expect(writeAddress({ ...initial, mode: { name: 'plan' } })).toBe('#panel=plan')
})

test('a plan of one site makes a short link that reads as it is written', () => {
  const plan = edit.addSite(noPlan, { ...spot, name: 'A' })
  expect(writeAddress({ ...initial, mode: { name: 'plan' }, plan: { ...noHistory, plan } })).toMatch(
    /^#panel=plan&plan=a[0-9a-z]{6}\.[0-9a-z]{5,6},nA$/,
  )
})

test('nonsense in a plan is passed over, not believed', () => {
  for (const text of [
    '',
    'x',
    'a',
    'a1',
    'azzzzzzz.1',
    'a1.zzzzzzz',
    'r',
    'r-1,1e3',
    'h5',
    'hx,Mo',
    'p.',
    '_,_',
    'a1.1.1',
  ]) {
    expect(readPlan(text)).toEqual(noPlan)
  }
  expect(readPlan('r5,5,x,7').remove).toEqual([5, 7])
  expect(readPlan(Array(80).fill('a1.1').join('_')).add).toHaveLength(edit.mostAdded)
  expect(readPlan(`a1.1,n${'长'.repeat(900)}`).add[0]?.name).toHaveLength(200)
})

test('a change makes a new plan and leaves the old one as it was', () => {
  const frozen = JSON.stringify(whole)
  const one = edit.addSite(whole, { lon: 1.00000004, lat: 2 })
  expect(one.add.at(-1)).toEqual({ id: 3, lon: 1, lat: 2 })
  expect(edit.dropSite(one, 1).add.map(({ id }) => id)).toEqual([2, 3])
  expect(edit.nextId(edit.dropSite(one, 3))).toBe(3)
  expect(edit.moveSite(one, 3, { lon: 5, lat: 6 }).add[2]).toEqual({ id: 3, lon: 5, lat: 6 })
  const named = edit.changeSite(one, 3, { name: 'A', pinned: true })
  expect(named.add[2]).toEqual({ id: 3, lon: 1, lat: 2, name: 'A', pinned: true })
  expect(edit.changeSite(named, 3, { name: '', pinned: false })).toEqual(one)
  expect(edit.toggleClosed(edit.toggleClosed(noPlan, 9), 9)).toEqual(noPlan)
  expect(edit.setHours(edit.setHours(noPlan, 9, 'Mo off'), 9, null)).toEqual(noPlan)
  expect(edit.setHours(edit.setHours(noPlan, 9, 'Mo off'), 9, 'Tu off').hours).toHaveLength(1)
  expect(edit.dropPost(edit.movePost(edit.addPost(noPlan, spot), 0, { lon: 1, lat: 1 }), 0)).toEqual(noPlan)
  expect(edit.allow(edit.forbid(noPlan, spot), 0)).toEqual(noPlan)
  expect(JSON.stringify(whole)).toBe(frozen)
})

test('no more sites than the server takes', () => {
  let plan = noPlan
  for (let i = 0; i < edit.mostAdded + 5; i++) plan = edit.addSite(plan, { lon: i, lat: 0 })
  expect(plan.add).toHaveLength(edit.mostAdded)
})

test('every step can be taken back and taken again, and a new one forgets what was taken back', () => {
  const steps = [1, 2, 3].map((n) => edit.toggleClosed(noPlan, n))
  let history = steps.reduce(apply, noHistory)
  expect(history.plan).toEqual(steps[2])
  history = undo(undo(history))
  expect(history.plan).toEqual(steps[0])
  expect(redo(history).plan).toEqual(steps[1])
  expect(redo(redo(redo(history))).plan).toEqual(steps[2])
  expect(undo(undo(undo(history))).plan).toEqual(noPlan)
  history = apply(history, whole)
  expect(history.future).toEqual([])
  expect(undo(history).plan).toEqual(steps[0])
})

test('what changes nothing is no step, and the oldest of very many are forgotten', () => {
  const history = apply(noHistory, { ...noPlan })
  expect(history).toBe(noHistory)
  const long = Array.from({ length: 300 }, (_, n) => edit.toggleClosed(noPlan, n + 1)).reduce(apply, noHistory)
  expect(long.past).toHaveLength(200)
})
