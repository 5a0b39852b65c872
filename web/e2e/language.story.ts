import assert from 'node:assert/strict'
import type { Stories } from './visitor'

const chinese = /[\u4e00-\u9fff]/

export const stories: Stories = {
  'one press turns the whole page into English, and back': async (visitor) => {
    const page = await visitor.open('#legend=1', { size: 'desktop' })
    await page.getByRole('button', { name: 'English' }).click()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    assert.match(await page.title(), /Dong'e County/)
    await visitor.addressHas(/lang=en/)
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'language')
    // Everything but names that others wrote, and the door back, is English, in sight and for screen readers.
    for (const tab of ['browse', 'towns', 'targets']) {
      await page.locator(`[data-tab="${tab}"]`).click()
      await visitor.settled()
      const left = await page.evaluate(() => {
        const own = 'noscript, script, .row-name, .card-name-en, .language, .target dd'
        const words: string[] = []
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) {
          if (!walker.currentNode.parentElement?.closest(own)) words.push(walker.currentNode.textContent ?? '')
        }
        for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
          if (element.closest(own)) continue
          for (const name of ['aria-label', 'placeholder', 'title']) words.push(element.getAttribute(name) ?? '')
        }
        return words
      })
      assert.deepEqual(
        left.filter((text) => chinese.test(text)),
        [],
        `Chinese left in ${tab}`,
      )
      await visitor.shoot(`desktop-en-${tab}`)
    }
    await page.getByRole('button', { name: '中文' }).click()
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN')
  },
}
