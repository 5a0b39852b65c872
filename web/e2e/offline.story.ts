import assert from 'node:assert/strict'
import type { Stories } from './visitor'

export const stories: Stories = {
  'with the cable pulled everything works: nothing is asked of anyone but the server': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await visitor.open()
    await page.locator('#search').fill('xtsg')
    await page.locator('.option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.card-name').waitFor()
    await page.getByRole('button', { name: '返回' }).click()
    await page.getByRole('button', { name: '目标' }).click()
    await page.locator('[data-target] .button').first().click()
    await visitor.settled()
    const home = new URL(visitor.server).origin
    assert(asked.length > 8)
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(home) && !url.startsWith('data:')),
      [],
    )
  },

  'the page obeys the content security policy of the server': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    const response = await page.goto(visitor.server)
    const policy = response?.headers()['content-security-policy'] ?? ''
    assert.match(policy, /default-src 'self'/)
    assert(!policy.includes("'unsafe-inline'"), policy)
    // A violation is reported on the console, which visitors hold against the page.
    await visitor.open()
  },

  'with no signal both doors open, with the last area, its cards and a plain word about it': async (visitor) => {
    const page = await visitor.arrive({
      size: 'phone',
      worker: true,
      position: { longitude: 116.2486, latitude: 36.3362 },
    })
    // Without a signal the browser says so on the console, once for each thing that was asked for.
    visitor.expected = /ERR_INTERNET_DISCONNECTED|Failed to load|net::ERR/
    await visitor.signIn()
    await page.goto(`${visitor.server.replace(/\/$/, '')}/register.html`)
    await page.locator('.office-doors, nav').first().waitFor()
    await visitor.open()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.reload()
    await page.locator('#find-open').tap()
    await page.locator('.near-row').first().waitFor()
    const name = await page.locator('.near-row .row-name').first().innerText()
    await visitor.settled()
    await page.waitForTimeout(500)
    await page.context().setOffline(true)
    await page.goto(`${visitor.server.replace(/\/$/, '')}/#`)
    await page.reload()
    await page.locator('#find-open').waitFor()
    await visitor.says(page.locator('.signal'), /离线/)
    await page.locator('#find-open').tap()
    await visitor.says(page.locator('.near'), /没有信号，没法只挑开放的/)
    await visitor.shoot('phone-offline')
    await page.locator('#search').fill(name.slice(2, 5))
    await visitor.says(page.locator('.option').first(), new RegExp(name.slice(2, 5)))
    await page.locator('.option').first().tap()
    await page.locator('.card-name').waitFor()
    await page.goBack()
    await page.locator('.near-row').first().waitFor()
    await page.locator('[data-tab="coverage"]').tap()
    await visitor.says(page.locator('.panel-body'), /连不上服务器/)
    await page.goBack()
    await page.locator('.near-row').first().waitFor()
    await page.locator('#search').fill('zzz')
    await visitor.says(page.locator('.popup'), /没有信号，只在这台设备看过的场所名称里找/)
    await page.locator('#search').fill('')
    await page.locator('.near-row').filter({ hasText: name }).first().tap()
    await visitor.says(page.locator('.card'), /开放时间|\d\d:\d\d–\d\d:\d\d/)
    await visitor.shoot('phone-offline-card')
    const kept = await page.evaluate(async () => {
      const cache = await caches.open('yimi-answers')
      return (await cache.keys()).map(({ url }) => url)
    })
    assert(kept.length > 3)
    assert.deepEqual(
      kept.filter((url) => /nearby|route|session|search|registrations|homes|people/.test(url)),
      [],
      'neither positions nor anything personal is kept',
    )
    await page.goto(`${visitor.server.replace(/\/$/, '')}/register.html`)
    await visitor.says(page.locator('.office-offline'), /没有信号/)
    await visitor.shoot('phone-offline-register')
    await page.context().setOffline(false)
    await visitor.open('#z=12&lat=36.33&lon=116.25')
    await page.reload()
    await visitor.says(page.locator('.list-title'), /图中 [1-9]/)
    assert.equal(await page.locator('.signal').isVisible(), false)
  },

  'somebody who was here once, and only looked, finds the map again with no signal': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone', worker: true })
    visitor.expected = /ERR_INTERNET_DISCONNECTED|Failed to load|net::ERR/
    await visitor.open()
    const kept = (): Promise<string> =>
      page.evaluate(async () => (await (await caches.open('yimi-answers')).keys()).map(({ url }) => url).join(' '))
    const all = (urls: string): boolean =>
      ['config', 'kinds', 'areas', 'sites?'].every((one) => urls.includes(`api/${one}`))
    await visitor.until(kept, all, 'what was loaded before the worker came is kept')
    await visitor.settled()
    await page.context().setOffline(true)
    await page.reload()
    await page.locator('#find-open').waitFor()
    await visitor.says(page.locator('.signal'), /离线/)
  },

  'what an older version kept is cleared away': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone', worker: true })
    await page.goto(`${visitor.server.replace(/\/$/, '')}/manifest.webmanifest`)
    await page.evaluate(() => caches.open('yimi-shell-of-last-year'))
    await visitor.open()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    const shelves = (): Promise<string[]> => page.evaluate(() => caches.keys())
    await visitor.until(
      shelves,
      (names) => !names.includes('yimi-shell-of-last-year') && names.some((name) => name.startsWith('yimi-shell-')),
      'only the newest is there',
    )
  },
}
