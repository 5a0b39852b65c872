import assert from 'node:assert/strict'
import type { Stories } from './visitor'

export const stories: Stories = {
  'several kinds can be chosen, list and count follow, and one press brings all back': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const title = page.locator('.list-title')
    const all = await title.innerText()
    const chip = (kind: string) => page.locator(`.chip[data-kind="${kind}"]`)
    const number = async (kind: string): Promise<number> =>
      Number.parseInt(await chip(kind).locator('.chip-count').innerText(), 10)
    await chip('rehabilitation').click()
    assert.equal(await chip('rehabilitation').getAttribute('aria-pressed'), 'true')
    const first = await number('rehabilitation')
    await visitor.says(title, new RegExp(`^图中 ${first} 处$`))
    assert.equal(await page.locator('.rows .row').count(), first)
    for (const about of await page.locator('.row-about').allInnerTexts()) assert.match(about, /^儿童康复机构/)
    await chip('childcare').click()
    await visitor.says(title, new RegExp(`^图中 ${first + (await number('childcare'))} 处$`))
    await visitor.addressHas(/kinds=rehabilitation,childcare/)
    await page.getByRole('button', { name: '全部类型' }).click()
    assert.equal(await title.innerText(), all)
    assert.equal(await page.locator('.chip[aria-pressed="true"]').count(), 0)
  },

  'where the chosen kinds have nothing, the list says so and offers the way out': async (visitor) => {
    const page = await visitor.open('#z=17&lat=36.50&lon=116.20&kinds=rehabilitation', { size: 'desktop' })
    await visitor.says(page.locator('.notice'), /没有选中类型的场所/)
    await page.locator('.notice button').click()
    await visitor.says(page.locator('.notice'), /这一片没有场所/)
    await page.locator('.notice button').click()
    await visitor.says(page.locator('.list-title'), /^图中 [1-9]\d\d 处$/)
  },

  'the list follows the map and sorts by distance or by name': async (visitor) => {
    const page = await visitor.open('#z=14&lat=36.33&lon=116.2653', { size: 'desktop' })
    const title = page.locator('.list-title')
    const before = Number((await title.innerText()).replace(/\D/g, ''))
    await page.getByRole('button', { name: '放大' }).click()
    await visitor.until(
      async () => Number((await title.innerText()).replace(/\D/g, '')),
      (after) => after > 0 && after < before,
      `fewer than ${before} in the smaller view`,
    )
    const metres = (await page.locator('.row-aside').allInnerTexts()).map((text) => {
      const value = Number.parseFloat(text)
      return text.includes('公里') ? value * 1000 : value
    })
    assert.deepEqual(
      metres,
      [...metres].sort((a, b) => a - b),
    )
    await page.locator('.sort').selectOption('name')
    const names = await page.locator('.row-name').allInnerTexts()
    assert.deepEqual(
      names,
      [...names].sort((a, b) => a.localeCompare(b, 'zh-CN')),
    )
  },
}
