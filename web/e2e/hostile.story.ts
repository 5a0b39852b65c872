import assert from 'node:assert/strict'
import type { Stories } from './visitor'

const bad = `<img src=x onerror="window.hacked=1"><b>粗</b> &amp; "引号" javascript:alert(1) ${'很长的名字'.repeat(8)}`

export const stories: Stories = {
  'names that look like markup are shown as the text that they are, everywhere': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    const spoil = (value: unknown, key = ''): unknown => {
      if (Array.isArray(value)) return value.map((item) => spoil(item))
      if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, name)]))
      }
      return typeof value === 'string' && /^(name|name_en|unit|address|zh|en|phone|opening_hours|source)$/.test(key)
        ? bad
        : value
    }
    await visitor.alter<unknown>('**/api/**', (json) => spoil(json))
    await visitor.open('#legend=1')
    await visitor.says(page.locator('.row-name').first(), /<img src=x/)
    await page.locator('#search').fill('图书')
    await visitor.says(page.locator('.option').first(), /<b>粗<\/b>/)
    // the first is a kind of place
    await page
      .locator('.option', { has: page.locator('.row-mark, mark') })
      .first()
      .click()
    await visitor.says(page.locator('.card-name'), /<img src=x/)
    await visitor.shoot('desktop-hostile')
    for (const tab of ['towns', 'targets']) {
      await visitor.open(`#panel=${tab}`)
      await visitor.says(page.locator('.panel-body'), /<img src=x/)
    }
    assert.equal(await page.locator('#app img, #app b').count(), 0)
    assert.equal(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked), undefined)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    assert.equal(wide, false, 'a long name does not push the page apart')
  },
}
