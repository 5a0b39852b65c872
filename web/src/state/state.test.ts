import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './address'
import { initial, type Mode, type State } from './state'
import { Store } from './store'

const modes: Mode[] = [
  { name: 'browse' },
  { name: 'card', site: 12 },
  { name: 'spot', sites: [3, 5, 8] },
  { name: 'towns' },
  { name: 'town', area: '371524001' },
  { name: 'targets' },
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
