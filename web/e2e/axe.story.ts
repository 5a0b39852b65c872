import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import type { Stories, Visitor } from './visitor'

const axe = createRequire(`${process.cwd()}/`).resolve('axe-core/axe.min.js')
type Finding = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

async function check(visitor: Visitor, state: string): Promise<void> {
  const page = visitor.page
  await visitor.settled()
  // Through the debugger, which the page's own policy does not bind.
  await page.evaluate(() => document.querySelector('.toast button:last-child')?.dispatchEvent(new Event('click')))
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe.run
    return (await run()).violations
  })
  const told = found.map(
    (f) => `${f.id}: ${f.help}\n  ${f.nodes.map((n) => `${n.html}\n  ${n.failureSummary}`).join('\n  ')}`,
  )
  assert.deepEqual(told, [], state)
}

async function site(visitor: Visitor): Promise<number> {
  const found = await visitor.api<{ features: { id: number }[] }>('sites?q=县图书馆少儿阅览室&limit=1')
  return found.features[0]?.id ?? 0
}

function tour(size: 'desktop' | 'phone', scheme: 'light' | 'dark', lang: string): (visitor: Visitor) => Promise<void> {
  return async (visitor) => {
    const page = await visitor.arrive({ size, scheme })
    await page.addInitScript({ path: axe })
    const states = [
      '',
      '#kinds=school',
      `#site=${await site(visitor)}`,
      '#panel=towns',
      '#town=371524001',
      '#panel=targets',
      '#legend=1',
      '#panel=targets&target=demonstration-reading-spaces',
      '#z=17&lat=36.5&lon=116.1',
      '#panel=coverage',
      '#panel=coverage&minutes=30&legend=1',
      `#panel=coverage&service=${await site(visitor)}`,
    ]
    for (const state of states) {
      await page.goto('about:blank')
      await visitor.open(lang === 'en' ? `${state || '#'}&lang=en` : state)
      await check(visitor, `${state} ${size} ${scheme} ${lang}`)
      if (size === 'phone') {
        await page.locator('.sheet-handle').focus()
        await page.keyboard.press('ArrowUp')
        await page.keyboard.press('ArrowUp')
        await check(visitor, `${state} full sheet ${scheme} ${lang}`)
      }
      await visitor.shoot(`${size}-${scheme}-${lang}-${state.replace(/[^a-z]+/g, '') || 'first'}`)
    }
    await page.goto('about:blank')
    await visitor.open(lang === 'en' ? '#lang=en' : '')
    await page.locator('#search').fill('图书')
    await page.locator('.option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await check(visitor, `search ${size} ${scheme}`)
    await visitor.shoot(`${size}-${scheme}-${lang}-search`)
    await page.locator('#search').fill('绝无此处')
    await page.locator('.popup .notice').waitFor()
    await check(visitor, `search without result ${size} ${scheme}`)
    await page.keyboard.press('Escape')
    await page.locator('.demo-badge').click()
    await check(visitor, `dialog ${size} ${scheme}`)
  }
}

export const stories: Stories = {
  'no state is out of reach, desktop, light, Chinese': tour('desktop', 'light', 'zh'),
  'no state is out of reach, desktop, dark, English': tour('desktop', 'dark', 'en'),
  'no state is out of reach, phone, light, English': tour('phone', 'light', 'en'),
  'no state is out of reach, phone, dark, Chinese': tour('phone', 'dark', 'zh'),
}
