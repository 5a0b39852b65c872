import { expect, test } from 'vitest'
import { plain } from '../api/kept'
import type { NearFeature } from '../api/nearby'
import { type Profile, walkerFor } from '../api/profiles'
import { noWish } from '../state/wish'
import { type Asking, nearQuestion } from './near_question'

const profile = (id: string, usual = false): Profile => ({ id, usual }) as Profile
const profiles = [
  profile('toddler_with_carer'),
  profile('child_6_9', true),
  profile('child_10_14'),
  profile('wheelchair'),
]
const asking: Asking = {
  origin: { lon: 116.25, lat: 36.33, by: 'device', name: '', accuracy: 10 },
  wish: noWish,
  kinds: [],
  needs: [{ id: 'free', label: '', value: 'true' }],
  walker: profile('child_6_9', true),
  limit: 10,
  today: new Date(2026, 10, 29),
}

test('what is usual goes unsaid', () => {
  expect(nearQuestion(asking)).toEqual({ lon: 116.25, lat: 36.33, limit: 10, at: 'now', needs: {} })
})

test('everything that was chosen is asked; a need that no such place can have is not', () => {
  const wish = { open: true, at: { day: 5, time: '20:00' }, age: 4, needs: ['free', 'shade'] }
  expect(nearQuestion({ ...asking, wish, kinds: ['reading_space'], walker: profile('toddler_with_carer') })).toEqual({
    lon: 116.25,
    lat: 36.33,
    limit: 10,
    kind: 'reading_space',
    profile: 'toddler_with_carer',
    at: '2026-12-05T20:00',
    open: true,
    age: 4,
    needs: { free: 'true' },
  })
})

test.each([
  [null, false, 'child_6_9'],
  [0, false, 'toddler_with_carer'],
  [5, false, 'toddler_with_carer'],
  [6, false, 'child_6_9'],
  [9, false, 'child_6_9'],
  [10, false, 'child_10_14'],
  [18, false, 'child_10_14'],
  [4, true, 'wheelchair'],
])('at the age of %s (on wheels: %s) the pace is that of %s', (age, wheels, id) => {
  expect(walkerFor(age, wheels, profiles)?.id).toBe(id)
})

test('a county with other profiles walks at its usual pace', () => {
  expect(walkerFor(4, true, [profile('everybody', true)])?.id).toBe('everybody')
  expect(walkerFor(4, false, [])).toBeNull()
})

test('what is kept on the device tells nothing of where somebody stood', () => {
  const site = {
    id: 7,
    properties: { id: 7, name: '县图书馆', walk_secs: 1, walk_m: 1, distance_m: 1, unguarded: 1, opening: null },
  }
  expect(plain(site as unknown as NearFeature)).toEqual({ id: 7, properties: { id: 7, name: '县图书馆' } })
})
