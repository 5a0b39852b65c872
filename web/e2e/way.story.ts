import assert from 'node:assert/strict'
import type { Stories } from './visitor'

const here = { longitude: 116.2486, latitude: 36.3362 }
type Sites = { features: { id: number; geometry: { coordinates: [number, number] } }[] }

export const stories: Stories = {
  'the way is told step by step, there and back, and opens in other maps in their own datum': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone', position: here })
    await visitor.open()
    const site = (await visitor.api<Sites>('sites?q=县图书馆少儿阅览室&limit=1')).features[0]
    assert(site)
    await visitor.open(`#way=${site.id}`)
    await page.locator('#way-locate').tap()
    await page.locator('.steps-list li').first().waitFor()
    await visitor.says(page.locator('.way-title'), /去县图书馆少儿阅览室/)
    await visitor.says(page.locator('.way'), /\d+\s?分钟/)
    assert.equal(await page.locator('ol.steps-list').count(), 1, 'a list that a screen reader counts')
    await visitor.addressHas(/#way=\d+$/)
    await visitor.settled()
    await visitor.shoot('phone-way')
    const [lon, lat] = site.geometry.coordinates
    const links = await page
      .locator('[data-app]')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('data-app'), one.getAttribute('href')] as const))
    const link = new Map(links)
    assert.match(link.get('phone') ?? '', new RegExp(`^geo:${lat.toFixed(3)}`))
    const amap = /to=([\d.]+),([\d.]+)/.exec(link.get('amap') ?? '') ?? []
    const baidu = /location=([\d.]+),([\d.]+)/.exec(link.get('baidu') ?? '') ?? []
    // In Dong'e GCJ-02 lies 5.5 to 6 thousandths of a degree east, and BD-09 another 6.
    assert(Math.abs(Number(amap[1]) - lon - 0.0057) < 0.0006, 'Amap has GCJ-02')
    assert(Math.abs(Number(baidu[2]) - lon - 0.0121) < 0.0012, 'Baidu has BD-09')
    assert.match(link.get('tencent') ?? '', /tocoord=36\.\d+,116\.\d+/)
    await page.locator('[data-way="home"]').tap()
    await visitor.says(page.locator('.way-title'), /从县图书馆少儿阅览室.*回来/)
  },

  'where the safest is not the shortest both are offered, and the map follows': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone', position: here })
    type Way = { geometry: object; properties: Record<string, unknown> }
    await visitor.alter<Way>('**/api/route', (way) => {
      const { safest: _, ...plain } = way.properties
      const bare = [{ lon: 116.25, lat: 36.331, protection: 'none', on_duty: false, delay_secs: 90 }]
      const safe = [{ lon: 116.25, lat: 36.331, protection: 'signals', on_duty: false, delay_secs: 25 }]
      const other = { ...plain, geometry: way.geometry, crossings: safe, walk_secs: 900, extra_secs: 180 }
      return { ...way, properties: { ...plain, crossings: bare, walk_secs: 720, safest: other } }
    })
    await visitor.open()
    await page.locator('#find-open').tap()
    await page.locator('.near-row').first().tap()
    await page.locator('#way').tap()
    await visitor.says(page.locator('[data-way="quickest"]'), /最快[\s\S]*12\s?分钟[\s\S]*1 处无人看护/)
    await visitor.says(page.locator('[data-way="safest"]'), /最稳妥[\s\S]*15\s?分钟[\s\S]*多走 3\s?分钟/)
    await page.locator('[data-way="safest"]').tap()
    assert.equal(await page.locator('[data-way="safest"]').getAttribute('aria-pressed'), 'true')
    await visitor.says(page.locator('.way-crossings'), /有红绿灯或护学岗：1 处/)
    await visitor.settled()
    await visitor.shoot('phone-way-safest')
  },

  'at half past seven somebody is on duty at the crossing before school, at ten nobody is': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone', position: { longitude: 116.2061, latitude: 36.2205 } })
    await visitor.open()
    const school = (await visitor.api<Sites>('sites?q=鱼山镇中心小学&kind=school&limit=1')).features[0]
    assert(school)
    const told = async (when: string, crossing: RegExp): Promise<number> => {
      await visitor.open(`#way=${school.id}&when=${when}`)
      await page.reload()
      await page.locator('#way-locate').tap()
      await page.locator('.steps-list li').first().waitFor()
      await visitor.says(page.locator('.steps-list'), crossing)
      await visitor.settled()
      await visitor.shoot(`phone-way-${when.replace(':', '')}`)
      const text = await page.locator('.way').innerText()
      return Number(/(\d+)\s?分钟/.exec(text)?.[1])
    }
    const guarded = await told('Mo-07:30', /护学岗.*值勤|有护学岗/)
    const bare = await told('Mo-10:00', /注意来车/)
    assert(guarded < bare, `${guarded} min with somebody on duty, ${bare} without`)
  },

  'no way says so in the words of the server, and other maps are still a press away': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone', position: here })
    visitor.expected = /404|Failed to load/
    await page.route('**/api/route', (route) =>
      route.fulfill({
        status: 404,
        contentType: 'application/problem+json',
        json: { status: 404, title: 'No way', detail: 'far', title_zh: '没有步行道路', detail_zh: '离路 400 米' },
      }),
    )
    await visitor.open()
    await page.locator('#find-open').tap()
    await page.locator('.near-row').first().tap()
    await page.locator('#way').tap()
    await visitor.says(page.locator('.way'), /没有步行道路/)
    assert.equal(await page.locator('[data-app]').count(), 4)
  },
}
