import { afterEach, expect, test } from 'vitest'
import { en as adminEn } from './admin/en'
import { zh as adminZh } from './admin/zh'
import { en as coverageEn } from './coverage/en'
import { zh as coverageZh } from './coverage/zh'
import { day } from './dates'
import { distance, exactLength } from './distances'
import { en } from './en'
import { en as findEn } from './find/en'
import { zh as findZh } from './find/zh'
import { en as formEn } from './form/en'
import { zh as formZh } from './form/zh'
import { en as hoursEn } from './hours/en'
import { zh as hoursZh } from './hours/zh'
import { nameOf, setLanguage } from './language'
import { count, percent } from './numbers'
import { en as planEn } from './plan/en'
import { zh as planZh } from './plan/zh'
import { en as registerEn } from './register/en'
import { zh as registerZh } from './register/zh'
import { en as reportEn } from './report/en'
import { zh as reportZh } from './report/zh'
import { en as reviewEn } from './review/en'
import { zh as reviewZh } from './review/zh'
import { en as scenariosEn } from './scenarios/en'
import { zh as scenariosZh } from './scenarios/zh'
import { en as sheetsEn } from './sheets/en'
import { zh as sheetsZh } from './sheets/zh'
import { en as sitingEn } from './siting/en'
import { zh as sitingZh } from './siting/zh'
import { zh } from './zh'

afterEach(() => setLanguage('zh'))

/** Every path to a phrase with what sort of thing is there: "card.call string". */
function shape(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'object' && value !== null) return shape(value, here)
    return [typeof value === 'function' ? `${here} function ${value.length}` : `${here} ${typeof value}`]
  })
}

test('both languages have the same phrases with the same gaps to fill', () => {
  expect(shape(en).sort()).toEqual(shape(zh).sort())
  expect(shape(coverageEn).sort()).toEqual(shape(coverageZh).sort())
  expect(shape(planEn).sort()).toEqual(shape(planZh).sort())
  expect(shape(sitingEn).sort()).toEqual(shape(sitingZh).sort())
  expect(shape(registerEn).sort()).toEqual(shape(registerZh).sort())
  expect(shape(formEn).sort()).toEqual(shape(formZh).sort())
  expect(shape(findEn).sort()).toEqual(shape(findZh).sort())
  expect(shape(hoursEn).sort()).toEqual(shape(hoursZh).sort())
  expect(shape(reviewEn).sort()).toEqual(shape(reviewZh).sort())
  expect(shape(reportEn).sort()).toEqual(shape(reportZh).sort())
  expect(shape(adminEn).sort()).toEqual(shape(adminZh).sort())
  expect(shape(sheetsEn).sort()).toEqual(shape(sheetsZh).sort())
  expect(shape(scenariosEn).sort()).toEqual(shape(scenariosZh).sort())
})

test('no phrase is empty, except the reason "name" that needs no words', () => {
  const empty = (words: object, path = ''): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'object' ? empty(value, `${path}.${key}`) : value === '' ? [`${path}.${key}`] : [],
    )
  expect(empty(zh)).toEqual(['.search.by.name'])
  expect(empty(en)).toEqual(['.search.by.name'])
  expect(
    [
      sitingZh,
      sitingEn,
      scenariosZh,
      scenariosEn,
      registerZh,
      registerEn,
      formZh,
      formEn,
      findZh,
      findEn,
      reviewZh,
      reviewEn,
      reportZh,
      reportEn,
    ].flatMap((words) => empty(words)),
  ).toEqual([])
})

test('dates are written as people write them', () => {
  expect(day('2025-12-31')).toBe('2025年12月31日')
  expect(day('2026-01-02T10:00:00+08:00')).toBe('2026年1月2日')
  setLanguage('en')
  expect(day('2025-12-31')).toBe('31 December 2025')
  expect(day('some day')).toBe('some day')
  expect(day('2025-13-01')).toBe('2025-13-01')
})

test('distances are rounded for people', () => {
  expect(distance(3)).toBe('10\u2009米')
  expect(distance(416)).toBe('420\u2009米')
  expect(distance(994)).toBe('990\u2009米')
  expect(distance(995)).toBe('1.0\u2009公里')
  expect(distance(1249)).toBe('1.2\u2009公里')
  expect(distance(9949)).toBe('9.9\u2009公里')
  expect(distance(9951)).toBe('10\u2009公里')
  setLanguage('en')
  expect(distance(1_234_000)).toBe('1,234\u2009km')
  expect(exactLength(500)).toBe('500\u2009m')
  expect(exactLength(2000)).toBe('2\u2009km')
})

test('numbers are grouped, and a share is 100% only when it is', () => {
  expect(count(20000)).toBe('20,000')
  expect(count(0)).toBe('0')
  expect(percent(0.9967)).toBe('99%')
  expect(percent(1)).toBe('100%')
  expect(percent(2 / 3)).toBe('67%')
})

test('a name without English falls back to Chinese, and no name at all says so', () => {
  setLanguage('en')
  expect(nameOf({ zh: '东阿县', en: "Dong'e County" })).toBe("Dong'e County")
  expect(nameOf({ zh: '东阿县', en: null })).toBe('东阿县')
  expect(nameOf({ zh: '' })).toBe('(no name)')
})
