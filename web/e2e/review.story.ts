import assert from 'node:assert/strict'
import { asPerson, beside, checkOffice, enter, makeStaff, register, registered, registerPage, signIn } from './office'
import type { Stories } from './visitor'

/** A spot of its own for each story, so that none sees the sites of another. */
function spot(seed: number): { lon: number; lat: number } {
  return { lon: 116.2 + 0.004 * seed, lat: 36.3 + 0.001 * seed }
}

export const stories: Stories = {
  'a registration is returned, comes back, is published, and an open map shows it without a reload': async (
    visitor,
  ) => {
    const staff = await makeStaff(visitor, 'life')
    const asked = await asPerson(visitor, staff.member)
    const name = `新开的书屋 ${staff.unit}`
    const at = spot(1)
    await register(asked, { name, ...at, attributes: { opening_hours: 'Mo-Fr 09:00-17:00' } })
    // A parent looks at the map all the while.
    const page = await visitor.open(`#z=17&lat=${at.lat}&lon=${at.lon}`)
    await page.waitForResponse((response) => response.url().endsWith('/api/events'))
    const places = page.locator('.rows')
    assert.doesNotMatch(await page.locator('.panel-body').innerText(), new RegExp(name))
    // The reviewer returns it, with the reason.
    const desk = await beside(visitor, 'desktop')
    await desk.page.goto(registerPage(visitor, '/review'))
    await signIn(desk.page, staff.reviewer)
    await desk.page.selectOption('.queue-filters [aria-label="单位"]', staff.unit)
    const line = desk.page.locator('.queue-link', { hasText: name })
    await line.click()
    await visitor.says(desk.page.locator('.opened'), /新增场所[\s\S]*09:00/)
    await checkOffice(desk.page, 'a registration under review', false)
    await desk.page.screenshot({ path: 'e2e/shots/review-opened.png' })
    await desk.page.locator('#return').click()
    await desk.page.locator('[data-yes]').click()
    await visitor.says(desk.page.locator('dialog'), /请写原因/)
    await checkOffice(desk.page, 'a reason is asked for', false)
    await desk.page.fill('#asked', '请补上门牌号')
    await desk.page.locator('[data-yes]').click()
    await visitor.says(desk.page.locator('.queue'), /没有符合条件的登记/)
    // The unit reads why, mends it and submits again.
    const phone = await beside(visitor, 'phone')
    await enter(visitor, phone.page, staff.member, '/desk')
    const returned = phone.page.locator('.desk-row', { hasText: '请补上门牌号' }).first()
    await checkOffice(phone.page, 'a desk with something returned', true)
    await returned.locator('.desk-link').click()
    await visitor.says(phone.page.locator('.returned-note'), /请补上门牌号/)
    const details = phone.page.locator('.form-details')
    if (!(await details.evaluate((element) => (element as HTMLDetailsElement).open)))
      await details.locator('summary').click()
    await phone.page.fill('#f-attributes-address', '府前街 12 号')
    await phone.page.locator('#submit').click()
    await phone.page.locator('.desk').waitFor()
    // The reviewer hears of it, and publishes by one key.
    await visitor.says(desk.page.locator('.queue'), /有新的登记/)
    await desk.page.locator('.queue-news button').click()
    await desk.page.locator('.queue-link', { hasText: name }).waitFor()
    await desk.page.locator('.queue-title').click()
    await desk.page.keyboard.press('j')
    await visitor.says(desk.page.locator('.opened'), /府前街 12 号/)
    await desk.page.keyboard.press('p')
    // The map that was open all the time has it, without anybody touching it.
    await visitor.says(places, new RegExp(name))
    await visitor.shoot('review-public-live')
    await desk.context.close()
    await phone.context.close()
    await asked.dispose()
  },

  'a change is read in words and on the map, and an earlier version comes back': async (visitor) => {
    const staff = await makeStaff(visitor, 'diff')
    const [member, reviewer] = [await asPerson(visitor, staff.member), await asPerson(visitor, staff.reviewer)]
    const name = `要搬家的书屋 ${staff.unit}`
    const at = spot(3)
    const made = await register(member, { name, ...at, attributes: { capacity: 20 } })
    const published = await reviewer.post(`registrations/${made.id}/publish`, {
      headers: { 'If-Match': `"${made.version}"` },
      data: {},
    })
    assert(published.ok(), await published.text())
    const { site } = (await published.json()) as { site: number }
    await register(member, {
      change: 'amend',
      site,
      name,
      lon: at.lon,
      lat: at.lat + 0.002,
      attributes: { capacity: 35 },
    })
    const page = await visitor.arrive()
    await enter(visitor, page, staff.reviewer, '/review')
    await page.locator('.queue-link', { hasText: name }).click()
    await visitor.says(page.locator('.difference'), /20\s+35/)
    await visitor.says(page.locator('.moved-key'), /移动了 220/)
    assert.equal(await page.locator('.opened [data-pin]').count(), 2)
    await checkOffice(page, 'a change with a move', false)
    await visitor.shoot('review-moved')
    await page.locator('#publish').click()
    await page.locator('.queue-link', { hasText: name }).waitFor({ state: 'detached' })
    await page.goto(registerPage(visitor, `/history/${site}`))
    await visitor.says(page.locator('.history'), /现在的版本[\s\S]*20[\s\S]*35/)
    await checkOffice(page, 'the history of a site', false)
    await visitor.shoot('review-history')
    await page.locator('[data-restore]').last().click()
    await page.fill('#asked', '搬家推迟了')
    await page.locator('[data-yes]').click()
    await visitor.says(page.locator('.history'), /搬家推迟了/)
    const { properties } = await visitor.api<{ properties: { capacity: number } }>(`sites/${site}`)
    assert.equal(properties.capacity, 20)
    await member.dispose()
    await reviewer.dispose()
  },

  'two of the same are merged, several are decided at once, and all keys are told': async (visitor) => {
    const staff = await makeStaff(visitor, 'many')
    const [member, reviewer] = [await asPerson(visitor, staff.member), await asPerson(visitor, staff.reviewer)]
    const at = spot(6)
    const first = await register(member, { name: `合并图书馆 ${staff.unit}`, ...at })
    const published = await reviewer.post(`registrations/${first.id}/publish`, {
      headers: { 'If-Match': `"${first.version}"` },
      data: {},
    })
    const { site } = (await published.json()) as { site: number }
    const twin = `合并 图书馆 ${staff.unit}`
    await register(member, { name: twin, lon: at.lon + 0.0003, lat: at.lat })
    const others = ['甲', '乙'].map((letter) => `${letter}处书屋 ${staff.unit}`)
    for (const [index, name] of others.entries()) await register(member, { name, ...spot(12 + 5 * index) })
    const page = await visitor.arrive()
    await enter(visitor, page, staff.reviewer, '/review')
    await page.selectOption('.queue-filters [aria-label="单位"]', staff.unit)
    await visitor.until(
      () => page.locator('.queue-row').count(),
      (n) => n === 3,
      'three in the queue',
    )
    await page.keyboard.press('?')
    await visitor.says(page.locator('dialog'), /快捷键[\s\S]*公布/)
    await checkOffice(page, 'the keys', false)
    await page.keyboard.press('Escape')
    await page.locator('.queue-link', { hasText: twin }).click()
    await visitor.says(page.locator('.opened'), /合并图书馆/)
    await page.locator('#merge').click()
    await checkOffice(page, 'merging', false)
    await visitor.shoot('review-merge')
    await page.locator(`[data-into="${site}"]`).click()
    await page.locator('.queue-link', { hasText: twin }).waitFor({ state: 'detached' })
    await page.locator('.queue-many input').check()
    await visitor.says(page.locator('.queue-many'), /已选 2 份/)
    await page.locator('#publish-many').click()
    await visitor.says(page.locator('.queue'), /没有符合条件的登记/)
    for (const name of others) assert.equal((await registered(member, name))[0]?.state, 'published')
    await visitor.says(page.locator('.units-part'), new RegExp(staff.unitName))
    await member.dispose()
    await reviewer.dispose()
  },

  'a reviewer with a phone sees the queue, then one, and comes back to its line': async (visitor) => {
    const staff = await makeStaff(visitor, 'hand')
    const member = await asPerson(visitor, staff.member)
    const name = `手机上审核的书屋 ${staff.unit}`
    await register(member, { name, ...spot(20) })
    const page = await visitor.arrive({ size: 'phone', scheme: 'dark' })
    await enter(visitor, page, staff.reviewer, '/review')
    await page.locator('.queue-link', { hasText: name }).waitFor()
    await checkOffice(page, 'the queue on a phone', true)
    await visitor.shoot('review-queue-phone')
    await page.locator('.queue-link', { hasText: name }).click()
    await page.locator('.opened').waitFor()
    await checkOffice(page, 'one on a phone', true)
    await visitor.shoot('review-opened-phone')
    await page.locator('.opened-back button').click()
    await page.locator('.queue-link', { hasText: name }).waitFor()
    await member.dispose()
  },
}
