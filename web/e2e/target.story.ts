import assert from 'node:assert/strict'
import type { Stories } from './visitor'

export const stories: Stories = {
  'the target of ten reading spaces stands at seven, and a press shows exactly these': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    await page.getByRole('button', { name: '目标' }).click()
    const target = page.locator('[data-target="demonstration-reading-spaces"]')
    const text = await visitor.says(target, /7 \/ 10\s*· 还差 3/)
    assert.match(text, /已逾期/)
    assert.match(text, /期限 2025年12月31日/)
    assert.match(text, /到期时 \d\s*个 · 现在 7\s*个/)
    assert.match(text, /期限前未达标/)
    const rows = await target.locator('.by tr').allInnerTexts()
    assert.equal(rows.length, 5, 'every setting has a row, with nothing in it too')
    const sum = rows.reduce((total, row) => total + Number(row.match(/\d+/)?.[0]), 0)
    assert.equal(sum, 7)
    await target.getByRole('button', { name: '在地图上看这 7 处' }).click()
    await visitor.says(page.locator('.banner'), /只看计入目标的 7 处/)
    await visitor.addressHas(/target=demonstration-reading-spaces/)
    await visitor.shoot('desktop-target')
    await page.getByRole('button', { name: '场所', exact: true }).click()
    await visitor.says(page.locator('.list-title'), /计入目标的 7 处/)
    const { targets } = await visitor.api<{ targets: { id: string; sites: number[] }[] }>('targets')
    const counted = targets.find(({ id }) => id === 'demonstration-reading-spaces')?.sites ?? []
    const listed = await page
      .locator('.row[data-site]')
      .evaluateAll((all) => all.map((row) => Number((row as HTMLElement).dataset.site)))
    assert.deepEqual(
      listed.sort((a, b) => a - b),
      [...counted].sort((a, b) => a - b),
    )
    await page.getByRole('button', { name: '显示全部' }).click()
    await visitor.until(
      () => page.locator('.banner').count(),
      (n) => n === 0,
      'the banner goes',
    )
  },

  'a share is told with the numbers behind it': async (visitor) => {
    const page = await visitor.open('#panel=targets', { size: 'phone' })
    const { targets } = await visitor.api<{ targets: { id: string; measure: string; counted: number; of: number }[] }>(
      'targets',
    )
    const share = targets.find(({ measure }) => measure === 'share')
    assert(share)
    await visitor.says(
      page.locator(`[data-target="${share.id}"]`),
      new RegExp(`${share.of} 处中有 ${share.counted} 处`),
    )
    await visitor.shoot('phone-targets')
  },
}
