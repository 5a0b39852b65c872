import assert from 'node:assert/strict'
import type { Stories } from './visitor'

type Areas = {
  features: {
    id: string
    properties: { kind: string; name: { zh: string }; counts: Record<string, number | string> }
  }[]
}

export const stories: Stories = {
  'towns show the number of hope cabins and why there is no point': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    await page.getByRole('button', { name: '乡镇' }).click()
    const areas = (await visitor.api<Areas>('areas')).features.filter((area) => area.properties.kind !== 'county')
    assert.equal(await page.locator('.row[data-town]').count(), areas.length)
    const few = areas.find((area) => area.properties.counts.hope_cabin === '<5')
    assert(few, 'some town has fewer than five hope cabins')
    await visitor.says(page.locator(`.row[data-town="${few.id}"]`), /希望小屋 <5/)
    await visitor.says(page.locator('.panel-body'), /困境儿童家中/)
    await page.locator(`.row[data-town="${few.id}"]`).click()
    await visitor.says(page.locator('.card-name'), new RegExp(few.properties.name.zh))
    await visitor.says(page.locator('.tallies'), /希望小屋\s*<5/)
    await visitor.says(page.locator('.card'), /不显示位置/)
    await visitor.addressHas(new RegExp(`town=${few.id}`))
    assert.equal(await page.locator('path.area-selected').count(), 1)
    await visitor.shoot('desktop-town')
    await page.getByRole('button', { name: '返回' }).click()
    assert.equal(await page.locator('.row[data-town]').count(), areas.length)
  },
}
