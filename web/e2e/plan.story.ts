import assert from 'node:assert/strict'
import type { Page, Request } from 'playwright-core'
import type { Look, Stories, Visitor } from './visitor'

type WhatIf = { children_before: number; children_after: number; gained: number; lost: number }
type Body = { add?: { lon: number; lat: number }[]; remove?: number[]; posts?: { lon: number; lat: number }[] }

const figure = (n: number): string => n.toLocaleString('zh-CN')
const town = 'z=14&lat=36.335&lon=116.25'
/** A closed site here costs children: nobody else is near. */
const view = `#panel=plan&kind=reading_space&${town}`

async function open(visitor: Visitor, hash = view, look: Look = { size: 'desktop' }): Promise<Page> {
  const page = await visitor.open(hash, look)
  await page.locator('.plan-figure').waitFor()
  await visitor.settled()
  return page
}

async function whatIf(page: Page, visitor: Visitor, body: Body): Promise<WhatIf> {
  const answer = await page.request.post(`${visitor.server.replace(/\/$/, '')}/api/what-if`, {
    data: { kind: 'reading_space', minutes: 15, ages: '0-14', ...body },
  })
  assert(answer.ok(), String(answer.status()))
  return (await answer.json()) as WhatIf
}

/** The children who are covered after the change, as the page says. */
async function after(page: Page): Promise<number> {
  const words = await page.locator('.plan-figure .share-sentence strong').innerText()
  return Number((words.split('→').at(-1) ?? '').replace(/\D/g, ''))
}

function says(visitor: Visitor, page: Page, wanted: number): Promise<number> {
  return visitor.until(
    () => after(page),
    (n) => n === wanted,
    `${wanted} children`,
  )
}

/** Where on the screen a pin stands. */
async function pinAt(page: Page, pin: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(`[data-pin="${pin}"]`).boundingBox()
  assert(box)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Where on the screen a position lies: proposed sites of a link stand on it. */
async function siteOn(page: Page, visitor: Visitor, id: number): Promise<{ x: number; y: number }> {
  const { geometry } = await visitor.api<{ geometry: { coordinates: [number, number] } }>(`sites/${id}`)
  const [lon, lat] = geometry.coordinates
  const [, z, clat, clon] = /z=([\d.]+)&lat=([\d.]+)&lon=([\d.]+)/.exec(page.url()) ?? []
  const scale = 256 * 2 ** Number(z)
  const x = (degrees: number): number => (scale * degrees) / 360
  const y = (degrees: number): number => {
    const s = Math.sin((degrees * Math.PI) / 180)
    return scale * (0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI))
  }
  const map = await page.locator('#map').boundingBox()
  assert(map)
  return {
    x: map.x + map.width / 2 + x(lon) - x(Number(clon)),
    y: map.y + map.height / 2 + y(lat) - y(Number(clat)),
  }
}

/** The last plan that the page asked about, and how many it asked about at the same time. */
function listen(page: Page): { last: Body | null; asked: number; most: number } {
  const seen = { last: null as Body | null, asked: 0, most: 0 }
  // by themselves, as a question from before may still be told as finished
  const under = new Set<Request>()
  const mine = (request: Request): boolean => request.url().endsWith('/api/what-if')
  page.on('request', (request) => {
    if (!mine(request)) return
    under.add(request)
    seen.asked += 1
    seen.most = Math.max(seen.most, under.size)
    seen.last = JSON.parse(request.postData() ?? '{}') as Body
  })
  const over = (request: Request): void => {
    under.delete(request)
  }
  page.on('requestfinished', over)
  page.on('requestfailed', over)
  return seen
}

async function addAt(page: Page, x: number, y: number): Promise<void> {
  await page.locator('[data-tool="site"]').click()
  await page.mouse.click(x, y)
}

/** Colours of the painting: how many pixels are close to this one of the page's colours. */
function painted(page: Page, name: string): Promise<number> {
  return page.evaluate((property) => {
    const css = getComputedStyle(document.documentElement).getPropertyValue(property).trim()
    const wanted = [1, 3, 5].map((i) => Number.parseInt(css.slice(i, i + 2), 16))
    const canvas = document.querySelector<HTMLCanvasElement>('.frame-canvas-under')
    if (!canvas) return 0
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
    copy?.drawImage(canvas, 0, 0)
    const data = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let found = 0
    for (let i = 0; i < data.length; i += 4) {
      if (wanted.every((channel, k) => Math.abs(channel - (data[i + k] ?? 0)) < 6)) found += 1
    }
    return found
  }, name)
}

