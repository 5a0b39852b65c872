import { expect, test } from 'vitest'
import { isFavourite, type Place, readFavourites, toggleFavourite } from './favourites'

const books: Place = {
  id: 7,
  kind: 'reading_space',
  name: { zh: '县图书馆' },
  area: null,
  lon: 116.25,
  lat: 36.33,
  demonstration: true,
}

function shelf(
  text: string | null = null,
  full = false,
): { text: string | null } & Pick<Storage, 'getItem' | 'setItem'> {
  const made = {
    text,
    getItem: () => made.text,
    setItem: (_: string, value: string) => {
      if (full) throw new Error('no room')
      made.text = value
    },
  }
  return made
}

test('what is kept is there again, the latest first, and goes when it is pressed again', () => {
  const device = shelf()
  expect(toggleFavourite(device, books)).toBe(true)
  expect(toggleFavourite(device, { ...books, id: 8 })).toBe(true)
  expect(readFavourites(device).map(({ id }) => id)).toEqual([8, 7])
  expect(toggleFavourite(device, books)).toBe(false)
  expect(isFavourite(device, 7)).toBe(false)
  expect(isFavourite(device, 8)).toBe(true)
})

test('a device that keeps nothing, is full or was tampered with does no harm', () => {
  expect(toggleFavourite(null, books)).toBe(false)
  expect(toggleFavourite(shelf(null, true), books)).toBe(false)
  expect(readFavourites(shelf('{]'))).toEqual([])
  expect(readFavourites(shelf('[1, null, {"id": "x"}]'))).toEqual([])
})
