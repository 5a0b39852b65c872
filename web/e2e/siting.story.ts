import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe, checkFits, checkReach, checkThumbs } from './checks'
import type { Look, Stories, Visitor } from './visitor'

type Site = { lon: number; lat: number; candidate: string; children: number; pinned: boolean }
type Job = {
  status: string
  result: {
    says: { zh: string; en: string }
    objective: number
    bound: number
    status: string
    children_after: number
    sites: Site[]
    curve: { sites: number; objective: number }[]
  } | null
  request: { must?: { lon: number; lat: number }[]; must_not?: { lon: number; lat: number }[] }
}

const figure = (n: number): string => n.toLocaleString('zh-CN')
/** A search over a whole county takes its time on a busy machine. */
const patient = { timeout: 60_000 }

/** Opens the form; gives the ids of the searches that the page starts from now on. */
async function open(
  visitor: Visitor,
  hash = '',
  look: Look = { size: 'desktop' },
): Promise<{ page: Page; jobs: string[] }> {
  const page = await visitor.arrive(look)
  await page.addInitScript({ path: axe })
  await visitor.signIn()
  const jobs: string[] = []
  page.on('response', async (response) => {
    if (response.request().method() !== 'POST' || !response.url().endsWith('/api/siting') || !response.ok()) return
    jobs.push(((await response.json()) as { id: string }).id)
  })
  await visitor.open(`#panel=plan&kind=reading_space${hash}`)
  await page.locator('.plan-figure').waitFor()
  await page.locator('#room-tab-siting').click()
  await page.locator('.wish-start').waitFor()
  return { page, jobs }
}

async function search(page: Page): Promise<void> {
  await page.locator('.wish-start').click()
  await page.locator('.result-head').waitFor(patient)
}

async function job(visitor: Visitor, jobs: readonly string[]): Promise<Job> {
  const id = jobs.at(-1)
  assert(id, 'no search was started')
  return visitor.api<Job>(`siting/${id}`)
}

/** Chooses what takes the longest, half a minute for most of it, so that there is time to look at it. */
async function chooseSlow(page: Page): Promise<void> {
  await page.locator('#wish-add').fill('40')
  await page.locator('input[name="wish-objective"][value="p_center"]').check()
}

async function after(page: Page): Promise<number> {
  const words = (await page.locator('.plan-figure .share-sentence strong').textContent()) ?? ''
  return Number((words.split('→').at(-1) ?? '').replace(/\D/g, ''))
}

