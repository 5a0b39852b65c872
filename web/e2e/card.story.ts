import assert from 'node:assert/strict'
import type { Stories } from './visitor'

type Page = {
  features: { id: number; geometry: { coordinates: [number, number] }; properties: Record<string, unknown> }[]
}

export const stories: Stories = {
  'a card tells everything in words, and its link comes back to it': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const found = await visitor.api<Page>('sites?q=县图书馆少儿阅览室&limit=1')
    const site = found.features[0]
    assert(site)
    await visitor.open(`#site=${site.id}`)
    const card = page.locator('article.card')
    await visitor.says(card.locator('.card-name'), /县图书馆少儿阅览室/)
    const text = await card.innerText()
    assert.match(text, /示范点 · \d{4}年\d+月\d+日认定/)
    assert.match(text, /(周[一二三四五六日]|每天)[\s\S]*\d\d:\d\d–\d\d:\d\d/)
    assert.match(text, /所在场所\s+图书馆/)
    assert.match(text, /36\.\d{5}, 116\.\d{5} \(WGS-84\)/)
    assert.match(text, /示例数据，非真实登记/)
    assert.match(text, /更新\s+\d{4}年/)
    assert.match((await card.locator('a.button[href^="tel:"]').getAttribute('href')) ?? '', /^tel:[\d+]+$/)
    await card.getByRole('button', { name: '分享' }).click()
    await page.locator('#share-copy').click()
    const copied = await visitor.until(
      () => page.evaluate(() => navigator.clipboard.readText()),
      (text) => text.includes('/s/'),
      'the link is copied',
    )
    assert(copied.endsWith(`/s/${site.id}`), copied)
    await page.keyboard.press('Escape')
    await visitor.shoot('desktop-card')
  },

  'pressing a symbol on the map opens its card, and the list marks it on the map': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const site = (await visitor.api<Page>('sites?q=大桥镇图书分馆&limit=1')).features[0]
    assert(site)
    const [lon, lat] = site.geometry.coordinates
    await visitor.open(`#z=18&lat=${lat}&lon=${lon}`)
    const map = await page.locator('#map').boundingBox()
    assert(map)
    await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2)
    await visitor.addressHas(new RegExp(`site=${site.id}`))
    await visitor.says(page.locator('.card-name'), /大桥镇图书分馆/)
    await page.mouse.click(map.x + 60, map.y + map.height - 200)
    await visitor.until(
      () => page.locator('.card-name').count(),
      (n) => n === 0,
      'empty ground puts the card away',
    )
    await page.locator(`.row[data-site="${site.id}"]`).click()
    await visitor.says(page.locator('.card-name'), /大桥镇图书分馆/)
  },

  'a site without hours says so, and an unknown one gives the way back': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const all = await visitor.api<Page>('sites?kind=reading_space&limit=200')
    const silent = all.features.find((feature) => !feature.properties.opening_hours)
    assert(silent, 'the demonstration has a reading space without hours')
    await visitor.open(`#site=${silent.id}`)
    await visitor.says(page.locator('article.card'), /开放时间未登记/)
    visitor.expected = /404/
    await page.goto('about:blank')
    await visitor.open('#site=999999999')
    await visitor.says(page.locator('.notice'), /找不到这处场所/)
    await page.getByRole('button', { name: '返回' }).click()
    await visitor.says(page.locator('.list-title'), /图中/)
  },

  'places that no zoom can part are listed to choose from': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone' })
    const shared: [number, number] = [116.3, 36.4]
    await visitor.alter<Page>(
      '**/api/sites?*',
      (json) => {
        for (const feature of json.features.slice(0, 3)) feature.geometry.coordinates = [...shared]
        return json
      },
      (url) => url.replace(/bbox=[^&]*&/, ''),
    )
    await visitor.open(`#z=18&lat=${shared[1]}&lon=${shared[0]}`)
    await page.touchscreen.tap(195, 422)
    await visitor.says(page.locator('.list-title'), /这里有 3 处/)
    await visitor.addressHas(/spot=\d+,\d+,\d+/)
    assert.equal(await page.locator('.row[data-site]').count(), 3)
    await page.locator('.row[data-site]').first().click()
    await page.locator('.card-name').waitFor()
    await page.getByRole('button', { name: '返回' }).click()
    await visitor.says(page.locator('.list-title'), /这里有 3 处/)
  },
}
