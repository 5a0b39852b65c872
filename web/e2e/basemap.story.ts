import assert from 'node:assert/strict'
import type { Stories } from './visitor'

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+P+/HgAFhAJ/wlseKgAAAABJRU5ErkJggg==',
  'base64',
)

export const stories: Stories = {
  'on a base map in GCJ-02 the tiles are those of the shifted place, and the approval number is at the lower left':
    async (visitor) => {
      const page = await visitor.arrive({ size: 'desktop' })
      const tiles: string[] = []
      await page.route('**/tiles/**', (route) => {
        tiles.push(new URL(route.request().url()).pathname)
        return route.fulfill({ body: dot, contentType: 'image/png' })
      })
      await page.route('**/api/config', async (route) => {
        const response = await route.fetch()
        const basemap = {
          url: '/tiles/{z}/{x}/{y}',
          labels: null,
          datum: 'gcj02',
          attribution: '© <b>某图</b>',
          max_zoom: 18,
        }
        const map_approval = { number: 'GS(2024)1234号', year: '2024', copyright: '自然资源部' }
        return route.fulfill({ response, json: { ...(await response.json()), basemap, map_approval } })
      })
      const [lat, lon] = [36.335913, 116.243234]
      await visitor.open(`#z=18&lat=${lat}&lon=${lon}`)
      const tile = (latitude: number, longitude: number): string => {
        const n = 2 ** 18
        const phi = (latitude * Math.PI) / 180
        const y = Math.floor(((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * n)
        return `/tiles/18/${Math.floor(((longitude + 180) / 360) * n)}/${y}`
      }
      await visitor.until(
        async () => tiles,
        (all) => all.includes(tile(36.33600393, 116.24885521)),
        'the tile of the shifted seat',
      )
      assert(!tiles.includes(tile(lat, lon)), 'the tile of the unshifted seat is half a kilometre away')
      // What the address bar keeps is WGS-84.
      await visitor.addressHas(/lat=36.33591&lon=116.24323/)
      const corner = page.locator('.map-corner')
      await visitor.says(corner, /审图号：GS\(2024\)1234号 · 2024 · 自然资源部/)
      await visitor.says(corner, /© <b>某图<\/b>/)
      const box = await corner.boundingBox()
      const map = await page.locator('#map').boundingBox()
      assert(box && map && box.x < map.x + 40 && box.y + box.height > map.y + map.height - 60, 'at the lower left')
      await visitor.shoot('desktop-approval')
    },
}
