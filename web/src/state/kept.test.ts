import { expect, test } from 'vitest'
import { forget, type Kept, keep, readKept, scenarioIn } from './kept'

const one = (id: string, key: string | null = 'k'): Kept => ({
  id,
  key,
  name: `方案 ${id}`,
  saved: '2026-11-24T15:20:00Z',
  added: 5,
  removed: 0,
  after: 7700,
  before: 6000,
})

function shelf(text: string | null = null): { text: string | null } & Pick<Storage, 'getItem' | 'setItem'> {
  const made = {
    text,
    getItem: () => made.text,
    setItem: (_: string, value: string) => {
      made.text = value
    },
  }
  return made
}

test('what was kept is there again, the latest first, each once', () => {
  const device = shelf()
  keep(device, one('a'))
  keep(device, one('b'))
  keep(device, { ...one('a'), name: 'renamed' })
  expect(readKept(device).map(({ id, name }) => [id, name])).toEqual([
    ['a', 'renamed'],
    ['b', '方案 b'],
  ])
  expect(forget(device, 'a').map(({ id }) => id)).toEqual(['b'])
})

test('opening one by its link does not lose the key that this device has', () => {
  const device = shelf()
  keep(device, one('a', 'secret'))
  keep(device, one('a', null))
  expect(readKept(device)[0]?.key).toBe('secret')
})

test('nonsense on the device hides nothing and breaks nothing', () => {
  expect(readKept(shelf('{'))).toEqual([])
  expect(readKept(shelf('{"a":1}'))).toEqual([])
  expect(readKept(shelf(JSON.stringify([null, 7, { id: 'x' }, one('a')]))).map(({ id }) => id)).toEqual(['a'])
  expect(readKept(null)).toEqual([])
  const full = {
    ...shelf(),
    setItem: () => {
      throw new Error('full')
    },
  }
  expect(keep(full, one('a')).map(({ id }) => id)).toEqual(['a'])
})

test('a scenario is found in whatever form its link is pasted', () => {
  const id = 'q3Jm8x-Zk_0aBcDeFgHi'
  expect(scenarioIn(`https://x.example/#panel=plan&scenario=${id}&lang=en`)).toBe(id)
  expect(scenarioIn(` #scenario=${id}`)).toBe(id)
  expect(scenarioIn('https://x.example/#panel=plan')).toBeNull()
  expect(scenarioIn('scenario=<img>')).toBeNull()
})
