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
}