export const stories: Stories = {
  'a site is added with a press, and the figures are those of the server': async (visitor) => {
    const page = await open(visitor)
    const seen = listen(page)
    const before = await after(page)
    await addAt(page, 700, 300)
    await page.locator('[data-pin="a1"]').waitFor()
    await visitor.settled()
    const { children_after: wanted } = await whatIf(page, visitor, { add: seen.last?.add ?? [] })
    assert.equal(seen.last?.add?.length, 1)
    await says(visitor, page, wanted)
    assert(wanted > before, 'there are children without a site here')
    await visitor.says(page.locator('.plan-change').last(), new RegExp(`^\\+${figure(wanted - before)} 名儿童`))
    await visitor.says(page.locator('.changes'), /新场所 1\s+范围内 [\d,]+ 名儿童，其中 [\d,]+ 名只有它/)
    assert.equal(await page.locator('[data-tool="site"]').getAttribute('aria-pressed'), 'false')
    await visitor.addressHas(/plan=a/)
    await visitor.shoot('desktop-plan')
  },

  'while a site is dragged the covered children change, one question at a time, and the drag is one step': async (
    visitor,
  ) => {
    const page = await open(visitor)
    await addAt(page, 700, 300)
    await visitor.settled()
    const first = await after(page)
    const seen = listen(page)
    const { x, y } = await pinAt(page, 'a1')
    await page.mouse.move(x, y)
    await page.mouse.down()
    const told = new Set<number>()
    const heights = new Set<number>()
    for (let i = 1; i <= 40; i++) {
      await page.mouse.move(x + 9 * i, y + 3 * i)
      await page.waitForTimeout(16)
      told.add(await after(page))
      heights.add(await page.locator('.plan-figure').evaluate((box) => box.getBoundingClientRect().height))
    }
    assert(told.size >= 5, `the figure followed the drag: ${[...told].join()}`)
    assert.equal(heights.size, 1, 'nothing jumped')
    assert.equal(seen.most, 1, 'one question at a time')
    await visitor.shoot('desktop-plan-drag')
    await page.mouse.up()
    await visitor.settled()
    const moved = await after(page)
    const { children_after: wanted } = await whatIf(page, visitor, { add: seen.last?.add ?? [] })
    assert.equal(moved, wanted, 'the newest place won')
    const there = await pinAt(page, 'a1')
    assert(Math.hypot(there.x - x - 360, there.y - y - 120) < 2, 'it stands where it was let go')
    await page.keyboard.press('Control+z')
    await says(visitor, page, first)
    const back = await pinAt(page, 'a1')
    assert(Math.hypot(back.x - x, back.y - y) < 2, 'one step took the whole drag back')
  },

  'a site is added, moved and taken away with keys alone': async (visitor) => {
    const page = await open(visitor)
    const none = await after(page)
    await page.locator('[data-tool="site"]').focus()
    await page.keyboard.press('Enter')
    const pin = page.locator('[data-pin="a1"]')
    await pin.waitFor()
    assert(await pin.evaluate((button) => button === document.activeElement), 'the new site has the focus')
    await visitor.says(page.locator('.plan-hint'), /放在地图中间/)
    const from = await pinAt(page, 'a1')
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowUp']) await page.keyboard.press(key)
    const to = await pinAt(page, 'a1')
    assert.deepEqual([Math.round(to.x - from.x), Math.round(to.y - from.y)], [16, -40])
    await page.waitForTimeout(900)
    await page.keyboard.press('Control+z')
    const back = await pinAt(page, 'a1')
    assert(Math.hypot(back.x - from.x, back.y - from.y) < 2, 'keys that follow one another are one step')
    assert(await pin.evaluate((button) => button === document.activeElement))
    await page.keyboard.press('Delete')
    assert.equal(await page.locator('.pin').count(), 0)
    await says(visitor, page, none)
  },

  'closing a site loses children, and opening it again brings them back': async (visitor) => {
    const page = await open(visitor)
    const before = await after(page)
    const { x, y } = await siteOn(page, visitor, await loneSite(visitor))
    await page.mouse.click(x, y)
    await page.getByRole('button', { name: '假设关闭' }).click()
    const lost = await visitor.until(
      () => after(page),
      (n) => n < before,
      'children are lost',
    )
    await visitor.says(page.locator('.plan-change').last(), new RegExp(`^−${figure(before - lost)} 名儿童`))
    await visitor.says(page.locator('.changes'), new RegExp(`${figure(before - lost)} 名儿童走不到别处`))
    await visitor.shoot('desktop-plan-closed')
    await page.locator('[data-view="difference"]').click()
    await visitor.settled()
    assert((await painted(page, '--plan-lost')) > 50, 'lost children are on the map')
    assert.equal(await painted(page, '--plan-gained'), 0)
    await visitor.shoot('desktop-plan-difference')
    await page.getByRole('button', { name: '恢复开放' }).click()
    await says(visitor, page, before)
  },

  'every step can be taken back and taken again, to nothing and to the end': async (visitor) => {
    const page = await open(visitor)
    const told: number[] = [await after(page)]
    const step = async (act: () => Promise<void>): Promise<void> => {
      await act()
      await visitor.settled()
      told.push(await after(page))
    }
    await step(() => addAt(page, 700, 300))
    await step(() => addAt(page, 900, 250))
    const site = await siteOn(page, visitor, await loneSite(visitor))
    await step(async () => {
      await page.mouse.click(site.x, site.y)
      await page.getByRole('button', { name: '假设关闭' }).click()
    })
    await step(async () => {
      await page.locator('[data-tool="post"]').click()
      await page.mouse.click(1000, 500)
    })
    await step(() => page.getByRole('button', { name: '全部清除' }).click())
    assert.equal(told.at(-1), told[0], 'nothing is left')
    assert.equal(new Set(told.slice(0, 4)).size, 4, `each step told: ${told.join()}`)
    for (const wanted of [...told].reverse().slice(1)) {
      await page.locator('.plan-undo').click()
      await says(visitor, page, wanted)
    }
    assert.equal(await page.locator('.plan-undo').getAttribute('aria-disabled'), 'true')
    for (const wanted of told.slice(1)) {
      await page.keyboard.press('Control+Shift+z')
      await says(visitor, page, wanted)
    }
    assert.equal(await page.locator('.plan-redo').getAttribute('aria-disabled'), 'true')
  },

  'a link brings the plan to somebody else, and a card on the way does not lose it': async (visitor) => {
    const page = await open(visitor)
    await addAt(page, 700, 300)
    const site = await siteOn(page, visitor, await loneSite(visitor))
    await page.mouse.click(site.x, site.y)
    await page.getByRole('button', { name: '假设关闭' }).click()
    await visitor.settled()
    const told = await after(page)
    const lines = await page.locator('.changes').innerText()
    await visitor.addressHas(/plan=a.*r\d/)
    const link = page.url()
    await page.getByRole('button', { name: '查看详情' }).click()
    await page.locator('.card-name').waitFor()
    await visitor.addressHas(/site=\d+.*plan=a/)
    await page.locator('.back').click()
    await page.locator('.plan-figure').waitFor()
    await says(visitor, page, told)
    assert.equal(await page.locator('.plan-undo').getAttribute('aria-disabled'), 'false', 'its steps are still there')
    const other = await open(visitor, new URL(link).hash, { size: 'desktop' })
    await says(visitor, other, told)
    await visitor.until(
      () => other.locator('.changes').innerText(),
      (text) => text === lines,
      'the same changes',
    )
  },

  'off the streets it says how far, in its place, and nobody is served': async (visitor) => {
    const page = await open(visitor, '#panel=plan&kind=reading_space&z=13&lat=36.36&lon=116.17')
    const before = await after(page)
    await addAt(page, 640, 300)
    await visitor.says(page.locator('.pin-tag'), /离最近的路 [\d.]+\s*(米|公里)，走不到|附近没有路，走不到/)
    assert.equal(await page.locator('.toast').count(), 0)
    await visitor.settled()
    assert.equal(await after(page), before)
    await visitor.says(page.locator('.changes'), /走不到/)
    await visitor.shoot('desktop-plan-off-street')
  },

  'other hours count at the time that is asked about': async (visitor) => {
    const page = await open(visitor, `${view}&at=Su-21:00`)
    const before = await after(page)
    const { x, y } = await siteOn(page, visitor, await loneSite(visitor))
    await page.mouse.click(x, y)
    await page.locator('.chosen-hours summary').click()
    const [from, to] = [page.getByLabel('从', { exact: true }), page.getByLabel('到', { exact: true })]
    await from.fill('22:00')
    await to.fill('20:00')
    await page.getByRole('button', { name: '就用这个时间' }).click()
    await visitor.says(page.locator('.hours-wrong'), /结束要晚于开始/)
    await from.fill('09:00')
    await to.fill('22:00')
    await page.getByRole('button', { name: '就用这个时间' }).click()
    await visitor.until(
      () => after(page),
      (n) => n > before,
      'open later, more children get there',
    )
    await visitor.says(page.locator('.changes'), /改为 每天 09:00–22:00/)
    await visitor.addressHas(/plan=h\d+,Mo-Su/)
  },

  'a guard at a crossing shortens walks over it, and one elsewhere says that it does nothing': async (visitor) => {
    const [lon, lat] = [116.262627, 36.338498]
    const page = await open(visitor, `#panel=plan&kind=reading_space&z=17&lat=${lat}&lon=${lon}`)
    const seen = listen(page)
    const map = await page.locator('#map').boundingBox()
    assert(map)
    const [x, y] = [map.x + map.width / 2, map.y + map.height / 2]
    await page.locator('[data-tool="post"]').click()
    await page.mouse.click(x, y)
    await visitor.says(page.locator('.changes'), /新护学岗 1\s+看护 [1-9]\d* 处过街/)
    const { children_after: wanted } = await whatIf(page, visitor, seen.last ?? {})
    await says(visitor, page, wanted)
    await page.locator('.sheet .change-main').click()
    for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowUp')
    await visitor.says(page.locator('.changes'), /没有过街的地方，不起作用/)
    await page.keyboard.press('Control+z')
    await visitor.says(page.locator('.changes'), /看护 [1-9]\d* 处过街/)
  },

  'a refusal is told in the words of the server, and the last good answer stays': async (visitor) => {
    visitor.expected = /400|Failed to load/
    const page = await open(visitor)
    const seen = listen(page)
    await addAt(page, 700, 300)
    await visitor.until(
      async () => seen.last?.add?.length ?? 0,
      (n) => n === 1,
      'the added site to be asked about',
    )
    const { children_after: told } = await whatIf(page, visitor, seen.last ?? {})
    await says(visitor, page, told)
    await page.route('**/api/what-if', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'No', title_zh: '这样不行', detail: 'add[0].lon', detail_zh: 'add[0].lon 不对' }),
      }),
    )
    await addAt(page, 900, 250)
    await visitor.says(page.locator('.toast'), /这样不行.*add\[0\]\.lon 不对/s)
    assert.equal(await after(page), told)
    await page.unroute('**/api/what-if')
    await page.locator('.toast').getByRole('button', { name: '重试' }).click()
    await visitor.until(
      () => after(page),
      (n) => n !== told,
      'asked again',
    )
  },

  'on a phone a finger drags it, lifted so that it can be seen, and the figure stays in sight': async (visitor) => {
    const page = await open(visitor, view, { size: 'phone' })
    await page.locator('[data-tool="site"]').tap()
    await page.touchscreen.tap(200, 300)
    await page.locator('[data-pin="a1"]').waitFor()
    await visitor.settled()
    const small = await page
      .locator('.plan-tools button:visible, .pin, .chosen button, .changes button')
      .evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width < 44 || height < 44),
      )
    assert.deepEqual(small, [], 'every target is large enough')
    const { x, y } = await pinAt(page, 'a1')
    const finger = await page.context().newCDPSession(page)
    const touch = (type: string, points: { x: number; y: number }[]): Promise<unknown> =>
      finger.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: points })
    await touch('touchStart', [{ x, y }])
    const told = new Set<string>()
    for (let i = 1; i <= 12; i++) {
      await touch('touchMove', [{ x: x + 10 * i, y: y + 4 * i }])
      await page.waitForTimeout(40)
      told.add(await page.locator('.plan-glance').innerText())
    }
    const held = await pinAt(page, 'a1')
    assert(held.y < y + 48 - 40, 'it is held above the finger')
    assert(told.size >= 3, `the figure is seen to change: ${[...told].join(' | ')}`)
    await visitor.shoot('phone-plan-drag')
    await touch('touchEnd', [])
    await visitor.settled()
    const centre = /lat=([\d.]+)&lon=([\d.]+)/.exec(page.url())
    assert(centre?.[1] === '36.33500' && centre[2] === '116.25000', 'the map did not move along')
    await page.locator('[data-view="difference"]').tap()
    await visitor.settled()
    await visitor.shoot('phone-plan')
  },
}

/** A site that some children have no other for. */
async function loneSite(visitor: Visitor): Promise<number> {
  const { features } = await visitor.api<{ features: { properties: { id: number } }[] }>(
    `sites?q=${encodeURIComponent('铜城街道文化社区阅读空间')}&limit=1`,
  )
  const id = features[0]?.properties.id
  assert(id)
  return id
}
