import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { asPerson, beside, checkOffice, enter, makeStaff, type Registered, told } from './office'
import type { Stories } from './visitor'

export const stories: Stories = {
  'a home is registered, stays off the map, and is seen only by whoever says why': async (visitor) => {
    const staff = await makeStaff(visitor, 'home')
    const page = await visitor.arrive({ size: 'phone' })
    await enter(visitor, page, staff.member, '/new')
    const home = page.locator('.form-home')
    assert.equal(await home.isVisible(), false)
    await page.selectOption('#f-kind', 'hope_cabin')
    await visitor.says(home, /只看到各乡镇的数量/)
    const name = `小屋 ${staff.unit}`
    await page.fill('#f-name', name)
    const map = page.locator('.place-map')
    await map.scrollIntoViewIfNeeded()
    const box = await map.boundingBox()
    assert(box)
    await map.click({ position: { x: box.width * 0.3, y: box.height * 0.25 } })
    await page.locator('[data-pin="place"]').waitFor()
    await checkOffice(page, 'a home is registered', true)
    await visitor.shoot('homes-form-phone')
    await page.locator('#submit').click()
    await visitor.says(page.locator('.desk'), /家庭场所[\s\S]*等待审核/)
    assert.doesNotMatch(await page.locator('.desk').innerText(), new RegExp(name))
    // The reviewer opens it, which is logged, and publishes it.
    const reviewer = await asPerson(visitor, staff.reviewer)
    const { registrations } = await told<{ registrations: Registered[] }>(
      reviewer,
      `registrations?unit=${staff.unit}&kind=hope_cabin`,
    )
    const [one] = registrations
    assert(one)
    const desk = await beside(visitor, 'desktop')
    await enter(visitor, desk.page, staff.reviewer, `/review/${one.id}`)
    await visitor.says(desk.page.locator('.opened'), new RegExp(name))
    await checkOffice(desk.page, 'a home under review', false)
    await desk.page.locator('#publish').click()
    await desk.page.locator(`[data-registration="${one.id}"]`).waitFor({ state: 'detached' })
    const shown = await visitor.api<{ features: unknown[] }>(`sites?q=${encodeURIComponent(name)}`)
    assert.deepEqual(shown.features, [])
    // What is published is read by its unit, without links to pages that a home does not have.
    await page.goto('about:blank')
    await enter(visitor, page, staff.member, `/edit/${one.id}`)
    await visitor.says(page.locator('.office-title'), new RegExp(name))
    assert.equal(await page.locator('[href^="#/amend"], [href^="#/history"], [href*="#site="]').count(), 0)
    // Whoever may see homes says why, and takes the file along with that.
    await desk.page.locator('[href="#/homes"]').click()
    await desk.page.locator('#h-reason').fill('看')
    await desk.page.keyboard.press('Enter')
    await visitor.says(desk.page.locator('.form-field.is-wrong'), /请写明原因/)
    assert.equal(await desk.page.locator('.homes').count(), 0)
    const reason = `核对走访名单 ${staff.unit}`
    await desk.page.locator('#h-reason').fill(reason)
    await desk.page.keyboard.press('Enter')
    await visitor.says(desk.page.locator('.homes'), new RegExp(name))
    await visitor.says(desk.page.locator('.office-page'), new RegExp(`已记录[\\s\\S]*${reason}`))
    await checkOffice(desk.page, 'homes', false)
    await desk.page.screenshot({ path: 'e2e/shots/homes.png' })
    const [file] = await Promise.all([desk.page.waitForEvent('download'), desk.page.locator('#homes-csv').click()])
    const path = await file.path()
    assert.match(readFileSync(path, 'utf8'), new RegExp(`${name}[^\\n]*${reason}`))
    // Nothing of it stays: not in the page when the room is left, nor on the device.
    await desk.page.locator('[href="#/desk"]').click()
    await desk.page.locator('.desk').waitFor()
    await desk.page.locator('[href="#/homes"]').click()
    await desk.page.locator('#h-reason').waitFor()
    assert.equal(await desk.page.locator('.homes').count(), 0)
    const kept = await desk.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    assert.doesNotMatch(kept, new RegExp(name))
    await desk.context.close()
    await reviewer.dispose()
  },
}
