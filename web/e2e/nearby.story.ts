import assert from 'node:assert/strict'
import { axe, checkFits, checkReach, checkThumbs, checkUncovered } from './checks'
import type { Stories, Visitor } from './visitor'

/** In the county seat, on a street. */
const here = { longitude: 116.2486, latitude: 36.3362 }
const inTown = { size: 'phone', position: here } as const

type Asked = { lon: number; lat: number; kind?: string; open?: boolean; at?: string; age?: number; profile?: string }

/** What is asked about what is near, in order; and every address that is asked for at all. */
function listen(visitor: Visitor): { asked: Asked[]; addresses: string[] } {
  const heard = { asked: [] as Asked[], addresses: [] as string[] }
  visitor.page.on('request', (request) => {
    heard.addresses.push(request.url())
    if (request.method() === 'POST' && request.url().endsWith('/api/nearby')) heard.asked.push(request.postDataJSON())
  })
  return heard
}

const minutesIn = (text: string): number => Number(/(\d+)\s?分钟/.exec(text)?.[1])

export const stories: Stories = {
  'two taps from opening to the nearest open reading space': async (visitor) => {
    const page = await visitor.arrive(inTown)
    const heard = listen(visitor)
    await visitor.open()
    await visitor.shoot('phone-nearby-first')
    await page.locator('#find-open').tap()
    await page.locator('.near-row').first().waitFor()
    assert.equal(heard.asked.length, 1)
    assert.equal(heard.asked[0]?.kind, 'reading_space')
    assert.equal(heard.asked[0]?.open, true)
    const rows = await page.locator('.near-row').allInnerTexts()
    const minutes = rows.map(minutesIn)
    assert(minutes.length > 0 && minutes.every((n) => n > 0), rows.join(' | '))
    assert.deepEqual(
      minutes,
      [...minutes].sort((a, b) => a - b),
      'nearest first, by walking time',
    )
    for (const row of rows) assert.match(row, /米|公里/)
    for (const row of rows) assert.match(row, /开放|关门/)
    await visitor.settled()
    await visitor.shoot('phone-nearby')
    await page.locator('.near-row').first().tap()
    await visitor.says(page.locator('.card-glance'), /步行 \d+\s?分钟.*\n?.*(开放|关门)/)
    await visitor.shoot('phone-nearby-card')
    await page.getByRole('button', { name: '返回' }).tap()
    await page.locator('.near-row').first().waitFor()
    assert.equal(heard.asked.length, 1, 'the way back asks nothing')
    await page.locator('.near-row').first().tap()
    await page.locator('.card-glance').waitFor()
    await page.locator('#way').tap()
    await page.locator('.steps-list li').first().waitFor()
    await visitor.addressHas(/way=/)
    await page.goBack()
    await page.locator('.card-glance').waitFor()
    await page.goBack()
    await page.locator('.near-row').first().waitFor()
    assert.equal(heard.asked.length, 1, 'nor does the Back of the phone, which closes what was opened last')
    await page.goBack()
    await page.locator('#find-open').waitFor()
    assert.equal(await page.locator('.near-row').count(), 0, 'before the list stood the first screen')
    await page.goForward()
    await page.locator('.near-row').first().waitFor()
    assert.equal(heard.asked.length, 1, 'and Forward finds the list again')
    await page.locator('.from-change').tap()
    await page.locator('#find-open').waitFor()
  },

  'on a small phone, at 200 % and sideways nothing on the map lies under anything else': async (visitor) => {
    for (const size of ['small', 'large_text', 'sideways'] as const)
      for (const lang of ['zh', 'en']) {
        const page = await visitor.arrive({ size, position: here })
        await visitor.open(lang === 'en' ? '#lang=en' : '')
        const check = async (state: string): Promise<void> => {
          await visitor.settled()
          await checkUncovered(page, `${size} ${lang} ${state}`)
          await checkFits(page, `${size} ${lang} ${state}`)
          await visitor.shoot(`${size}-${lang}-${state}`)
        }
        await check('first')
        await page.locator('#find-open').tap()
        await page.locator('.near-row').first().waitFor()
        await check('nearby')
        await page.locator('.near-row').first().tap()
        await page.locator('.card-glance').waitFor()
        await check('card')
        await page.locator('#way').tap()
        await page.locator('.steps-list li').first().waitFor()
        await check('way')
        if (size === 'sideways') continue
        await page.locator('.sheet-handle').press('ArrowDown')
        await check('peek')
      }
  },

  'where somebody stands is in a POST and nowhere else: no address, no history, nothing kept': async (visitor) => {
    const page = await visitor.arrive(inTown)
    const heard = listen(visitor)
    await visitor.open()
    await page.locator('#find-all').tap()
    await page.locator('.near-row').first().waitFor()
    await page.locator('.near-row').first().tap()
    await page.locator('#way').tap()
    await page.locator('.steps-list li').first().waitFor()
    await page.getByRole('button', { name: '返回' }).tap()
    await visitor.settled()
    const exact = /116\.2(48|49|5)\d|36\.33[56]\d/
    // Sites come by the box of two kilometres around; its edges are round.
    for (const url of heard.addresses) {
      const box = /bbox=([^&]+)/.exec(decodeURIComponent(url))?.[1]?.split(',') ?? []
      for (const edge of box) assert(Math.abs((Number(edge) / 0.02) % 1) < 1e-6 || Number(edge) % 0.02 > 0.0199, url)
      assert.doesNotMatch(decodeURIComponent(url).replace(/bbox=[^&]+/, ''), exact, url)
    }
    assert.doesNotMatch(decodeURIComponent(page.url()), /lat=|lon=|116\.2|36\.3/)
    await page.getByRole('button', { name: '返回' }).tap()
    await page.locator('.from-change').tap()
    await page.locator('#find-open').waitFor()
    await visitor.settled()
    assert.doesNotMatch(page.url(), /lat=|lon=/, 'nor when it is forgotten')
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]))
    assert.doesNotMatch(kept, exact)
    assert.deepEqual(await page.context().cookies(), [])
  },

  'on Saturday at eight in the evening, with a child of six': async (visitor) => {
    const page = await visitor.arrive(inTown)
    const heard = listen(visitor)
    await visitor.open()
    await page.locator('#find-all').tap()
    await page.locator('.near-row').first().waitFor()
    await page.locator('[data-need="when"]').tap()
    await page.locator('#when-day').selectOption('5')
    await page.locator('#when-time').fill('20:00')
    await page.getByRole('button', { name: '这个时间' }).tap()
    await visitor.until(
      async () => heard.asked.at(-1)?.at ?? '',
      (at) => /T20:00$/.test(at),
      'the time is asked for',
    )
    const at = heard.asked.at(-1)?.at ?? ''
    assert.equal(new Date(`${at}:00Z`).getUTCDay(), 6, at)
    assert.equal(heard.asked.at(-1)?.open, true)
    await page.locator('[data-need="age"]').selectOption('4')
    await visitor.until(
      async () => heard.asked.at(-1)?.age,
      (age) => age === 4,
      'the age is asked for',
    )
    assert.equal(heard.asked.at(-1)?.profile, 'toddler_with_carer', 'small legs walk at their own pace')
    await visitor.settled()
    await visitor.addressHas(/when=Sa-20:00/)
    await visitor.shoot('phone-saturday')
    assert.equal((await page.locator('.near-row, .near-nothing').count()) > 0, true)
    // The card tells of Saturday, too, and a day that is not today has no tomorrow.
    assert.doesNotMatch(await page.locator('.near').innerText(), /明天|今晚/)
    await page.locator('.near-row').first().tap()
    await visitor.says(page.locator('.card-glance .opening'), /^周六 20:00 · /)
    await page.goBack()
    await page.locator('.near-row').first().waitFor()
  },

  'whoever says no to the position is met kindly and types a town, or presses the map': async (visitor) => {
    const page = await visitor.arrive({ size: 'phone', position: null })
    await visitor.open()
    await page.locator('#find-open').tap()
    await visitor.says(page.locator('.refused'), /没有拿到位置，也没关系|不能定位/)
    await visitor.shoot('phone-no-permission')
    await page.locator('#find-type').tap()
    assert.match((await page.locator('#search').getAttribute('placeholder')) ?? '', /从哪儿出发/)
    await page.locator('#search').fill('铜城街道')
    await page.locator('.option').first().tap()
    await visitor.says(page.locator('.from-name'), /铜城街道/)
    await page.locator('.near-row, .near-nothing').first().waitFor()
    await visitor.settled()
    await page.locator('.from-change').tap()
    await page.locator('#find-open').waitFor()
    await page.mouse.click(190, 250, { button: 'right' })
    await visitor.says(page.locator('.from-name'), /地图上选的地方/)
  },

  'nothing found says why, offers the nearest beyond, and one press asks for less': async (visitor) => {
    const page = await visitor.arrive(inTown)
    await visitor.alter<Record<string, unknown>>('**/api/nearby', (json) => ({
      ...json,
      features: [],
      beyond: (json.features as unknown[]).slice(0, 3),
      explain: { zh: '两小时内走得到的地方，这时候都不开放。', en: 'Nothing within two hours on foot is open then.' },
    }))
    await visitor.open()
    await page.locator('#find-open').tap()
    await visitor.says(page.locator('.near-nothing'), /两小时内走得到的地方/)
    assert((await page.locator('.near-row').count()) > 0, 'what is beyond is offered')
    await visitor.shoot('phone-nothing')
    await page.unroute('**/api/nearby')
    await page.getByRole('button', { name: '去掉条件' }).tap()
    await visitor.says(page.locator('.list-title'), /步行最近的 \d+ 处/)
    await visitor.addressHas(/#panel=nearby$/)
  },

  'a search is shared as what was chosen, without where': async (visitor) => {
    const page = await visitor.arrive(inTown)
    await visitor.open()
    await page.locator('#find-open').tap()
    await page.locator('.near-row').first().waitFor()
    await page.locator('#share-search').tap()
    await page.locator('svg.code').waitFor()
    const link = await page.locator('.share-link a').getAttribute('href')
    assert.match(link ?? '', /#kinds=reading_space&panel=nearby&open=1$/)
    await visitor.shoot('phone-share-search')
  },

  'what is kept is on the first screen again, on this device only': async (visitor) => {
    const page = await visitor.arrive(inTown)
    await visitor.open()
    await page.locator('#find-open').tap()
    await page.locator('.near-row').first().tap()
    const name = await page.locator('.card-name').innerText()
    await page.locator('#keep').tap()
    await visitor.until(
      () => page.locator('#keep').getAttribute('aria-pressed'),
      (pressed) => pressed === 'true',
      'kept',
    )
    await page.goto('about:blank')
    await visitor.open()
    await visitor.says(page.locator('.invite .row-name').first(), new RegExp(name.replace(/[()]/g, '\\$&')))
  },

  'everything near can be had by the keys alone': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop', position: here })
    await visitor.open('#panel=nearby')
    const press = async (id: string): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), id)) break
        await page.keyboard.press('Tab')
      }
      assert(await page.evaluate((wanted) => document.activeElement?.matches(wanted), id), `Tab comes to ${id}`)
      await page.keyboard.press('Enter')
    }
    await press('#find-open')
    await page.locator('.near-row').first().waitFor()
    await press('[data-need="open"]')
    await visitor.settled()
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.need), 'open')
    await press('.near-row')
    await page.locator('.card-name').waitFor()
    await press('#way')
    await page.locator('.steps-list').waitFor()
    await press('[data-way="home"]')
    await visitor.says(page.locator('.way-title'), /回来/)
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.way), 'home')
    await press('.back')
    await page.locator('#way').waitFor()
  },

  'nothing near is out of reach, too small or cut off: light and dark, both languages, big type': async (visitor) => {
    for (const [scheme, lang, big] of [
      ['light', 'zh', false],
      ['dark', 'en', false],
      ['light', 'en', true],
    ] as const) {
      const page = await visitor.arrive({ ...inTown, scheme })
      await page.addInitScript({ path: axe })
      await visitor.open(lang === 'en' ? '#lang=en' : '')
      const check = async (state: string): Promise<void> => {
        await visitor.settled()
        const named = `${state} ${scheme} ${lang} ${big ? 'big' : ''}`
        await checkReach(page, named)
        await checkThumbs(page, named)
        await checkFits(page, named)
        await visitor.shoot(`phone-${scheme}-${lang}-${big ? 'big-' : ''}${state}`)
      }
      if (big) await page.locator('#big-type').tap()
      await check('nearby-first')
      await page.locator('#find-open').tap()
      await page.locator('.near-row').first().waitFor()
      await check('nearby')
      await page.locator('.near-row').first().tap()
      await page.locator('.card').waitFor()
      await page.locator('.sheet-handle').tap()
      await check('nearby-card')
      await page.locator('#way').tap()
      await page.locator('.steps-list').waitFor()
      await page.locator('.sheet-handle').tap()
      await check('way')
      await page
        .getByRole('button', { name: lang === 'en' ? 'Back' : '返回', exact: true })
        .first()
        .tap()
      await page.locator('.back').tap()
    }
  },
}
