import assert from 'node:assert/strict'
import type { Stories, Visitor } from './visitor'

type Colour = [red: number, green: number, blue: number]

/** The colour of the base map at a place that is in sight. */
async function colourAt(visitor: Visitor, dx = 0, dy = 0): Promise<Colour> {
  return visitor.page.evaluate(
    ([x, y]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.ground-canvas')
      const map = document.querySelector('#map')?.getBoundingClientRect()
      // A copy is read, since reading makes a browser move the canvas to slower memory and say so.
      const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      if (!canvas || !copy || !map) return [0, 0, 0] as Colour
      const box = canvas.getBoundingClientRect()
      const ratio = canvas.width / box.width
      const [px, py] = [map.left + map.width / 2 + (x ?? 0) - box.left, map.top + map.height / 2 + (y ?? 0) - box.top]
      copy.drawImage(canvas, Math.round(px * ratio), Math.round(py * ratio), 1, 1, 0, 0, 1, 1)
      const [r = 0, g = 0, b = 0] = copy.getImageData(0, 0, 1, 1).data
      return [r, g, b] as Colour
    },
    [dx, dy],
  )
}

const isBlue = ([r, g, b]: Colour): boolean => b > g && g > r && b - r > 25

export const stories: Stories = {
  'under the sites lies a map of this server’s own: the lake is blue, by day and by night': async (visitor) => {
    for (const scheme of ['light', 'dark'] as const) {
      for (const size of ['desktop', 'phone'] as const) {
        await visitor.arrive({ size, scheme })
        for (const zoom of [13, 16, 18]) {
          const page = await visitor.open(`#z=${zoom}&lat=36.33094&lon=116.23906`)
          await page.reload()
          await visitor.until(() => colourAt(visitor), isBlue, `the lake at ${zoom} in ${scheme}`)
          await visitor.settled()
          await visitor.shoot(`ground-${size}-${scheme}-${zoom}`)
        }
      }
    }
  },

  'the Yellow River runs along the county, and the corner says what the map is made of': async (visitor) => {
    const page = await visitor.open('#z=12&lat=36.271&lon=116.406', { size: 'desktop' })
    const across = async (): Promise<number> => {
      let blue = 0
      for (let dy = -200; dy <= 200; dy += 4) if (isBlue(await colourAt(visitor, 0, dy))) blue += 1
      return blue
    }
    await visitor.until(across, (blue) => blue >= 2, 'water from north to south')
    await visitor.says(page.locator('.map-corner'), /底图为示例数据/)
    assert(!(await page.locator('.map-corner').innerText()).includes('OpenStreetMap'), 'nothing of it is theirs')
    await visitor.shoot('ground-river')
  },

  'where the data are OpenStreetMap’s they are credited with a link': async (visitor) => {
    await visitor.arrive({ size: 'phone' })
    await visitor.alter<{ openstreetmap: boolean; ground: object }>('**/api/config', (config) => ({
      ...config,
      openstreetmap: true,
      ground: { ...config.ground, demonstration: false },
    }))
    const page = await visitor.open()
    const credit = page.locator('.map-corner a[href*="openstreetmap"]')
    await visitor.says(credit, /OpenStreetMap/)
    assert.equal(await credit.getAttribute('href'), 'https://www.openstreetmap.org/copyright')
  },

  'after a drag and a zoom the map is drawn where it belongs, as sharp as before': async (visitor) => {
    const page = await visitor.open('#z=16&lat=36.33094&lon=116.23906', { size: 'desktop' })
    await visitor.until(() => colourAt(visitor), isBlue, 'the lake')
    const map = await page.locator('#map').boundingBox()
    assert(map)
    const [x, y] = [map.x + map.width / 2, map.y + map.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 380, y, { steps: 12 })
    await page.mouse.up()
    await visitor.settled()
    // the lake went along, and its eastern shore with the park came to where it was
    await visitor.until(() => colourAt(visitor, 380, 0), isBlue, 'the lake after the drag')
    await page.getByRole('button', { name: '缩小' }).click()
    await visitor.settled()
    await visitor.until(() => colourAt(visitor, 190, 0), isBlue, 'the lake at half the size')
    const sharp = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.ground-canvas')
      const scale = canvas ? new DOMMatrix(getComputedStyle(canvas).transform).a : 0
      const wanted = Math.round(Number.parseFloat(canvas?.style.width ?? '') * devicePixelRatio)
      return scale === 1 && canvas?.width === wanted
    })
    assert(sharp, 'the canvas is not stretched')
  },

  'with an online base map set nothing of this one is asked for': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.route('**/online/**', (route) => route.fulfill({ status: 200, contentType: 'image/svg+xml', body: svg }))
    const basemap = { url: '/online/{z}/{x}/{y}', labels: null, datum: 'wgs84', attribution: '© 某图', max_zoom: 18 }
    await visitor.alter<object>('**/api/config', (config) => ({ ...config, basemap }))
    await visitor.open()
    await visitor.says(page.locator('.map-corner'), /某图/)
    assert(asked.some((path) => path.startsWith('/online/')))
    assert(!asked.some((path) => path.startsWith('/api/tiles/')), 'no tiles of the own map')
    assert.equal(await page.locator('.ground-canvas').count(), 0)
    // the towns' ground is not painted over the online map
    const opacity = await page
      .locator('path.area')
      .first()
      .evaluate((path) => getComputedStyle(path).fillOpacity)
    assert.equal(opacity, '0')
  },

  'tiles that fail are told once, in words, and come with a second try': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    visitor.expected = /503|status of 5/
    let down = true
    await page.route('**/api/tiles/**', (route) => (down ? route.fulfill({ status: 503, body: '' }) : route.continue()))
    await visitor.open('#z=16&lat=36.33094&lon=116.23906')
    const toast = page.locator('.toast')
    await toast.first().waitFor()
    assert.equal(await toast.count(), 1)
    down = false
    await toast.getByRole('button', { name: '重试' }).click()
    await visitor.until(() => colourAt(visitor), isBlue, 'the lake after all')
  },
}

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#eee"/></svg>'
