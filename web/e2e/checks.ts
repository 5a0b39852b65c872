// What several stories hold every state against: nothing out of reach for a screen reader, nothing too small for a thumb.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

export const axe = createRequire(`${process.cwd()}/`).resolve('axe-core/axe.min.js')
type Finding = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

/** The page must have been opened with `axe` as an init script. */
export async function checkReach(page: Page, state: string): Promise<void> {
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe.run
    return (await run()).violations
  })
  const told = found.map(
    (f) => `${f.id}: ${f.help}\n  ${f.nodes.map((n) => `${n.html}\n  ${n.failureSummary}`).join('\n  ')}`,
  )
  assert.deepEqual(told, [], state)
}

/** What can be pressed on a phone, 44 px and more; what is grown by an invisible frame counts with it. */
export async function checkThumbs(page: Page, state: string): Promise<void> {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input, textarea, summary, a.button')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
      .map((element) => {
        const label = element.matches('[type="radio"], [type="checkbox"]') ? element.closest('label') : null
        const box = (label ?? element).getBoundingClientRect()
        const more = getComputedStyle(element, '::after')
        const grown =
          more.content !== 'none' && more.position === 'absolute' ? -2 * Number.parseFloat(more.top || '0') : 0
        const wider = grown > 0 && Number.parseFloat(more.left || '0') < 0 ? grown : 0
        return {
          name: element.className || element.id,
          width: box.width + wider,
          height: box.height + Math.max(0, grown || 0),
        }
      })
      .filter(({ name, width, height }) => !/sheet-handle/.test(name) && (width < 44 || height < 43.9)),
  )
  assert.deepEqual(small, [], `too small: ${state}`)
}

/** Buttons on the map that lie under something else, so that a press means another thing. */
export async function checkUncovered(page: Page, state: string): Promise<void> {
  const covered = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.map-controls button')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => {
        const { left, top, width, height } = element.getBoundingClientRect()
        const corners = [0.2, 0.8].flatMap((x) => [0.2, 0.8].map((y) => [left + x * width, top + y * height] as const))
        return corners.some(([x, y]) => !element.contains(document.elementFromPoint(x, y)))
      })
      .map((element) => element.getAttribute('aria-label')),
  )
  assert.deepEqual(covered, [], `covered: ${state}`)
}

/** Words that are cut off or stick out to the side; a row that scrolls may. */
export async function checkFits(page: Page, state: string): Promise<void> {
  const out = await page.evaluate(() => {
    const panel = document.querySelector('.panel-body')
    if (!panel) return []
    const { right } = panel.getBoundingClientRect()
    return [...panel.querySelectorAll<HTMLElement>('button, p, h2, h3, h4, td, th, dd, dt, span, label, input, a')]
      .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden, .needs'))
      .filter((element) => element.getBoundingClientRect().right > right + 0.5)
      .map((element) => `${element.className}: ${element.textContent?.slice(0, 60)}`)
  })
  assert.deepEqual(out, [], `sticks out: ${state}`)
}
