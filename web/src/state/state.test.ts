import { expect, test } from 'vitest'
import { asksNothing, readAddress, writeAddress } from './address'
import { nextDate } from './question'
import { initial, type Mode, noQuestion, type Question, type State } from './state'
import { Store } from './store'

const modes: Mode[] = [
  { name: 'nearby' },
  { name: 'browse' },
  { name: 'card', site: 12 },
  { name: 'way', site: 12 },
  { name: 'spot', sites: [3, 5, 8] },
  { name: 'towns' },
  { name: 'town', area: '371524001' },
  { name: 'targets' },
  { name: 'coverage' },
  { name: 'plan' },
]

test.each(modes)('a link brings back the same state: $name', (mode) => {
  const state: State = {
    ...initial,
    view: { zoom: 12.25, lat: 36.33591, lon: 116.24323 },
    kinds: ['school', 'reading_space'],
    mode,
    target: 'demonstration-reading-spaces',
    query: '图书 & dexsj=?#',
    language: 'en',
    legend: true,
  }
  const { sheet: _sheet, ...back } = readAddress(writeAddress(state))
  const { sheet: _other, ...wanted } = state
  expect(back).toEqual(wanted)
})

test('a link brings back a question about coverage, all of it or any part', () => {
  const whole: Question = {
    kind: 'reading_space',
    minutes: 7,
    profile: 'child_6_9',
    at: { day: 5, time: '09:45' },
    ages: { from: 3, to: 14 },
    only: { demonstration: 'true', setting: 'public_space' },
    service: 325,
  }
  const parts = Object.keys(whole).map((key) => ({ ...noQuestion, [key]: whole[key as keyof Question] }))
  for (const coverage of [whole, noQuestion, ...parts]) {
    const address = writeAddress({ ...initial, mode: { name: 'coverage' }, coverage })
    expect(readAddress(address).coverage).toEqual(coverage)
  }
  expect(writeAddress({ ...initial, mode: { name: 'coverage' }, coverage: whole })).toBe(
    '#panel=coverage&kind=reading_space&minutes=7&profile=child_6_9&at=Sa-09:45&ages=3-14&only=demonstration:true,setting:public_space&service=325',
  )
})

test('a question is not carried about by links to other things, and nonsense in one is not believed', () => {
  expect(writeAddress({ ...initial, coverage: { ...noQuestion, minutes: 7 } })).toBe('#')
  const odd = '#panel=coverage&minutes=61&at=Xx-25:00&ages=9-3&only=a:,b,c:<x>&service=-1'
  expect(readAddress(odd).coverage).toEqual(noQuestion)
})

test('a weekday is asked about on its next date, today counting as one', () => {
  const tuesday = new Date(2026, 10, 24, 23, 59)
  expect(nextDate({ day: 1, time: '10:00' }, tuesday)).toBe('2026-11-24T10:00')
  expect(nextDate({ day: 0, time: '07:30' }, tuesday)).toBe('2026-11-30T07:30')
  expect(nextDate({ day: 5, time: '10:00' }, new Date(2026, 11, 31))).toBe('2027-01-02T10:00')
})

test('an address without anything is the first look', () => {
  expect(readAddress('')).toEqual(initial)
  expect(readAddress('#')).toEqual(initial)
  expect(writeAddress(initial)).toBe('#')
})

test('nonsense in an address is ignored, not believed', () => {
  const state = readAddress('#z=999&lat=36&lon=116&site=1e3&panel=admin&lang=xx&spot=a,,-1&kinds=,,')
  expect(state).toEqual(initial)
  expect(readAddress('#z=12&lat=NaN&lon=116').view).toBeNull()
  expect(readAddress(`#q=${'长'.repeat(500)}`).query).toHaveLength(100)
})

test('a link to something opens the panel of a phone far enough to read it', () => {
  expect(readAddress('#site=4').sheet).toBe('half')
  expect(readAddress('#z=4&lat=1&lon=2').sheet).toBe('peek')
})

test('watchers run only for their keys, only on a change, and not after they are stopped', () => {
  const store = new Store(initial)
  const seen: string[] = []
  const stop = store.watch(['kinds'], (state) => seen.push(state.kinds.join()))
  store.set({ query: 'x' })
  store.set({ kinds: ['school'] })
  store.set({ kinds: ['school'] })
  stop()
  store.set({ kinds: [] })
  expect(seen).toEqual(['school'])
})

test('a link brings back the open scenario, and only while planning', () => {
  const state: State = { ...initial, mode: { name: 'plan' }, scenario: 'q3Jm8x-Zk_0aBcDeFgHi' }
  expect(writeAddress(state)).toBe('#panel=plan&scenario=q3Jm8x-Zk_0aBcDeFgHi')
  expect(readAddress(writeAddress(state)).scenario).toBe(state.scenario)
  expect(writeAddress({ ...state, mode: { name: 'browse' } })).toBe('#')
  expect(readAddress('#panel=plan&scenario=<script>').scenario).toBeNull()
})

test('a link brings back what a parent looks for, and never where they stand', () => {
  const wish = { open: true, at: { day: 5, time: '20:00' }, age: 6, needs: ['accessibility', 'shade'] }
  const origin = { lat: 36.3312345, lon: 116.2512345, by: 'device', name: '', accuracy: 12 } as const
  const view = { lat: 36.33, lon: 116.25, zoom: 15 }
  const address = writeAddress({ ...initial, mode: { name: 'nearby' }, kinds: ['reading_space'], wish, origin, view })
  expect(address).toBe('#kinds=reading_space&panel=nearby&open=1&when=Sa-20:00&age=6&needs=accessibility,shade')
  expect(readAddress(address)).toMatchObject({ wish, origin: null, view: null, mode: { name: 'nearby' } })
  expect(writeAddress({ ...initial, mode: { name: 'card', site: 7 }, origin, view })).toBe('#site=7')
  // Nor when they have forgotten it: the map is still there.
  expect(writeAddress({ ...initial, stood: true, view })).toBe('#')
})

test('what no parent can mean is passed over', () => {
  const { wish } = readAddress('#open=yes&when=Xx-25:00&age=99&needs=a,a,<b>,DROP,shade')
  expect(wish).toEqual({ open: false, at: null, age: null, needs: ['a', 'shade'] })
})

test('an address that only names the language asks for nothing', () => {
  expect(['', '#', '#lang=en'].map(asksNothing)).toEqual([true, true, true])
  expect(['#kinds=school', '#site=3', '#z=12&lat=36&lon=116'].map(asksNothing)).toEqual([false, false, false])
})
