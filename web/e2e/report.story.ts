import assert from 'node:assert/strict'
import { axe, checkReach, checkThumbs } from './checks'
import { asPerson, checkOffice, enter, makeStaff, told } from './office'
import type { Stories } from './visitor'

export const stories: Stories = {
  'a parent reports a problem from a card, and sees what came of it': async (visitor) => {
    const staff = await makeStaff(visitor, 'rep')
    const page = await visitor.arrive({ size: 'phone' })
    await page.addInitScript({ path: axe })
    await visitor.open()
    const { features } = await visitor.api<{ features: { id: number }[] }>('sites?q=县图书馆少儿阅览室&limit=1')
    const site = features[0]?.id
    assert(site)
    await page.goto(`${visitor.server.replace(/\/$/, '')}/#site=${site}`)
    await page.locator('#report').scrollIntoViewIfNeeded()
    await page.locator('#report').click()
    const dialog = page.locator('dialog')
    await dialog.waitFor()
    await page.locator('#report-send').click()
    await visitor.says(dialog, /请选一项/)
    await checkReach(page, 'a report')
    await checkThumbs(page, 'a report')
    await visitor.shoot('report-phone')
    await dialog.locator('#what-hours').check()
    const text = `周六其实不开门 ${staff.unit}`
    await page.fill('#report-text', text)
    await page.locator('#report-send').click()
    await visitor.says(dialog, /收到了/)
    await page.keyboard.press('Escape')
    // It is on the reviewer's desk, who answers.
    const reviewer = await asPerson(visitor, staff.reviewer)
    const { reports } = await told<{ reports: { id: string; text: string }[] }>(reviewer, 'reports?state=open')
    const id = reports.find((one) => one.text === text)?.id
    assert(id)
    const office = await visitor.page.context().newPage()
    await enter(visitor, office, staff.reviewer, '/reports')
    const report = office.locator(`[data-report="${id}"]`)
    await visitor.says(report, new RegExp(`开放时间不对[\\s\\S]*${text}`))
    await checkOffice(office, 'reports on the desk', true)
    await office.screenshot({ path: 'e2e/shots/report-desk-phone.png' })
    await report.locator('[data-done]').click()
    await visitor.says(report, /请写一句答复/)
    await report.locator('textarea').fill('已核对，周六不开放，谢谢')
    await report.locator('[data-done]').click()
    await report.waitFor({ state: 'detached' })
    await office.close()
    // The same device shows the answer.
    await page.locator('#report').click()
    await visitor.says(page.locator('.report-earlier'), /已处理[\s\S]*已核对/)
    await reviewer.dispose()
  },
}
