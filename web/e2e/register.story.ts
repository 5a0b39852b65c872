import assert from 'node:assert/strict'
import {
  asPerson,
  beside,
  checkOffice,
  enter,
  makeStaff,
  password,
  photo,
  registered,
  registerPage,
  signIn,
} from './office'
import type { Stories, Visitor } from './visitor'

/** Puts the point in the middle of the form's map, nearer than where sites are gathered. */
async function tapMap(visitor: Visitor): Promise<void> {
  const { page } = visitor
  const map = page.locator('.place-map')
  await map.scrollIntoViewIfNeeded()
  const box = await map.boundingBox()
  assert(box)
  await map.click({ position: { x: box.width * 0.3, y: box.height * 0.25 } })
  await page.locator('[data-pin="place"]').waitFor()
}

export const stories: Stories = {
  'somebody signs in, is told plainly what is wrong, and signs out': async (visitor) => {
    visitor.expected = /status of 401/
    const staff = await makeStaff(visitor, 'in')
    const page = await visitor.arrive({ size: 'phone' })
    await page.goto(registerPage(visitor, '/desk'))
    await page.locator('#account').waitFor()
    await checkOffice(page, 'signing in', true)
    await page.keyboard.press('Enter')
    await visitor.says(page.locator('.small-form'), /请填写账号/)
    await page.fill('#account', staff.member)
    await page.fill('#password', 'not the password')
    await page.keyboard.press('Enter')
    await visitor.says(page.locator('.wrong-summary'), /账号或密码不对/)
    await checkOffice(page, 'a wrong password', true)
    await page.fill('#password', password)
    await page.keyboard.press('Enter')
    await visitor.says(page.locator('.office-title'), /李老师/)
    // Back to where the address led before.
    assert.match(page.url(), /#\/desk$/)
    await page.locator('[href="#/account"]').click()
    await page.locator('#sign-out').waitFor()
    // A broken address breaks nothing.
    await page.goto(registerPage(visitor, '/%'))
    await visitor.says(page.locator('.office-main'), /没有这一页/)
    await page.locator('[href="#/account"]').click()
    await page.locator('#sign-out').waitFor()
    await checkOffice(page, 'the account', true)
    await visitor.shoot('register-account-phone')
    await page.locator('#sign-out').click()
    await page.locator('#account').waitFor()
  },

  'a place is registered with a photo at the gate, on a phone': async (visitor) => {
    const staff = await makeStaff(visitor, 'gate')
    const page = await visitor.arrive({ size: 'phone' })
    await page.goto(registerPage(visitor))
    await signIn(page, staff.member)
    await checkOffice(page, 'an empty desk', true)
    await page.locator('#register-one').click()
    await page.locator('#f-name').waitFor()
    await page.locator('#submit').click()
    await visitor.says(page.locator('.wrong-summary'), /请填写名称[\s\S]*请在地图上标出位置/)
    await checkOffice(page, 'a form with errors', true)
    const name = `门口书屋 ${staff.unit}`
    await page.fill('#f-name', name)
    await tapMap(visitor)
    await page.locator('.week-acts button').first().click()
    await page.setInputFiles('#photo-camera', await photo(page))
    await page.locator('.photo img').waitFor()
    await visitor.says(page.locator('.form-standing'), /已保存在这台设备上/)
    await checkOffice(page, 'a filled form', true)
    await visitor.shoot('register-form-phone')
    await page.locator('#submit').click()
    await visitor.says(page.locator('.desk'), new RegExp(`${name}[\\s\\S]*等待审核`))
    await checkOffice(page, 'the desk', true)
    await visitor.shoot('register-desk-phone')
    const asked = await asPerson(visitor, staff.member)
    const [one] = await registered(asked, name)
    assert.equal(one?.state, 'submitted')
    assert.equal(one.photos.length, 1)
    const sent = await asked.get(`photos/${one.photos[0]?.id}`)
    assert.equal(sent.headers()['content-type'], 'image/jpeg')
    assert.deepEqual([...(await sent.body()).subarray(0, 2)], [0xff, 0xd8])
    await asked.dispose()
  },

  'the connection is lost in the middle: nothing is, and what waited goes when it is back': async (visitor) => {
    visitor.expected = /ERR_INTERNET_DISCONNECTED/
    const staff = await makeStaff(visitor, 'lost')
    const page = await visitor.arrive({ size: 'phone' })
    const context = page.context()
    await enter(visitor, page, staff.member, '/new')
    await page.locator('#f-name').waitFor()
    const name = `没有信号的书屋 ${staff.unit}`
    await page.fill('#f-name', name)
    await tapMap(visitor)
    await context.setOffline(true)
    await visitor.says(page.locator('.office-offline'), /没有信号/)
    const picture = await photo(page)
    await page.setInputFiles('#photo-files', picture)
    await page.locator('.photo img').waitFor()
    await page.locator('#submit').click()
    await visitor.says(page.locator('.desk-row .badge-waiting'), /等待信号/)
    await checkOffice(page, 'a draft that waits for a signal', true)
    await visitor.shoot('register-waiting-phone')
    const asked = await asPerson(visitor, staff.member)
    assert.deepEqual(await registered(asked, name), [])
    await context.setOffline(false)
    const sent = await visitor.until(
      () => registered(asked, name),
      (all) => all.length > 0 && all[0]?.state === 'submitted',
      'the draft to be sent',
    )
    assert.equal(sent.length, 1)
    assert.equal(sent[0]?.photos.length, 1)
    await page.locator('.badge-waiting').waitFor({ state: 'detached' })
    await asked.dispose()
  },

  'a closed tab loses nothing, and what was sent twice is registered once': async (visitor) => {
    visitor.expected = /ERR_FAILED|ERR_CONNECTION/
    const staff = await makeStaff(visitor, 'tab')
    const page = await visitor.arrive({ size: 'phone' })
    await enter(visitor, page, staff.member, '/new?kind=school')
    const name = `关了页面的小学 ${staff.unit}`
    await page.fill('#f-name', name)
    await tapMap(visitor)
    await page.setInputFiles('#photo-files', await photo(page))
    await page.locator('.photo img').waitFor()
    await visitor.says(page.locator('.form-standing'), /已保存在这台设备上/)
    // The tab is gone; the device is not.
    await page.goto('about:blank')
    await page.goto(registerPage(visitor, '/desk'))
    const kept = page.locator('.desk-row', { hasText: name })
    await visitor.says(kept, /只在这台设备上/)
    await kept.locator('.desk-link').click()
    await page.locator('#f-name').waitFor()
    assert.equal(await page.inputValue('#f-name'), name)
    await page.locator('.photo img').waitFor()
    // The server hears it, and its answer is lost on the way.
    let lost = 0
    await page.route('**/api/registrations', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback()
      lost += 1
      await route.fetch()
      return route.abort('connectionfailed')
    })
    await page.locator('#submit').click()
    await page.locator('.badge-waiting').waitFor()
    assert.equal(lost, 1)
    await page.locator('.desk-acts .button', { hasText: '现在发送' }).click()
    await page.locator('.badge-waiting').waitFor({ state: 'detached' })
    const asked = await asPerson(visitor, staff.member)
    assert.equal((await registered(asked, name)).length, 1)
    await asked.dispose()
  },

  'what is typed after the answer was lost is sent as well': async (visitor) => {
    visitor.expected = /ERR_FAILED|ERR_CONNECTION/
    const staff = await makeStaff(visitor, 'late')
    const page = await visitor.arrive({ size: 'phone' })
    await enter(visitor, page, staff.member, '/new')
    const name = `回答丢了的书屋 ${staff.unit}`
    await page.fill('#f-name', name)
    await tapMap(visitor)
    let lost = 0
    await page.route('**/api/registrations', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback()
      lost += 1
      await route.fetch()
      return route.abort('connectionfailed')
    })
    await page.locator('#submit').click()
    const kept = page.locator('.desk-row', { has: page.locator('.badge-waiting') })
    await kept.locator('.desk-link').click()
    await page.locator('#f-name').waitFor()
    await page.fill('#f-name', `${name} 二楼`)
    await page.locator('#submit').click()
    await page.locator('.desk').waitFor()
    const asked = await asPerson(visitor, staff.member)
    assert.equal((await registered(asked, `${name} 二楼`))[0]?.state, 'submitted')
    assert.deepEqual(await registered(asked, name), [])
    await asked.dispose()
  },

  'a line that is too slow says so, and the photo goes when it is better': async (visitor) => {
    visitor.expected = /status of 504/
    const staff = await makeStaff(visitor, 'slow')
    const page = await visitor.arrive({ size: 'phone' })
    await enter(visitor, page, staff.member, '/new')
    const name = `慢慢传的书屋 ${staff.unit}`
    await page.fill('#f-name', name)
    await tapMap(visitor)
    await page.setInputFiles('#photo-files', await photo(page))
    await page.locator('.photo img').waitFor()
    let slow = true
    await page.route('**/api/photos', (route) => (slow ? route.fulfill({ status: 504, body: '' }) : route.fallback()))
    await page.locator('#submit').click()
    const row = page.locator('.desk-row', { hasText: name })
    await visitor.says(row, /网络太慢[\s\S]*等待信号/)
    await checkOffice(page, 'a line that is too slow', true)
    slow = false
    await row.locator('.button', { hasText: '现在发送' }).click()
    const asked = await asPerson(visitor, staff.member)
    const [one] = await visitor.until(
      () => registered(asked, name),
      (all) => all.length > 0,
      'the photo to have gone',
    )
    assert.equal(one?.photos.length, 1)
    await page.locator('[data-draft]').waitFor({ state: 'detached' })
    await asked.dispose()
  },

  'somebody else signs in at the same browser: the open tab says so and sends nothing as them': async (visitor) => {
    // the first tab asks about its own desk between the two sign-ins
    visitor.expected = /status of 401/
    const staff = await makeStaff(visitor, 'tabs')
    const page = await visitor.arrive()
    await enter(visitor, page, staff.member, '/new')
    const name = `换了人的书屋 ${staff.unit}`
    await page.fill('#f-name', name)
    await visitor.says(page.locator('.form-standing'), /已保存在这台设备上/)
    const other = await page.context().newPage()
    await other.goto(registerPage(visitor, '/account'))
    await other.locator('#sign-out').click()
    await other.locator('#account').waitFor()
    await signIn(other, staff.reviewer)
    await visitor.says(page.locator('.office-main'), /现在由“王审核”登录[\s\S]*“李老师”的草稿还在/)
    await checkOffice(page, 'somebody else is signed in', false)
    await visitor.shoot('register-other')
    await page.locator('#go-on').click()
    await visitor.says(page.locator('.office-title'), /王审核/)
    assert.doesNotMatch(await page.locator('.desk').innerText(), new RegExp(name))
    const asked = await asPerson(visitor, staff.member)
    assert.deepEqual(await registered(asked, name), [])
    await asked.dispose()
    await other.close()
    // Back as themselves, what they wrote is there.
    await page.goto('about:blank')
    await enter(visitor, page, staff.member, '/desk')
    await visitor.says(page.locator('.desk'), new RegExp(name))
  },

  'two people change the same draft: both versions stand side by side, and each line is chosen': async (visitor) => {
    visitor.expected = /status of 409/
    const staff = await makeStaff(visitor, 'two')
    const asked = await asPerson(visitor, staff.member)
    const name = `两个人的书屋 ${staff.unit}`
    const response = await asked.post('registrations', {
      data: { change: 'create', kind: 'reading_space', name, lon: 116.25, lat: 36.34, attributes: { capacity: 20 } },
    })
    const { id, version } = (await response.json()) as { id: string; version: number }
    const page = await visitor.arrive()
    await enter(visitor, page, staff.member, `/edit/${id}`)
    await page.fill('#f-name', `${name} 甲`)
    await page.fill('#f-attributes-capacity', '30')
    const theirs = await asked.put(`registrations/${id}`, {
      headers: { 'If-Match': `"${version}"` },
      data: {
        change: 'create',
        kind: 'reading_space',
        name: `${name} 乙`,
        lon: 116.25,
        lat: 36.34,
        attributes: { capacity: 40 },
      },
    })
    assert(theirs.ok(), await theirs.text())
    await page.locator('#save').click()
    const dialog = page.locator('dialog')
    await visitor.says(dialog, /别人已经改过[\s\S]*甲[\s\S]*乙[\s\S]*30[\s\S]*40/)
    await checkOffice(page, 'a conflict', false)
    await visitor.shoot('register-conflict')
    await dialog.locator('[data-field="attributes.capacity"] [value="theirs"]').check()
    await dialog.locator('[data-keep]').click()
    await page.locator('.desk').waitFor()
    const [one] = await registered(asked, `${name} 甲`)
    assert.equal(one?.id, id)
    const saved = await asked.get(`registrations/${id}`)
    assert.equal(((await saved.json()) as { attributes: { capacity: number } }).attributes.capacity, 40)
    await asked.dispose()
  },

  'coordinates from another map are asked about and land where they are on the ground': async (visitor) => {
    const staff = await makeStaff(visitor, 'paste')
    const page = await visitor.arrive({ size: 'phone' })
    await enter(visitor, page, staff.member, '/new')
    // a village that only the base map names
    await page.locator('.place-find input').fill('韩园')
    await page.locator('.place-find').getByText('韩园村').first().click()
    await visitor.says(page.locator('.place-town'), /街道|镇/)
    await page.locator('.place-paste summary').click()
    // The seat of the county as Amap has it.
    await page.fill('#paste', '116.24885521,36.33600393')
    await page.locator('#paste').press('Enter')
    await checkOffice(page, 'a datum that is asked for', true)
    await page.locator('[data-datum="gcj02"]').click()
    await visitor.says(page.locator('.place-town'), /36\.3359\d, 116\.2432\d/)
    await visitor.says(page.locator('.place-told'), /高德/)
  },

  'an administrator adds somebody, who sets a password by the link': async (visitor) => {
    const staff = await makeStaff(visitor, 'add')
    const [account = 'stories', ...rest] = (process.env.YIMI_ADMIN ?? '').split(':').filter(Boolean)
    const page = await visitor.arrive()
    await page.goto(registerPage(visitor, '/people'))
    await page.fill('#account', account)
    await page.fill('#password', rest.join(':') || password)
    await page.keyboard.press('Enter')
    await page.locator('#add-person').click()
    const newcomer = `xin.${staff.unit}`
    await page.fill('#p-name', '新同事')
    await page.fill('#p-account', newcomer)
    await page.selectOption('#p-unit', staff.unit)
    await checkOffice(page, 'somebody is added', false)
    await page.locator('dialog button[type="submit"]').click()
    const link = page.locator('#one-time-link')
    await link.waitFor()
    await checkOffice(page, 'a link that is shown once', false)
    await visitor.shoot('register-link-once')
    const address = await link.inputValue()
    const other = await beside(visitor, 'phone')
    await other.page.goto(address)
    await other.page.fill('#new', 'short')
    await other.page.keyboard.press('Enter')
    await visitor.says(other.page.locator('.form-field.is-wrong').first(), /至少 10 个字符/)
    await checkOffice(other.page, 'setting a password', true)
    await other.page.fill('#new', password)
    await other.page.fill('#again', password)
    await other.page.locator('button[type="submit"]').click()
    await visitor.says(other.page.locator('.office-title'), /新同事/)
    await other.page.goto('about:blank')
    await other.page.goto(address)
    await visitor.says(other.page.locator('.notice'), /已用过或已过期/)
    await other.context.close()
    for (const path of ['units', 'kinds', 'audit']) {
      await page.goto(registerPage(visitor, `/${path}`))
      await page.locator('.office-page .desk-rows, .office-page .kind-rows, .office-page table').first().waitFor()
      await checkOffice(page, path, false)
      await visitor.shoot(`register-${path}`)
    }
  },
}
