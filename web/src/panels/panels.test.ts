import { afterEach, expect, test } from 'vitest'
import type { Attribute, Target } from '../api/types'
import { setLanguage } from '../text/language'
import { ageBand, daysInWords, factsOf, inWords } from './facts'
import { measuredText, missing, thenAndNow } from './figure'

afterEach(() => setLanguage('zh'))

const attribute = (id: string, type: Attribute['type'], choices?: Attribute['choices']): Attribute => ({
  id,
  name: { zh: `${id}名`, en: id },
  type,
  choices: choices ?? null,
})
const setting = attribute('setting', 'choice', [{ id: 'library', name: { zh: '图书馆', en: 'Library' } }])

test('values are told in words', () => {
  expect(inWords(setting, 'library')).toBe('图书馆')
  expect(inWords(setting, 'moon')).toBe('moon')
  expect(inWords(attribute('shade', 'bool'), false)).toBe('否')
  expect(inWords(attribute('since', 'date'), '2024-06-01')).toBe('2024年6月1日')
  expect(inWords(attribute('capacity', 'integer'), 1200)).toBe('1,200')
  expect(inWords(attribute('capacity', 'integer'), 0)).toBe('0')
  expect(inWords(attribute('unit', 'text'), '')).toBeNull()
  expect(inWords(attribute('unit', 'text'), undefined)).toBeNull()
})

test('facts keep the order of the catalogue and leave out what has its own place', () => {
  const site = {
    id: 1,
    kind: 'k',
    name: 'n',
    unit: '县妇联',
    setting: 'library',
    opening_hours: '24/7',
    age_min: 3,
    age_max: 6,
  }
  const facts = factsOf(site, [
    attribute('unit', 'text'),
    attribute('opening_hours', 'hours'),
    attribute('age_min', 'integer'),
    setting,
  ])
  expect(facts.map((fact) => [fact.id, fact.value])).toEqual([
    ['age', '3–6\u2009岁'],
    ['unit', '县妇联'],
    ['setting', '图书馆'],
  ])
})

test('an age band may be open on either side', () => {
  const site = { id: 1, kind: 'k', name: 'n' }
  expect(ageBand({ ...site, age_min: 0 })).toBe('0\u2009岁以上')
  expect(ageBand({ ...site, age_max: 6 })).toBe('6\u2009岁以下')
  expect(ageBand(site)).toBeNull()
})

test('runs of days become a range, others a list', () => {
  expect(daysInWords([0, 1, 2, 3, 4])).toBe('周一至周五')
  expect(daysInWords([5, 6])).toBe('周六、周日')
  expect(daysInWords([0, 2, 4])).toBe('周一、周三、周五')
  expect(daysInWords([0, 1, 2, 3, 4, 5, 6])).toBe('每天')
  setLanguage('en')
  expect(daysInWords([1, 2, 3])).toBe('Tuesday to Thursday')
})

const target: Target = {
  id: 't',
  name: { zh: '示范阅读空间', en: 'Demonstration reading spaces' },
  text: { zh: '阅读', en: 'Reading' },
  measure: 'count',
  kind: 'reading_space',
  measured: 7,
  threshold: 10,
  deadline: '2025-12-31',
  state: 'late',
  met_by_deadline: false,
  measured_by_deadline: 6,
  counted: 7,
  of: null,
  unit: '妇儿工委',
  source: { zh: 's', en: 's' },
  by: null,
  at_least: false,
  sites: [],
}

test('a count says what is missing, and then and now apart', () => {
  expect(missing(target)).toBe(3)
  expect(missing({ ...target, counted: 12, measured: 12 })).toBe(0)
  expect(thenAndNow(target)).toBe('到期时 6\u2009个 · 现在 7\u2009个')
  expect(measuredText({ ...target, at_least: true })).toBe('≥\u20097')
  expect(thenAndNow({ ...target, measured_by_deadline: null })).toBe('现在 7\u2009个')
})

test('a share counts the places that must still change', () => {
  const share: Target = {
    ...target,
    measure: 'share',
    measured: 5 / 7,
    threshold: 0.9,
    counted: 5,
    of: 7,
    measured_by_deadline: null,
  }
  expect(missing(share)).toBe(2)
  expect(measuredText(share)).toBe('71%')
  expect(missing({ ...share, threshold: 0.6, of: 10, counted: 6 })).toBe(0)
  expect(missing({ ...share, of: 0, counted: 0 })).toBe(0)
})
