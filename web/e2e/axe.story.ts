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

/** One of each: a new place in town, one where no street is, a guard, other hours, and a site that closes. */
function plan(closed: number): string {
  const spot = (lon: number, lat: number): string =>
    [lon, lat].map((degrees) => Math.round(degrees * 1e7).toString(36)).join('.')
  const added = `a${spot(116.25, 36.34)},nA_a${spot(115.9, 36.5)}_p${spot(116.246, 36.3336)}`
  return `kind=reading_space&z=13&lat=36.335&lon=116.25&plan=${added}_r${closed}_h${closed + 1},Sa-Su+09:00-20:00`
}

/** What is chosen, and the map that shows what differs. */
async function lookAtPlan(visitor: Visitor, state: string): Promise<void> {
  const { page } = visitor
  for (const change of [0, 3]) {
    await page.locator('.change-main').nth(change).dispatchEvent('click')
    await check(visitor, `${state} card ${change}`)
  }
  await page.locator('[data-view="difference"]').dispatchEvent('click')
  await check(visitor, `${state} difference`)
  await page.locator('[data-tool="site"]').dispatchEvent('click', { detail: 1 })
  await check(visitor, `${state} placing`)
}

function tour(size: 'desktop' | 'phone', scheme: 'light' | 'dark', lang: string): (visitor: Visitor) => Promise<void> {
  return async (visitor) => {
    const page = await visitor.arrive({ size, scheme })
    await page.addInitScript({ path: axe })
    const states = [
      '',
      '#kinds=school',
      '#panel=nearby',
      `#way=${await site(visitor)}`,
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
      '#panel=plan',
      `#panel=plan&at=Sa-10:00&${plan(await site(visitor))}`,
      `#panel=plan&legend=1&${plan(await site(visitor))}`,
    ]
    for (const state of states) {
      await page.goto('about:blank')
      await visitor.open(lang === 'en' ? `${state || '#'}&lang=en` : state)
      await check(visitor, `${state} ${size} ${scheme} ${lang}`)
      if (state.includes('plan=') && !state.includes('legend')) await lookAtPlan(visitor, `${state} ${size} ${scheme}`)
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
