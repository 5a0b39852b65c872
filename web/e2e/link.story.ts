import assert from 'node:assert/strict'
import type { Stories } from './visitor'

export const stories: Stories = {
  'a link shows someone else the same view': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    await page.locator('.chip[data-kind="reading_space"]').click()
    await page.locator('.chip[data-kind="school"]').click()
    await page.getByRole('button', { name: '放大' }).click()
    await page.getByRole('button', { name: '图例' }).click()
    await page.locator('.row[data-site]').nth(2).click()
    const name = await page.locator('.card-name').innerText()
    await visitor.addressHas(/kinds=reading_space,school.*site=\d+.*legend=1/)
    const link = page.url()
    const other = await visitor.arrive({ size: 'desktop' })
    await other.goto(link)
    await visitor.says(other.locator('.card-name'), new RegExp(name.replace(/[()]/g, '\\$&')))
    assert.equal(await other.locator('.chip[aria-pressed="true"]').count(), 2)
    assert.equal(await other.locator('.legend').count(), 1)
    await visitor.settled()
    assert.equal(other.url(), link)
  },

  'a link pasted into an open page is followed': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    await page.evaluate(() => {
      location.hash = '#z=14&lat=36.2&lon=116.1058&panel=towns&lang=en'
    })
    await visitor.says(page.locator('.list-title'), /towns/)
    await visitor.addressHas(/z=14&lat=36.20000&lon=116.10580/)
  },

  'nonsense in a link does no harm': async (visitor) => {
    const page = await visitor.open('#z=abc&site=<script>&kinds=nope&target=none&panel=admin&town=%00', {
      size: 'desktop',
    })
    await visitor.until(
      () => page.locator('.panel-body > *').count(),
      (n) => n > 0,
      'something to read',
    )
    await visitor.until(
      async () => page.url(),
      (url) => !url.includes('target='),
      'an unknown target is dropped',
    )
  },
}
