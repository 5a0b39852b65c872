import { expect, test } from 'vitest'
import { County } from '../api/county'
import type { Place } from '../api/places'
import type { AreaFeature, Config, Kinds } from '../api/types'
import { searchKept } from './search_offline'

const kinds = {
  attributes: [],
  kinds: [
    { id: 'reading_space', name: { zh: '阅读空间', en: 'Reading space' }, visibility: 'public', count: 2 },
    { id: 'school', name: { zh: '学校', en: 'School' }, visibility: 'public', count: 1 },
  ],
} as unknown as Kinds
const areas = [
  { properties: { id: '1', name: { zh: '刘集镇', en: 'Liuji Town' }, counts: {} } },
] as unknown as AreaFeature[]
const county = new County({} as Config, kinds, areas)

const place = (id: number, kind: string, zh: string, en: string, area: string | null = null): Place => ({
  id,
  kind,
  name: { zh, en },
  area,
  lon: 116,
  lat: 36,
  demonstration: false,
})
const places = [
  place(1, 'reading_space', '县图书馆少儿阅览室', 'County Library'),
  place(2, 'reading_space', '图书馆', 'Library'),
  place(3, 'school', '中心小学', 'Central School', '1'),
]
const found = (text: string): unknown[] =>
  searchKept(places, county, text).map((hit) => (hit.type === 'site' ? hit.id : hit.type === 'kind' ? hit.kind : null))

test('with no signal names, kinds and towns are searched as they are typed, short names first', () => {
  expect(found('书馆')).toEqual([2, 1])
  expect(found('LIBRARY')).toEqual([2, 1])
  expect(found('刘集 小学')).toEqual([3])
  expect(found('学校')).toEqual(['school', 3])
  expect(found('liuji school')).toEqual([3])
  for (const nothing of ['', '  ', 'tsg', '<b>', '不存在']) expect(found(nothing)).toEqual([])
})

test('what was typed is marked in the name', () => {
  const [first] = searchKept(places, county, '书馆')
  expect(first?.type === 'site' && first.marks).toEqual([[1, 3]])
})
