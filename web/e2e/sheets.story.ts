import assert from 'node:assert/strict'
import { asPerson, checkOffice, enter, makeStaff, registered } from './office'
import type { Stories } from './visitor'

/** A sheet of six: four right, one whose capacity is no number, one without a name. */
function sheet(mark: string): Buffer {
  const rows = [
    '名称,经度,纬度,容量',
    ...['东', '南', '西', '北'].map((side, i) => `${side}门书屋 ${mark},${116.21 + i * 0.02},36.31,${10 + i}`),
    `数错的书屋 ${mark},116.30,36.32,二十来个`,
    ',116.31,36.33,15',
  ]
  return Buffer.from(rows.join('\n'), 'utf8')
}

export const stories: Stories = {
  'a sheet with errors is uploaded, mended in place and submitted': async (visitor) => {
    const staff = await makeStaff(visitor, 'sheet')
    const page = await visitor.arrive()
    await enter(visitor, page, staff.member, '/sheets')
    await checkOffice(page, 'where sheets are uploaded', false)
    const template = await page.request.get(
      `${visitor.server.replace(/\/$/, '')}/${await page.locator('a[href*="template.xlsx"]').getAttribute('href')}`,
    )
    assert.equal((await template.body()).subarray(0, 2).toString(), 'PK')
    await page.selectOption('#s-datum', 'wgs84')
    await page.setInputFiles('#sheet-file', { name: '书屋.csv', mimeType: 'text/csv', buffer: sheet(staff.unit) })
    await visitor.says(page.locator('.office-title'), /书屋\.csv/)
    await page.locator('.sheet-row').first().waitFor()
    await visitor.until(
      () => page.locator('.sheet-row').count(),
      (n) => n === 6,
      'six rows',
    )
    await visitor.says(page.locator('[data-colour="red"]'), /2/)
    await checkOffice(page, 'a sheet that was checked', false)
    await visitor.shoot('sheets-checked')
    await page.locator('[data-colour="red"]').click()
    assert.equal(await page.locator('.sheet-row').count(), 2)
    const wrong = page.locator('.sheet-row', { hasText: '数错的书屋' })
    await wrong.locator('td.is-wrong input').fill('20')
    await wrong.locator('td.is-wrong input').press('Enter')
    await visitor.says(page.locator('[data-colour="red"]'), /1/)
    await page.locator('[data-colour="all"]').click()
    await visitor.says(page.locator('.sheet-row', { hasText: '数错的书屋' }), /正确|请看一看/)
    const accept = page.locator('[data-accept]')
    while ((await accept.count()) > 0) {
      const before = await accept.count()
      await accept.first().click()
      await visitor.until(
        () => accept.count(),
        (n) => n < before,
        'one fewer to accept',
      )
    }
    await visitor.says(page.locator('#submit-sheet'), /提交 5 行/)
    await page.locator('#submit-sheet').click()
    await visitor.says(page.locator('.sheet-done'), /已提交 5 行[\s\S]*还有 1 行/)
    await checkOffice(page, 'a sheet that was submitted', false)
    await visitor.shoot('sheets-done')
    const bad = await page.request.get(
      `${visitor.server.replace(/\/$/, '')}/${await page.locator('#bad-rows').getAttribute('href')}`,
    )
    assert.equal((await bad.body()).subarray(0, 2).toString(), 'PK')
    const asked = await asPerson(visitor, staff.member)
    const [one] = await registered(asked, `数错的书屋 ${staff.unit}`)
    assert.equal(one?.state, 'submitted')
    await asked.dispose()
  },

  'on a phone columns are matched by hand, and an import is taken back': async (visitor) => {
    const staff = await makeStaff(visitor, 'cols')
    const page = await visitor.arrive({ size: 'phone', scheme: 'dark' })
    await enter(visitor, page, staff.member, '/sheets')
    await page.selectOption('#s-datum', 'wgs84')
    const text = sheet(staff.unit).toString().replace('名称,', '叫什么呀,')
    await page.setInputFiles('#sheet-file', { name: '别的表头.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    const column = page.locator('#column-0')
    await column.waitFor()
    await visitor.says(page.locator('.form-details'), /还没有对应的列：名称/)
    await checkOffice(page, 'columns to be matched', true)
    await visitor.shoot('sheets-columns-phone')
    await column.selectOption('name')
    await page.locator('#apply-columns').click()
    await visitor.says(page.locator('#submit-sheet'), /提交 4 行/)
    await visitor.settled()
    await page.locator('.sheet-row', { hasText: '东门书屋' }).scrollIntoViewIfNeeded()
    await checkOffice(page, 'rows on a phone', true)
    await visitor.shoot('sheets-rows-phone')
    await page.locator('#remove-sheet').click()
    await page.locator('[data-yes]').click()
    await page.locator('.drop').waitFor()
  },
}
