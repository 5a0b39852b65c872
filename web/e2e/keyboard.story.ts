import assert from 'node:assert/strict'
import type { Stories } from './visitor'

export const stories: Stories = {
  'someone without a mouse finds, reads, goes back and filters': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null
        return `${element?.className} ${element?.dataset.site ?? ''} ${element?.dataset.kind ?? ''}`
      })
    await page.keyboard.press('Tab')
    assert.match(await focused(), /skip/)
    await page.keyboard.press('Enter')
    assert.match(await focused(), /sheet/)
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        if (wanted.test(await focused())) return
        await page.keyboard.press('Tab')
      }
      assert.fail(`Tab never came to ${wanted}; at last ${await focused()}`)
    }
    await tabTo(/row \d+/)
    const site = (await focused()).match(/\d+/)?.[0]
    await page.keyboard.press('Enter')
    await visitor.until(focused, (now) => /card-name/.test(now), 'focus comes to the name on the card')
    await visitor.addressHas(new RegExp(`site=${site}`))
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await tabTo(/back/)
    await page.keyboard.press('Enter')
    await visitor.until(focused, (now) => now.includes(`${site}`), 'focus is back on the line it came from')
    await page.locator('#language').focus()
    await tabTo(/chip .*school/)
    await page.keyboard.press('Space')
    assert.equal(await page.locator('.chip[data-kind="school"]').getAttribute('aria-pressed'), 'true')
    await page.locator('#map').focus()
    const before = page.url()
    await page.keyboard.press('ArrowRight')
    await visitor.until(
      async () => page.url(),
      (url) => url !== before,
      'an arrow moves the map',
    )
  },

  'everything that can be pressed on a phone is large enough for a thumb': async (visitor) => {
    const page = await visitor.open('', { size: 'phone' })
    for (const hash of ['', '#panel=targets', '#panel=towns', '#legend=1', '#panel=coverage']) {
      await visitor.open(hash)
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, select, input')]
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
          .map((element) => {
            const box = element.getBoundingClientRect()
            const more = getComputedStyle(element, '::after')
            const grown =
              more.content !== 'none' && more.position === 'absolute' ? -2 * Number.parseFloat(more.top || '0') : 0
            return { name: element.className, width: box.width, height: box.height + Math.max(0, grown || 0) }
          })
          .filter(({ name, width, height }) => !/sheet-handle/.test(name) && (width < 44 || height < 44)),
      )
      assert.deepEqual(small, [], `too small at ${hash}`)
    }
  },
}