export const stories: Stories = {
  'the next five are found with a proof, taken into the plan, and taken back': async (visitor) => {
    const { page, jobs } = await open(visitor)
    await visitor.shoot('desktop-siting-form')
    await search(page)
    const { result } = await job(visitor, jobs)
    assert(result)
    assert.equal(result.sites.length, 5)
    await visitor.says(page.locator('.result-says'), new RegExp(result.says.zh.replace(/[()+?.]/g, '.')))
    const rows = page.locator('.planned-list > li')
    assert.equal(await rows.count(), 5)
    const lost = [...result.sites].sort((a, b) => b.children - a.children)[0]?.children ?? 0
    await visitor.says(rows.first(), new RegExp(`少了它，${figure(lost)} 名儿童走不到`))
    assert.equal(await page.locator('.planned-marker').count(), 5)
    assert.equal(result.curve.length, 10)
    await visitor.shoot('desktop-siting-result')
    await page.locator('.sites-curve').scrollIntoViewIfNeeded()
    await page.getByText('看数字').last().click()
    assert.equal(await page.locator('.result .numbers tbody tr').count(), 10)
    await visitor.shoot('desktop-siting-curve')
    await page.locator('[data-accept]').click()
    await visitor.addressHas(/plan=a/)
    await visitor.until(
      () => after(page),
      (n) => n === result.children_after,
      `what-if says what siting promised, ${result.children_after}`,
    )
    assert.equal(await page.locator('[data-pin^="a"]').count(), 5)
    assert.equal(await page.locator('.planned-marker').count(), 0, 'the plan shows them now')
    await page.locator('.siting-title').focus()
    await page.keyboard.press('Control+z')
    await visitor.until(
      async () => page.url(),
      (url) => !url.includes('plan=a'),
      'the plan is taken back in one step',
    )
    assert.equal(await page.locator('.planned-marker').count(), 5, 'and the result is still there')
  },

  'a site tells whom it serves and what could stand in for it': async (visitor) => {
    const { page, jobs } = await open(visitor)
    await search(page)
    const { result } = await job(visitor, jobs)
    assert(result)
    await page.locator('.planned-marker').first().click()
    const row = page.locator('[data-planned="0"]')
    await visitor.says(row, /走得到这里的有[\s\S]*按年龄[\s\S]*按乡镇[\s\S]*替/)
    assert.equal(await page.locator('.planned-list .is-chosen').count(), 1)
    await row.getByText('在地图上看', { exact: true }).click()
    await visitor.settled()
    await visitor.shoot('desktop-siting-site')
    await page.reload()
    await page.locator('#room-tab-siting').click()
    await page.locator('.wish-start').waitFor()
  },

  'a search is stopped, its best so far is kept, and another is run': async (visitor) => {
    const { page, jobs } = await open(visitor)
    await chooseSlow(page)
    await page.locator('.wish-start').click()
    await page.locator('.run').waitFor()
    await visitor.says(page.locator('.run-stage'), /在/)
    await visitor
      .until(
        () => page.locator('.run-cancel').innerText(),
        (words) => words === '停下，用现在这个',
        'something is found',
      )
      .catch(async () => {
        await page.locator('.run-cancel', { hasText: '用现在这个' }).waitFor(patient)
      })
    await visitor.shoot('desktop-siting-run')
    await page.locator('.run-cancel').click()
    await page.locator('.result-head').waitFor(patient)
    const stopped = await job(visitor, jobs)
    assert.equal(stopped.status, 'cancelled')
    await visitor.says(page.locator('.result-head'), /中途停下|已证明最好/)
    assert.equal(await page.locator('.planned-list > li').count(), stopped.result?.sites.length)
    await page.locator('[data-edit]').click()
    await page.locator('input[name="wish-objective"][value="maximal_covering"]').check()
    await visitor.says(page.locator('.wish-start'), /再找/)
    await page.locator('.wish-start').click()
    await visitor.says(page.locator('.result-says').first(), /多覆盖/)
    assert.equal(jobs.length, 2)
  },

  'one is pinned, one is ruled out and one is dragged, and the search asked again': async (visitor) => {
    const { page, jobs } = await open(visitor)
    await search(page)
    const first = (await job(visitor, jobs)).result?.sites ?? []
    const act = async (place: number, action: string): Promise<void> => {
      const row = page.locator(`[data-planned="${place}"]`)
      if ((await row.getAttribute('open')) === null) await row.locator('summary').click()
      await row.locator(`[data-action="${action}"]`).click()
    }
    await act(1, 'pin')
    await act(0, 'forbid')
    const dragged = page.locator('[data-marker="4"]')
    const box = await dragged.boundingBox()
    assert(box)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 60, box.y - 40, { steps: 6 })
    await page.mouse.up()
    await visitor.says(page.locator('.result-stale'), /条件变了/)
    await visitor.shoot('desktop-siting-stale')
    await page.locator('[data-again]').click()
    await page.locator('.result-head').waitFor(patient)
    await visitor.until(
      async () => jobs.length,
      (n) => n === 2,
      'it was asked again',
    )
    const again = await job(visitor, jobs)
    assert.equal(again.request.must?.length, 2)
    assert.equal(again.request.must_not?.length, 1)
    const sites = again.result?.sites ?? []
    const near = (a: Site, b: Site | undefined): boolean =>
      b !== undefined && Math.abs(a.lon - b.lon) < 1e-5 && Math.abs(a.lat - b.lat) < 1e-5
    assert(
      sites.some((site) => near(site, first[1])),
      'the pinned one is in the plan',
    )
    assert(!sites.some((site) => near(site, first[0])), 'the one that was ruled out is not')
    assert.equal(await page.locator('.result-stale').count(), 0)
    for (let i = 0; i < 3; i++) await page.locator('[aria-label="撤销"]').click()
    await visitor.until(
      async () => page.url(),
      (url) => !url.includes('plan='),
      'pins and ruled out places are steps like any other',
    )
  },

  'what cannot be is refused in words, and the form stays as it was filled in': async (visitor) => {
    const { page } = await open(visitor)
    await page.locator('.wish-further summary').click()
    await page.getByText('每个乡镇至少一处').click()
    await page.locator('.wish-start').click()
    await page.locator('.siting-failed h4').waitFor(patient)
    await visitor.says(page.locator('.siting-failed'), /条件无法满足[\s\S]*至少需要 10 处/)
    await visitor.shoot('desktop-siting-infeasible')
    assert.equal(await page.locator('#wish-add').inputValue(), '5')
    await page.locator('#wish-add').fill('10')
    await page.locator('.wish-start').click()
    await page.locator('.result-head').waitFor(patient)
    assert.equal(await page.locator('.siting-failed > *').count(), 0)
  },

  'places of an own list and sites of other kinds may be the candidates': async (visitor) => {
    const { page, jobs } = await open(visitor)
    await page.locator('input[name="wish-source"][value="list"]').check()
    await page.locator('.wish-start').click()
    await visitor.says(page.locator('.wish'), /清单里还没有地点/)
    await page
      .locator('.wish-text')
      .fill('经度,纬度,名称\n116.2364,36.3533,城北社区\n116.2656,36.3311,城东社区\n116.2370,36.3404,文化馆\nx,36')
    await visitor.says(page.locator('.wish-read'), /读到 3 处[\s\S]*第 5 行/)
    await visitor.shoot('desktop-siting-list')
    await page.locator('#wish-add').fill('2')
    await search(page)
    const { result } = await job(visitor, jobs)
    assert(result?.sites.every(({ candidate }) => candidate === 'list'))
    await visitor.says(page.locator('.planned-list'), /社区|文化馆/)
    await page.locator('[data-edit]').click()
    await page.locator('input[name="wish-source"][value="kinds"]').check()
    await page.locator('.wish-inset .wish-kind', { hasText: /^学校/ }).click()
    await page.locator('.wish-start').click()
    await visitor.until(
      async () => jobs.length,
      (n) => n === 2,
      'it was asked again',
    )
    await page.locator('.result-head').waitFor(patient)
    await visitor.says(page.locator('.planned-list'), /学|校|园/)
  },

  'someone without a mouse asks, reads and takes the plan': async (visitor) => {
    const { page } = await open(visitor)
    await page.locator('#room-tab-changes').click()
    await page.keyboard.press('ArrowRight')
    assert.equal(await page.locator('#room-tab-siting').getAttribute('aria-selected'), 'true')
    const focused = (): Promise<string> =>
      page.evaluate(() => `${document.activeElement?.id} ${document.activeElement?.className}`)
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        if (wanted.test(await focused())) return
        await page.keyboard.press('Tab')
      }
      assert.fail(`Tab never came to ${wanted}; at last ${await focused()}`)
    }
    await tabTo(/wish-add/)
    await page.keyboard.press('ArrowUp')
    assert.equal(await page.locator('#wish-add').inputValue(), '6')
    await page.keyboard.press('Enter')
    await page.locator('.result-head').waitFor(patient)
    await tabTo(/planned-head/)
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('.planned[open]').count(), 1)
    // the map flies to it, and is drawn anew on the way
    await visitor.settled()
    await page.locator('[data-marker="0"]').focus()
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
    await visitor.says(page.locator('.result-stale'), /条件变了/)
    await page.locator('[data-accept]').focus()
    await page.keyboard.press('Enter')
    await visitor.addressHas(/plan=a/)
  },

  'on a phone, in the dark, in English: everything in reach, nothing cut off': async (visitor) => {
    for (const [size, scheme, lang] of [
      ['phone', 'light', 'zh'],
      ['phone', 'dark', 'en'],
      ['desktop', 'dark', 'en'],
      ['desktop', 'light', 'zh'],
    ] as const) {
      const { page } = await open(visitor, lang === 'en' ? '&lang=en' : '', { size, scheme })
      const state = `${size} ${scheme} ${lang}`
      const look = async (what: string): Promise<void> => {
        await checkFits(page, `${what} ${state}`)
        if (size === 'phone') await checkThumbs(page, `${what} ${state}`)
        await checkReach(page, `${what} ${state}`)
        await visitor.shoot(`${size}-${scheme}-${lang}-siting-${what}`)
      }
      if (size === 'phone') await page.locator('.sheet-handle').press('ArrowUp')
      await page.locator('.wish-further summary').click()
      await page.locator('input[name="wish-objective"][value="capacitated_covering"]').check()
      await page.locator('input[name="wish-source"][value="list"]').check()
      await look('form-all')
      await page.locator('input[name="wish-source"][value="junctions"]').check()
      await chooseSlow(page)
      await page.locator('.wish-start').click()
      await page.locator('.converge-figure').first().waitFor()
      await page.locator('.run-cancel', { hasText: /用现在这个|keep this/ }).waitFor(patient)
      await look('run')
      // it may have come to its end while it was looked at; that stopping works is told above
      await page
        .locator('.run-cancel')
        .click({ timeout: 2000 })
        .catch(() => undefined)
      await page.locator('.result-head').waitFor(patient)
      await page.locator('.planned-head').first().click()
      await page.locator('.planned-list .is-chosen').waitFor()
      await look('result')
      await page.locator('.planned-actions').first().scrollIntoViewIfNeeded()
      await visitor.shoot(`${size}-${scheme}-${lang}-siting-site`)
      if (lang === 'en') {
        const said = await page.locator('.siting').evaluate((panel) => {
          for (const name of panel.querySelectorAll('.planned-head .row-name, .planned-by th')) name.remove()
          return (panel as HTMLElement).innerText
        })
        assert.equal(said.match(/[\u4e00-\u9fff]+/)?.[0], undefined, 'no Chinese is left')
      }
    }
  },
}
