// Links that open the same destination in another map, in that vendor's own datum. The start is left to that map: it asks
// the device itself, and we need not tell it where somebody stands.

import { type LonLat, wgs84ToBd09, wgs84ToGcj02 } from './datum'

export type Vendor = 'amap' | 'baidu' | 'tencent' | 'phone'
export const vendors: readonly Vendor[] = ['amap', 'baidu', 'tencent', 'phone']

export function vendorLink(vendor: Vendor, to: LonLat, name: string): string {
  const label = encodeURIComponent(name.replaceAll(/[,|:&()]/g, ' ').trim())
  const gcj = six(wgs84ToGcj02(to))
  switch (vendor) {
    case 'amap':
      return `https://uri.amap.com/navigation?to=${gcj.lon},${gcj.lat},${label}&mode=walk&coordinate=gaode&callnative=1&src=yimi`
    case 'tencent':
      return `https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=${label}&tocoord=${gcj.lat},${gcj.lon}&referer=yimi`
    case 'baidu': {
      const { lon, lat } = six(wgs84ToBd09(to))
      return `https://api.map.baidu.com/marker?location=${lat},${lon}&title=${label}&content=${label}&output=html&coord_type=bd09ll&src=yimi`
    }
    case 'phone': {
      const { lon, lat } = six(to)
      return `geo:${lat},${lon}?q=${lat},${lon}(${label})`
    }
  }
}

/** A tenth of a metre. */
function six([lon, lat]: LonLat): { lon: string; lat: string } {
  return { lon: lon.toFixed(6), lat: lat.toFixed(6) }
}
