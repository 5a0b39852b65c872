import { expect, test } from 'vitest'
import { type LonLat, wgs84ToBd09, wgs84ToGcj02 } from './datum'
import { vendorLink, vendors } from './vendors'

// WGS-84 → GCJ-02 → BD-09, as published with the well-known converters.
const fuzhou: LonLat = [119.3, 26.08]

test('the published reference values come out', () => {
  const [gx, gy] = wgs84ToGcj02(fuzhou)
  expect(gx).toBeCloseTo(119.30480580363201, 11)
  expect(gy).toBeCloseTo(26.076899832617137, 11)
  const [bx, by] = wgs84ToBd09(fuzhou)
  expect(bx).toBeCloseTo(119.31130306614071, 11)
  expect(by).toBeCloseTo(26.08299997311272, 11)
})

test('each map is told the destination in its own datum and order', () => {
  const link = (vendor: (typeof vendors)[number]): string => decodeURIComponent(vendorLink(vendor, fuzhou, '县图书馆'))
  expect(link('amap')).toContain('to=119.304806,26.076900,县图书馆&mode=walk&coordinate=gaode')
  expect(link('tencent')).toContain('to=县图书馆&tocoord=26.076900,119.304806')
  expect(link('baidu')).toContain('location=26.083000,119.311303&title=县图书馆')
  expect(link('baidu')).toContain('coord_type=bd09ll')
  expect(link('phone')).toBe('geo:26.080000,119.300000?q=26.080000,119.300000(县图书馆)')
})

test('a name cannot add to a link, and no start is in it', () => {
  for (const vendor of vendors) {
    const link = vendorLink(vendor, fuzhou, 'a&from=1,2|b"<i>(x)')
    expect(link).not.toMatch(/&from=|[<>"]/)
    expect(link).not.toMatch(/origin|sname|slat/)
  }
})
