import assert from 'node:assert/strict'
import type { Page, Request } from 'playwright-core'
import type { Look, Stories, Visitor } from './visitor'

type Town = { id: string; children_total: number; curve: number[] }
type Coverage = {
  children_total: number
  children_covered: number
  share: number
  curve: number[]
  bands: { children: number }[]
  areas: Town[]
  gaps: { name: { zh: string }; lon: number; lat: number; children: number; walk_secs: number | null }[]
  sites: { counted: number; not_open: number; unknown_hours: number }
}
type Here = { properties: { walk_secs: number; site: { name: string }; second: { name: string } | null } }
type Serves = { children: number; site: { name: string } }

const question = 'kind=reading_space'
const figure = (n: number): string => n.toLocaleString('zh-CN')
const percent = (share: number): string => `${Math.round(share * 100)}%`

async function open(visitor: Visitor, hash = '', look: Look = {}): Promise<Page> {
  const page = await visitor.open(`#panel=coverage${hash}`, look)
  await page.locator('.share-figure').waitFor()
  await visitor.settled()
  return page
}

/** What the page asks of the server from now on, without the sites of the map's view. */
function listen(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request: Request) => {
    const path = new URL(request.url()).pathname.replace(/^.*\/api\//, '')
    if (/^(coverage|children|network|service)/.test(path)) asked.push(path)
  })
  return asked
}

/** Moves the slider and reads the figure in the same breath: there is no time for a request. */
function slide(page: Page, minutes: number): Promise<string> {
  return page.locator('.minutes').evaluate((slider, value) => {
    ;(slider as HTMLInputElement).value = String(value)
    slider.dispatchEvent(new Event('input'))
    return document.querySelector('.share-figure')?.textContent ?? ''
  }, minutes)
}

/** How many pixels of the painting have this shade of walking time. */
function painted(page: Page, shade: number): Promise<number> {
  return page.evaluate((n) => {
    const css = getComputedStyle(document.documentElement).getPropertyValue(`--walk-${n}`).trim()
    const wanted = [1, 3, 5].map((i) => Number.parseInt(css.slice(i, i + 2), 16))
    const canvas = document.querySelector<HTMLCanvasElement>('.frame-canvas-under')
    if (!canvas) return 0
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
    copy?.drawImage(canvas, 0, 0)
    const data = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let found = 0
    for (let i = 0; i < data.length; i += 4) {
      if (wanted.every((channel, k) => Math.abs(channel - (data[i + k] ?? 0)) < 6) && data[i + 3] === 255) found += 1
    }
    return found
  }, shade)
}

/** A site to look at, asked for before the page is opened. */
async function firstSite(visitor: Visitor, look: Look): Promise<{ id: number; lon: number; lat: number }> {
  await visitor.arrive(look)
  const found = await visitor.api<{ features: { id: number; geometry: { coordinates: [number, number] } }[] }>(
    'sites?q=县图书馆少儿阅览室&limit=1',
  )
  const site = found.features[0]
  assert(site)
  const [lon, lat] = site.geometry.coordinates
  return { id: site.id, lon, lat }
}

