import assert from 'node:assert/strict'
import type { Stories } from './visitor'

const wanted = '县图书馆少儿阅览室'

export const stories: Stories = {
  'characters from the middle, full pinyin and initials all find the county library': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const field = page.locator('#search')
    for (const [query, marked] of [
      ['图书馆少', '图书馆少'],
      ['xiantushuguan', '县图书馆'],
      ['xtsgsey', '县图书馆少儿阅'],
    ] as const) {
      await field.fill(query)
      const hit = page.locator('.option').filter({ hasText: wanted }).first()
      const mark = async (): Promise<string> => ((await hit.count()) > 0 ? hit.locator('mark').innerText() : '')
      await visitor.until(mark, (text) => text === marked, `${query} marks ${marked}`)
      await visitor.shoot(`search-${query.length}`)
    }
  },

  'the arrows choose, Enter opens, Escape closes': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const field = page.locator('#search')
    await field.fill('图书')
    await page.locator('.option').first().waitFor()
    assert.equal(await field.getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('Escape')
    assert.equal(await field.getAttribute('aria-expanded'), 'false')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const active = await field.getAttribute('aria-activedescendant')
    const name = await page.locator(`#${active} .row-name`).innerText()
    await page.keyboard.press('Enter')
    await visitor.says(page.locator('.card-name'), new RegExp(name.replace(/[()]/g, '\\$&')))
    await visitor.addressHas(/site=\d+/)
  },

  'a search looks through everything, whatever kinds are chosen, and says why when there is nothing': async (
    visitor,
  ) => {
    const page = await visitor.open('#kinds=hospital', { size: 'desktop' })
    await page.locator('#search').fill('县图书馆')
    await page.locator('.option').filter({ hasText: wanted }).waitFor()
    await page.locator('#search').fill('绝无此处')
    await visitor.says(page.locator('.popup .notice'), /没有找到“绝无此处”[\s\S]*首字母/)
    await page.locator('#search').fill('母婴室')
    await visitor.says(page.locator('.popup .notice'), /“母婴室”不是名称[\s\S]*筛选/)
  },

  'kinds and places are found with the sites, and each does what one would think': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const field = page.locator('#search')
    await field.fill('幼儿园')
    const kind = page.locator('.option').filter({ hasText: '一类场所' }).first()
    await kind.click()
    await visitor.addressHas(/kinds=kindergarten/)
    await field.fill('铜城街道')
    await page.locator('.option').filter({ hasText: '地名' }).first().click()
    await visitor.says(page.locator('.from-name'), /从铜城街道出发/)
    await page.locator('.near-row').first().waitFor()
    assert.equal(await field.inputValue(), '')
    await visitor.shoot('search-place')
  },
}
