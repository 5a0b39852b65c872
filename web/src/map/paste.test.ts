import { expect, test } from 'vitest'
import { wgs84ToBd09, wgs84ToGcj02 } from './datum'
import { type Datum, readPasted, toWgs84 } from './paste'

test.each<[string, Datum | null]>([
  ['116.243234,36.335913', null],
  ['36.335913, 116.243234', null],
  ['36.335913 116.243234', null],
  ['经度：116.243234 纬度：36.335913', null],
  ['lat=36.335913;lng=116.243234', null],
  ['高德 116.243234,36.335913', 'gcj02'],
  ['https://uri.amap.com/marker?position=116.243234,36.335913&name=%E5%9B%BE%E4%B9%A6%E9%A6%86', 'gcj02'],
  ['https://www.amap.com/?p=B0FFG,36.335913,116.243234,name,address', 'gcj02'],
  ['https://ditu.amap.com/regeo?lng=116.243234&lat=36.335913', 'gcj02'],
  ['https://apis.map.qq.com/uri/v1/marker?marker=coord:36.335913,116.243234;title:a', 'gcj02'],
  ['http://api.map.baidu.com/marker?location=36.335913,116.243234&title=a&output=html', 'bd09'],
  ['http://api.map.baidu.com/marker?location=36.335913,116.243234&coord_type=gcj02', 'gcj02'],
  ['百度坐标：116.243234，36.335913', 'bd09'],
  ['geo:36.335913,116.243234?z=17', 'wgs84'],
  ['GPS 36.335913 116.243234', 'wgs84'],
  ['36°20′09.2868″N 116°14′35.6424″E', 'wgs84'],
  [`N36°20.15478' E116°14.59404'`, 'wgs84'],
  ['北纬36度20分9.2868秒，东经116度14分35.6424秒', 'wgs84'],
])('%s is read', (text, datum) => {
  const found = readPasted(text)
  expect(found?.lon).toBeCloseTo(116.243234, 6)
  expect(found?.lat).toBeCloseTo(36.335913, 6)
  expect(found?.datum).toBe(datum)
})

test.each([
  '',
  '东阿县图书馆',
  '36.33',
  '1.23456 2.34567 3.45678',
  'https://example.org/',
  '999.1234,999.1234',
  '36,116',
])('no position is made up from “%s”', (text) => {
  expect(readPasted(text)).toBeNull()
})

test('a pasted position of another datum lands where it is on the ground', () => {
  const seat = [116.243234, 36.335913] as const
  for (const [datum, shift] of [
    ['gcj02', wgs84ToGcj02],
    ['bd09', wgs84ToBd09],
  ] as const) {
    const [lon, lat] = shift(seat)
    const back = toWgs84({ lon, lat }, datum)
    expect(back[0]).toBeCloseTo(seat[0], 8)
    expect(back[1]).toBeCloseTo(seat[1], 8)
  }
  expect(toWgs84({ lon: seat[0], lat: seat[1] }, 'wgs84')).toEqual(seat)
})