async function middleOfMap(page: Page, size: 'desktop' | 'phone'): Promise<{ x: number; y: number }> {
  const box = await page.locator('#map').boundingBox()
  assert(box)
  assert(size === 'phone' || box.width > 900)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

function showsFigures(size: 'desktop' | 'phone'): (visitor: Visitor) => Promise<void> {
  return async (visitor) => {
    const page = await visitor.open('', { size })
    await page.getByRole('button', { name: '覆盖' }).click()
    await page.locator('.share-figure').waitFor()
    const wanted = await visitor.api<Coverage>(`coverage?${question}&minutes=15`)
    await visitor.says(page.locator('.share-figure'), new RegExp(`^${percent(wanted.share)}`))
    await visitor.says(
      page.locator('.share-sentence'),
      new RegExp(`${figure(wanted.children_total)} 名.*${figure(wanted.children_covered)} 名在 15\\s*分钟内`),
    )
    const rows = await page.locator('.band-table tr').allInnerTexts()
    assert.equal(rows.length, 4)
    wanted.bands.forEach(({ children }, i) => {
      assert(rows[i]?.includes(figure(children)), `${rows[i]} has ${children}`)
    })
    await visitor.says(page.locator('.share'), /沿步行道路计算.*示例数据/)
    await visitor.addressHas(/panel=coverage/)
    assert((await painted(page, 2)) > 50, 'streets are painted')
    await visitor.shoot(`${size}-coverage`)
  }
}

export const stories: Stories = {
  'a planner sees the very figures that the server gives, on a desktop': showsFigures('desktop'),
  'a planner sees the very figures that the server gives, on a phone': showsFigures('phone'),

  'dragging the minutes changes share, towns and map at once, and asks only for the figures in the end': async (
    visitor,
  ) => {
    const page = await open(visitor, '', { size: 'desktop' })
    const { curve, children_total: total } = await visitor.api<Coverage>(`coverage?${question}&minutes=15`)
    const asked = listen(page)
    for (const minutes of [14, 9, 60, 30, 7, 5]) {
      const said = await slide(page, minutes)
      assert.equal(Number.parseInt(said, 10), Math.round((100 * (curve[minutes] ?? 0)) / total), `${minutes} minutes`)
    }
    assert.deepEqual(asked, [], 'nothing was asked while dragging')
    assert(await page.locator('.part.is-waiting').count(), 'the gaps of other minutes are dimmed')
    await visitor.until(
      () => page.locator('.part.is-waiting').count(),
      (n) => n === 0,
      'new gaps have come',
    )
    assert.deepEqual(asked, ['coverage'], 'colours and children are here already')
    await visitor.settled()
    const near = await painted(page, 1)
    await visitor.shoot('desktop-coverage-five')
    assert(near > 0)
    assert.equal(await painted(page, 2), 0, 'beyond five minutes nothing has a colour')
    await slide(page, 60)
    await visitor.settled()
    assert((await painted(page, 4)) > 200, 'at sixty the farthest shade is there')
    await visitor.addressHas(/minutes=60/)
  },

  'towns stand worst first, and a press flies to one': async (visitor) => {
    const page = await open(visitor, '', { size: 'desktop' })
    const { areas } = await visitor.api<Coverage>(`coverage?${question}&minutes=15`)
    const shares = new Map(
      areas.map(({ id, children_total: all, curve }) => [id, all > 0 ? (curve[15] ?? 0) / all : 2]),
    )
    const shown = await page
      .locator('[data-bar]')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.bar ?? ''))
    assert.equal(shown.length, areas.filter(({ id }) => id !== null).length)
    const inOrder = shown.map((id) => shares.get(id) ?? -1)
    assert.deepEqual(
      inOrder,
      [...inOrder].sort((a, b) => a - b),
    )
    const before = page.url()
    await page.locator(`[data-bar="${shown[0]}"]`).click()
    await visitor.until(
      async () => page.url(),
      (url) => url !== before,
      'the map flies',
    )
    assert.equal(await page.locator('path.area-selected').count(), 1)
  },

  'gaps are ranked by children, and a press flies to one and marks it': async (visitor) => {
    const page = await open(visitor, '', { size: 'desktop' })
    const { gaps } = await visitor.api<Coverage>(`coverage?${question}&minutes=15`)
    const rows = await page.locator('.gap').allInnerTexts()
    assert(rows.length > 2)
    rows.forEach((row, i) => {
      const gap = gaps[i]
      assert(gap && row.includes(gap.name.zh) && row.includes(`还有 ${figure(gap.children)} 名儿童`), row)
    })
    const gap = gaps[1]
    assert(gap)
    await page.locator('.gap').nth(1).click()
    await visitor.until(
      async () => {
        const [lat, lon] = ['lat', 'lon'].map((name) => Number(new URLSearchParams(page.url().split('#')[1]).get(name)))
        return Math.hypot((lat ?? 0) - gap.lat, (lon ?? 0) - gap.lon)
      },
      (away) => away < 0.02,
      'the map comes to the gap',
    )
    assert.equal(await page.locator('.gap[aria-pressed="true"]').count(), 1)
    await visitor.settled()
    await visitor.shoot('desktop-coverage-gap')
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.gap[aria-pressed="true"]').count(), 0)
  },

  'the mouse asks anywhere how far it is, and the way is drawn': async (visitor) => {
    visitor.expected = /Failed to load resource.*404/
    const site = await firstSite(visitor, { size: 'desktop' })
    const page = await open(visitor, `&z=15&lat=${site.lat - 0.004}&lon=${site.lon - 0.004}`)
    const middle = await middleOfMap(page, 'desktop')
    const answer = page.waitForResponse(/coverage\/here/)
    await page.mouse.move(middle.x + 37, middle.y + 21)
    const { properties } = (await (await answer).json()) as Here
    const minutes = Math.max(1, Math.ceil(properties.walk_secs / 60))
    await visitor.says(page.locator('.here-tip'), new RegExp(`最近的阅读空间要走 ${minutes}\\s*分钟`))
    const tip = await page.locator('.here-tip').innerText()
    assert(tip.includes(properties.site.name))
    assert(!properties.second || tip.includes(properties.second.name))
    await visitor.settled()
    await visitor.shoot('desktop-coverage-here')
    await page.mouse.click(middle.x + 37, middle.y + 21)
    await visitor.says(page.locator('.here-card'), new RegExp(`要走 ${minutes}\\s*分钟`))
    assert.equal(await page.locator('.here-tip').isVisible(), false)
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.here-card').isVisible(), false)
  },

  'a tap tells the same on a phone': async (visitor) => {
    const site = await firstSite(visitor, { size: 'phone' })
    const page = await open(visitor, `&z=15&lat=${site.lat - 0.003}&lon=${site.lon}`)
    const answer = page.waitForResponse(/coverage\/here/)
    await page.touchscreen.tap(120, 300)
    const { properties } = (await (await answer).json()) as Here
    await visitor.says(page.locator('.here-card'), new RegExp(`要走 ${Math.ceil(properties.walk_secs / 60)}\\s*分钟`))
    await visitor.settled()
    await visitor.shoot('phone-coverage-here')
    await page.locator('.here-card').getByRole('button', { name: '关闭' }).click()
    assert.equal(await page.locator('.here-card').isVisible(), false)
  },

  'a site shows whom it serves and from where, and goes again': async (visitor) => {
    const site = await firstSite(visitor, { size: 'desktop' })
    const page = await open(visitor, `&z=15&lat=${site.lat}&lon=${site.lon}`)
    const middle = await middleOfMap(page, 'desktop')
    await page.mouse.click(middle.x, middle.y)
    await visitor.addressHas(new RegExp(`service=${site.id}`))
    const wanted = await visitor.api<Serves>(`service-area?site=${site.id}&minutes=15`)
    await visitor.says(page.locator('.service-figure'), new RegExp(`^${figure(wanted.children)} 名`))
    await visitor.says(page.locator('.service-name'), new RegExp(wanted.site.name.slice(0, 8)))
    await visitor.settled()
    await visitor.shoot('desktop-coverage-service')
    await page.mouse.click(middle.x, middle.y)
    assert.equal(await page.locator('.service').count(), 0, 'a second press leaves it')
    await page.mouse.click(middle.x, middle.y)
    await page.locator('.service').waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.service').count(), 0, 'Escape leaves it')
  },

  'at a given time only the places that are open then count, and the rest is told': async (visitor) => {
    const page = await open(visitor, '', { size: 'desktop' })
    await page.locator('[data-part="at"]').click()
    const answer = page.waitForResponse(/api\/coverage\?.*at=/)
    await page.getByLabel('星期').selectOption('周一')
    await visitor.addressHas(/at=Mo-10:00/)
    const { sites, share } = (await (await answer).json()) as Coverage
    assert(sites.not_open > 0 && sites.unknown_hours > 0)
    await visitor.says(page.locator('.share-figure'), new RegExp(`^${percent(share)}`))
    await visitor.says(page.locator('.share'), /只算当时开放的场所/)
    const out = new RegExp(`${sites.unknown_hours} 处没有登记开放时间、${sites.not_open} 处那时不开放`)
    await visitor.says(page.locator('.out'), out)
  },

  'a link restores the whole question': async (visitor) => {
    const page = await open(visitor, '', { size: 'desktop' })
    await page.locator('[data-part="profile"]').click()
    await page.getByText('10–14岁儿童').click()
    await page.locator('[data-part="only"]').click()
    await page.getByLabel('示范点').selectOption('true')
    await page.getByRole('button', { name: '好了' }).click()
    await page.locator('[data-part="ages"]').click()
    await page.getByText(/^6–9\s*岁$/).click()
    await page.locator('[data-part="at"]').click()
    await page.getByLabel('指定时间').check()
    await page.getByRole('button', { name: '好了' }).click()
    await slide(page, 22)
    await visitor.addressHas(/minutes=22&profile=child_10_14&at=Sa-10:00&ages=6-9&only=demonstration:true/)
    await visitor.settled()
    const figures = await page.locator('.share').innerText()
    const sentence = await page.locator('.ask').innerText()
    assert.match(sentence, /22\s*分钟步行[\s\S]*10–14岁儿童[\s\S]*周六 10:00[\s\S]*6–9\s*岁[\s\S]*示范点/)
    const link = page.url()
    const other = await visitor.arrive({ size: 'desktop' })
    await other.goto(link)
    await other.locator('.share-figure').waitFor()
    await visitor.settled()
    assert.equal(await other.locator('.share').innerText(), figures)
    assert.equal(await other.locator('.ask').innerText(), sentence)
    assert.equal(other.url(), link)
  },

  'without a mouse: question, minutes, gap, and the walk from the middle of the map': async (visitor) => {
    visitor.expected = /Failed to load resource.*404/
    const site = await firstSite(visitor, { size: 'desktop' })
    const page = await open(visitor, `&z=14&lat=${site.lat}&lon=${site.lon}`)
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null
        return `${element?.className} ${element?.dataset.part ?? ''} ${element?.dataset.gap ?? ''}`
      })
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        if (wanted.test(await focused())) return
        await page.keyboard.press('Tab')
      }
      assert.fail(`Tab never came to ${wanted}; at last ${await focused()}`)
    }
    await page.locator('[data-tab="coverage"]').focus()
    await tabTo(/ask-word profile/)
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('.ask-choice input:checked').evaluate((e) => e === document.activeElement), true)
    await page.keyboard.press('ArrowDown')
    await visitor.addressHas(/profile=/)
    await page.keyboard.press('Escape')
    assert.match(await focused(), /ask-word profile/)
    await tabTo(/minutes/)
    const slider = page.locator('.minutes')
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^16\s*分钟$/)
    await visitor.says(page.locator('.coverage > [role="status"]'), /^16\s*分钟：\d+% 的儿童走得到$/)
    await tabTo(/gap +0/)
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('.gap[aria-pressed="true"]').count(), 1)
    assert.match(await focused(), /gap +0/)
    await page.locator('#map').focus()
    await page.keyboard.press('Enter')
    await visitor.until(() => page.locator('.here-card').isVisible(), Boolean, 'Enter on the map asks for its middle')
  },

  'the same question in English': async (visitor) => {
    const page = await open(visitor, '&minutes=10&lang=en', { size: 'desktop' })
    await visitor.says(page.locator('.share-figure'), /^\d+%\s*of children get there$/)
    await visitor.says(page.locator('.ask'), /Reading space[\s\S]*10\s*min walk[\s\S]*Any time/)
    // A village or street may have no English name; everything else is said in English.
    const said = await page.locator('.coverage').evaluate((panel) => {
      for (const name of panel.querySelectorAll('.gap .row-name')) name.remove()
      return panel.textContent ?? ''
    })
    assert.equal(said.match(/[\u4e00-\u9fff]+/)?.[0], undefined, 'no Chinese is left')
    await page.locator('#language').click()
    await visitor.says(page.locator('.ask'), /阅读空间[\s\S]*10\s*分钟步行/)
    await visitor.addressHas(/minutes=10/)
  },

  'what fails is told in the words of the server, and the old picture stays': async (visitor) => {
    const page = await open(visitor, '', { size: 'desktop' })
    visitor.expected = /Failed to load resource.*503/
    let broken = true
    await page.route('**/api/coverage/cells?*', (route) =>
      broken
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            json: { status: 503, title: 'Busy', title_zh: '正在计算', detail: 'Wait', detail_zh: '请稍后再试' },
          })
        : route.continue(),
    )
    const before = await page.locator('.share-figure').innerText()
    await page.locator('[data-part="profile"]').click()
    await page.getByText('家长带幼儿').click()
    await visitor.says(page.locator('.toast'), /正在计算\s*请稍后再试/)
    assert.equal(await page.locator('.share-figure').innerText(), before)
    assert((await painted(page, 2)) > 50, 'the painting is still there')
    broken = false
    await page.getByRole('button', { name: '重试' }).click()
    await visitor.until(
      () => page.locator('.share-figure').innerText(),
      (now) => now !== before,
      'the new answer comes',
    )
  },

  'without children the page says what to do': async (visitor) => {
    for (const size of ['desktop', 'phone'] as const) {
      const page = await visitor.arrive({ size })
      visitor.expected = /Failed to load resource.*404/
      let none = true
      await page.route('**/api/children', (route) =>
        none
          ? route.fulfill({
              status: 404,
              contentType: 'application/problem+json',
              json: {
                status: 404,
                title: 'No children yet',
                title_zh: '还没有儿童分布',
                detail: 'Run yimi import children FILE',
                detail_zh: '请在服务器上运行 yimi import children 文件',
              },
            })
          : route.continue(),
      )
      await visitor.open('#panel=coverage')
      await visitor.says(page.locator('.panel-body'), /还没有儿童分布[\s\S]*yimi import children/)
      await visitor.shoot(`${size}-coverage-empty`)
      none = false
      await page.getByRole('button', { name: '重试' }).click()
      await page.locator('.share-figure').waitFor()
    }
  },

  'a condition that no site meets says so, and can be dropped': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    await visitor.alter<Coverage>('**/api/coverage?*demonstration*', (answer) => ({
      ...answer,
      sites: { ...answer.sites, counted: 0 },
    }))
    await visitor.open('#panel=coverage&only=demonstration:true')
    await visitor.says(page.locator('.coverage .notice'), /没有可以算的阅读空间/)
    await visitor.shoot('desktop-coverage-no-site')
    await page.getByRole('button', { name: '去掉条件' }).click()
    await page.locator('.share-figure').waitFor()
    assert.equal(await page.locator('.coverage .notice').count(), 0)
  },

  'a network too large to be sent is painted by cells': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    visitor.expected = /Failed to load resource.*404/
    await page.route('**/api/network/streets', (route) =>
      route.fulfill({ status: 404, contentType: 'application/problem+json', json: { status: 404, title: 'Too many' } }),
    )
    await open(visitor, '&legend=1')
    await visitor.says(page.locator('.legend'), /色块/)
    assert((await painted(page, 2)) > 50)
    await visitor.shoot('desktop-coverage-cells')
  },
}
