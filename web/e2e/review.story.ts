import assert from 'node:assert/strict'
import type { APIRequestContext } from 'playwright-core'
import { asPerson, beside, checkOffice, enter, makeStaff, register, registered, registerPage, signIn } from './office'
import type { Stories } from './visitor'

/** A spot of its own for each story, so that none sees the sites of another. */
function spot(seed: number): { lon: number; lat: number } {
  return { lon: 116.2 + 0.004 * seed, lat: 36.3 + 0.001 * seed }
}

/** Registers and publishes, by the API. Returns the site. */
async function published(
  member: APIRequestContext,
  reviewer: APIRequestContext,
  body: Record<string, unknown>,
): Promise<number> {
  const made = await register(member, body)
  const response = await reviewer.post(`registrations/${made.id}/publish`, {
    headers: { 'If-Match': `"${made.version}"` },
    data: {},
  })
  assert(response.ok(), await response.text())
  return ((await response.json()) as { site: number }).site
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
    const chip = page.locator('.chip[data-kind="reading_space"] .chip-count')
    const figure = async (): Promise<number> => Number((await chip.innerText()).replace(/\D/g, ''))
    const before = await figure()
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
    await visitor.until(figure, (n) => n === before + 1, 'the chip to count it')
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
      base: 1,
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
    const first = await register(member, { name: `合并图书馆 ${staff.unit}`, ...at, attributes: { capacity: 20 } })
    const published = await reviewer.post(`registrations/${first.id}/publish`, {
      headers: { 'If-Match': `"${first.version}"` },
      data: {},
    })
    const { site } = (await published.json()) as { site: number }
    const twin = `合并 图书馆 ${staff.unit}`
    const more = { capacity: 99, phone: '0635-3280001' }
    await register(member, { name: twin, lon: at.lon + 0.0003, lat: at.lat, attributes: more })
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
    // What it adds, before it is done; what both say stays as the site has it.
    await visitor.says(page.locator('dialog'), /0635-3280001/)
    assert.doesNotMatch(await page.locator('dialog').innerText(), /99/)
    await checkOffice(page, 'what a merge adds', false)
    await visitor.shoot('review-merge-adds')
    await page.locator('dialog [data-yes]').click()
    await page.locator('.queue-link', { hasText: twin }).waitFor({ state: 'detached' })
    const { properties } = await visitor.api<{ properties: Record<string, unknown> }>(`sites/${site}`)
    assert.equal(properties.phone, '0635-3280001')
    assert.equal(properties.capacity, 20)
    await page.locator('.queue-many input').check()
    await visitor.says(page.locator('.queue-many'), /已选 2 份/)
    await page.locator('#publish-many').click()
    await visitor.says(page.locator('.queue'), /没有符合条件的登记/)
    for (const name of others) assert.equal((await registered(member, name))[0]?.state, 'published')
    await visitor.says(page.locator('.units-part'), new RegExp(staff.unitName))
    await member.dispose()
    await reviewer.dispose()
  },

  'a change that was overtaken is compared line by line, and what both sides changed is published': async (visitor) => {
    const staff = await makeStaff(visitor, 'over')
    const [member, reviewer] = [await asPerson(visitor, staff.member), await asPerson(visitor, staff.reviewer)]
    const name = `两头都改的书屋 ${staff.unit}`
    const at = spot(24)
    const site = await published(member, reviewer, { name, ...at, attributes: { capacity: 20 } })
    const page = await visitor.arrive()
    // The form is open on version 1 while version 2 is published.
    const phone = await beside(visitor, 'phone')
    await enter(visitor, phone.page, staff.member, `/amend/${site}`)
    await phone.page.locator('#f-attributes-capacity').fill('35')
    const renamed = `${name} 新牌子`
    const newer = { change: 'amend', site, base: 1, name: renamed, ...at, attributes: { capacity: 20 } }
    assert.equal(await published(member, reviewer, newer), site)
    await phone.page.locator('#submit').click()
    await phone.page.locator('.desk').waitFor()
    await phone.context.close()
    await enter(visitor, page, staff.reviewer, '/review')
    await page.selectOption('.queue-filters [aria-label="单位"]', staff.unit)
    await page.locator('.queue-link', { hasText: name }).click()
    await visitor.says(page.locator('.opened .form-overtaken'), /又公布了新的内容/)
    await checkOffice(page, 'a change that was overtaken', false)
    await page.locator('#publish').click()
    const dialog = page.locator('dialog')
    await visitor.says(dialog, /场所有了新的一版[\s\S]*新牌子[\s\S]*35[\s\S]*20/)
    // What the unit did not touch stays as it is now, what it changed stands.
    assert(await dialog.locator('[data-field="name"] [value="theirs"]').isChecked())
    assert(await dialog.locator('[data-field="attributes.capacity"] [value="mine"]').isChecked())
    await checkOffice(page, 'both versions before the reviewer', false)
    await visitor.shoot('review-overtaken')
    await dialog.locator('[data-keep]').click()
    await page.locator('.queue-link', { hasText: name }).waitFor({ state: 'detached' })
    const { properties } = await visitor.api<{ properties: Record<string, unknown> }>(`sites/${site}`)
    assert.equal(properties.name, renamed)
    assert.equal(properties.capacity, 35)
    assert.equal(properties.version, 3)
    await member.dispose()
    await reviewer.dispose()
  },

  'what was returned because it was overtaken goes on from the newest version': async (visitor) => {
    const staff = await makeStaff(visitor, 'rebase')
    const [member, reviewer] = [await asPerson(visitor, staff.member), await asPerson(visitor, staff.reviewer)]
    const name = `退回再改的书屋 ${staff.unit}`
    const at = spot(27)
    const site = await published(member, reviewer, { name, ...at, attributes: { capacity: 20 } })
    const change = { change: 'amend', site, base: 1, name, ...at }
    const late = await register(member, { ...change, attributes: { capacity: 35 } })
    const renamed = `${name} 新牌子`
    await published(member, reviewer, { ...change, name: renamed, attributes: { capacity: 20 } })
    const back = await reviewer.post(`registrations/${late.id}/return`, {
      headers: { 'If-Match': `"${late.version}"` },
      data: { reason: '场所刚有新的一版，请对照' },
    })
    assert(back.ok(), await back.text())
    const page = await visitor.arrive({ size: 'phone' })
    await enter(visitor, page, staff.member, `/edit/${late.id}`)
    await visitor.says(page.locator('.form-overtaken'), /又公布了新的内容/)
    await checkOffice(page, 'a returned change that was overtaken', true)
    await page.locator('#compare').click()
    await visitor.says(page.locator('dialog'), /新牌子/)
    await checkOffice(page, 'both versions before the unit', true)
    await visitor.shoot('register-rebase-phone')
    await page.locator('[data-keep]').click()
    await page.locator('.form-overtaken').waitFor({ state: 'detached' })
    assert.equal(await page.inputValue('#f-name'), renamed)
    await page.locator('#submit').click()
    await page.locator('.desk').waitFor()
    const [one] = await registered(member, renamed).then((all) => all.filter(({ id }) => id === late.id))
    assert(one)
    const done = await reviewer.post(`registrations/${one.id}/publish`, {
      headers: { 'If-Match': `"${one.version}"` },
      data: {},
    })
    assert(done.ok(), await done.text())
    const { properties } = await visitor.api<{ properties: Record<string, unknown> }>(`sites/${site}`)
    assert.equal(properties.name, renamed)
    assert.equal(properties.capacity, 35)
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
