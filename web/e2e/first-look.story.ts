import assert from 'node:assert/strict'
import type { Stories } from './visitor'

export const stories: Stories = {
  'a newcomer on a desktop sees the county, its sites, and that the data are a demonstration': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    assert.match(await page.title(), /东阿县.*一米/)
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN')
    await visitor.says(page.locator('.list-title'), /^图中 [1-9]\d\d 处$/)
    assert.equal(await page.locator('.rows .row').count(), 50)
    const kinds = await visitor.api<{ kinds: { visibility: string; name: { zh: string } }[] }>('kinds')
    const points = kinds.kinds.filter((kind) => kind.visibility === 'public')
    assert.equal(await page.locator('.chip[data-kind]').count(), points.length)
    assert(!(await page.locator('.chips').innerText()).includes('希望小屋'), 'hope cabins are no chip')
    assert.equal(await page.locator('path.area').count(), 10)
    await page.getByRole('button', { name: '示例数据' }).click()
    await visitor.says(page.getByRole('dialog'), /编造/)
    await page.keyboard.press('Escape')
    assert.equal(await page.getByRole('dialog').count(), 0)
    await visitor.shoot('desktop-first-look')
  },

  'units find their door from the public page, and the way back': async (visitor) => {
    for (const size of ['desktop', 'phone'] as const) {
      const page = await visitor.open('', { size })
      await page.locator(size === 'phone' ? '.corner-door' : '.header-door').click()
      await page.locator('#account').waitFor()
      await visitor.shoot(`${size}-units-door`)
      await page.locator('.office-map').click()
      await page
        .locator(size === 'phone' ? '#find-open' : '.rows .row')
        .first()
        .waitFor()
    }
  },

  'the canvas of the map is really drawn on, in light and in dark': async (visitor) => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await visitor.open('', { size: 'desktop', scheme })
      const colours = await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.frame-canvas')
        const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        const seen = new Set<number>()
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] === 255) seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0))
        }
        return [0x0f766e, 0x1d4ed8, 0xc2410c].filter((colour) => seen.has(colour)).length
      })
      assert.equal(colours, 3, `colours of reading spaces, schools and kindergartens in ${scheme}`)
      await visitor.shoot(`desktop-${scheme}`)
    }
  },

  'the legend shows every kind and says that the outlines are schematic': async (visitor) => {
    const page = await visitor.open('', { size: 'desktop' })
    await page.getByRole('button', { name: '图例' }).click()
    const legend = page.locator('.legend')
    assert.equal(await legend.locator('.legend-kinds li').count(), await page.locator('.chip[data-kind]').count())
    await visitor.says(legend, /示意/)
    await visitor.says(legend, /示范点/)
    await visitor.addressHas(/legend=1/)
    await visitor.shoot('desktop-legend')
    await legend.getByRole('button', { name: '关闭' }).click()
    assert.equal(await legend.count(), 0)
  },

  'on a phone the sheet has three stops, by finger and by key': async (visitor) => {
    const page = await visitor.open('#z=12&lat=36.33&lon=116.25', { size: 'phone' })
    const sheet = page.locator('.sheet')
    const stop = (): Promise<string | null> => sheet.getAttribute('data-stop')
    assert.equal(await stop(), 'peek')
    await visitor.shoot('phone-peek')
    await page.locator('.sheet-handle').focus()
    await page.keyboard.press('ArrowUp')
    assert.equal(await stop(), 'half')
    await page.keyboard.press('ArrowUp')
    assert.equal(await stop(), 'full')
    await page.locator('.sheet-handle').click()
    assert.equal(await stop(), 'peek')
    const drag = async (from: number, to: number): Promise<void> => {
      const session = await page.context().newCDPSession(page)
      const touch = (type: string, y: number) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: type === 'touchEnd' ? [] : [{ x: 150, y }],
        } as never)
      await touch('touchStart', from)
      for (let i = 1; i <= 8; i++) {
        await touch('touchMove', from + ((to - from) * i) / 8)
        await page.waitForTimeout(25)
      }
      // Rests before it lets go, so that it is no flick.
      await page.waitForTimeout(120)
      await touch('touchMove', to)
      await touch('touchEnd', to)
    }
    const top = (await sheet.boundingBox())?.y ?? 0
    await drag(top + 12, 844 * 0.5)
    await visitor.until(stop, (value) => value === 'half', 'dragged to half')
    await visitor.shoot('phone-half')
    await drag(844 * 0.5 + 14, 90)
    await visitor.until(stop, (value) => value === 'full', 'dragged to full')
    await visitor.shoot('phone-full')
  },
}
