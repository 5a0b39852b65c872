// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { County } from '../api/county'
import { initial } from '../state/state'
import { Store } from '../state/store'
import { addChips } from './chips'

const kind = (id: string, count: number, visibility = 'public') => ({
  ...{ id, count, visibility, name: { zh: id }, attributes: [] },
  ...{ glyph: 'dot', shape: 'circle', colour: '#0f766e' },
})
const area = (id: string, school: number) => ({ properties: { id, name: { zh: id }, counts: { school } } })

test('the numbers on chips and of towns are those of the newest state of the map', () => {
  const kinds = { attributes: [], kinds: [kind('school', 68), kind('home', 5, 'aggregate')] }
  const county = new County({} as never, kinds as never, [area('t1', 3)] as never)
  const element = document.createElement('div')
  const stop = addChips(element, county, new Store(initial))
  const shown = (): string | undefined => element.querySelector('[data-kind="school"] .chip-count')?.textContent ?? ''
  expect(shown()).toBe('68 处')
  expect(element.querySelector('[data-kind="home"]')).toBeNull()
  county.recount([kind('school', 1069), kind('unknown', 1)] as never, [area('t1', 4), area('t2', 1)] as never)
  expect(shown()).toBe('1,069 处')
  expect(county.area('t1')?.counts).toEqual({ school: 4 })
  expect(county.area('t2')).toBeUndefined()
  stop()
  county.recount([kind('school', 1)] as never, [])
  expect(shown()).toBe('1,069 处')
})
