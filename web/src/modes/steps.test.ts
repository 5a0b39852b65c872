// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest'
import { initial, type Mode } from '../state/state'
import { Store } from '../state/store'
import { isOwnStep, Steps } from './steps'

let steps: Steps | null = null
afterEach(() => {
  steps?.dispose()
  history.replaceState(null, '', '#')
})

function opened(mode: Mode): Store {
  const store = new Store({ ...initial, mode })
  steps = new Steps(store)
  steps.write()
  return store
}

const popped = (): Promise<void> =>
  new Promise((done) => window.addEventListener('popstate', () => setTimeout(done), { once: true }))

test('what is opened is a step that Back closes, and what is chosen within it is none', async () => {
  const store = opened({ name: 'nearby' })
  const before = history.length
  store.set({ mode: { name: 'card', site: 7 } })
  steps?.write()
  store.set({ kinds: ['school'] })
  steps?.write()
  expect(history.length).toBe(before + 1)
  expect(location.hash).toBe('#kinds=school&site=7')
  const back = popped()
  history.back()
  await back
  expect(store.state.mode).toEqual({ name: 'nearby' })
  expect(store.state.kinds, 'what was chosen stays').toEqual(['school'])
  expect(location.hash).toBe('#kinds=school&panel=nearby')
  expect(isOwnStep()).toBe(true)
})

test('a button that leads back takes the step back, and adds none', async () => {
  const store = opened({ name: 'targets' })
  store.set({ mode: { name: 'card', site: 7 } })
  steps?.write()
  const length = history.length
  const back = popped()
  store.set({ mode: { name: 'targets' } })
  steps?.write()
  await back
  expect(history.length).toBe(length)
  expect(location.hash).toBe('#panel=targets')
  store.set({ mode: { name: 'towns' } })
  steps?.write()
  expect(history.length, 'in the place of the card').toBe(length)
})

test('the list of what is near is a step behind the first screen, and says nothing of where', async () => {
  const store = opened({ name: 'nearby' })
  const before = history.length
  store.set({ origin: { lat: 36.3, lon: 116.2, by: 'device', name: '', accuracy: 10 } })
  steps?.write()
  expect(history.length).toBe(before + 1)
  expect(JSON.stringify(history.state) + location.hash).not.toMatch(/36|116/)
  store.set({ mode: { name: 'card', site: 7 } })
  steps?.write()
  for (const origin of [true, false]) {
    const back = popped()
    history.back()
    await back
    expect(store.state.mode).toEqual({ name: 'nearby' })
    expect(store.state.origin !== null).toBe(origin)
  }
})

test('a pasted link is no step of ours', () => {
  opened({ name: 'browse' })
  expect(isOwnStep()).toBe(true)
  history.pushState(null, '', '#site=3')
  expect(isOwnStep()).toBe(false)
})
