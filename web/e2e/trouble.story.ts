import assert from 'node:assert/strict'
import type { Stories } from './visitor'

export const stories: Stories = {
  'when the server refuses, its own words are shown with a way to try again': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    visitor.expected = /503|Failed to load/
    let broken = true
    await page.route('**/api/sites?*', (route) =>
      broken
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            json: {
              title: 'Busy',
              detail: 'Please wait',
              title_zh: '正在载入名册',
              detail_zh: '请过一分钟再试',
              status: 503,
            },
          })
        : route.continue(),
    )
    await page.goto(visitor.server)
    await visitor.says(page.locator('.toast'), /正在载入名册\s*请过一分钟再试/)
    broken = false
    await page.getByRole('button', { name: '重试' }).click()
    await visitor.says(page.locator('.list-title'), /图中 [1-9]/)
    assert.equal(await page.locator('.toast').count(), 0)
  },

  'when the server is away at the start, the page says so and starts when asked again': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone' })
    visitor.expected = /ERR_|Failed to load/
    let away = true
    await page.route('**/api/**', (route) => (away ? route.abort() : route.continue()))
    await page.goto(visitor.server)
    await visitor.says(page.locator('main'), /连不上服务器/)
    await visitor.shoot('phone-unreachable')
    away = false
    await page.getByRole('button', { name: '重试' }).click()
    await page.locator('#find-open').waitFor()
  },

  'an empty database is met with the next step, in both languages': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    await visitor.alter<object>('**/api/config', (config) => ({
      ...config,
      bounds: null,
      county: null,
      outlines: 'none',
    }))
    await page.route('**/api/areas', (route) => route.fulfill({ json: { type: 'FeatureCollection', features: [] } }))
    await visitor.open()
    await visitor.says(page.locator('.notice'), /yimi demo[\s\S]*yimi import sites FILE --crs wgs84/)
    await visitor.shoot('desktop-empty')
    await visitor.open('#lang=en')
    await page.reload()
    await visitor.says(page.locator('.notice'), /The map is still empty/)
  },

  'more sites than can be drawn are said to be more': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone' })
    await visitor.alter<{ features: object[] }>(
      '**/api/sites?*',
      ({ features }) => ({
        features: Array.from({ length: 5000 }, (_, i) => features[i % features.length]),
        next: 'more',
      }),
      (url) => url.replace('&cursor=more', ''),
    )
    await visitor.open()
    await visitor.says(page.locator('.banner'), /这里的场所太多，放大看全部/)
  },
}
