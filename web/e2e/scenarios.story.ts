import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe, checkFits, checkReach, checkThumbs } from './checks'
import type { Look, Stories, Visitor } from './visitor'

type Figures = { children_after: number; children_before: number }
type Scenario = {
  id: string
  version: number
  name: string
  note: string
  plan: { add?: { lon: number; lat: number; name?: string }[]; minutes?: number }
  figures: Figures
  moved_on: string[]
  tasks: { unit: string; place: number; note: string }[]
}
type Kept = { id: string; key: string | null }

const figure = (n: number): string => n.toLocaleString('zh-CN')
const spot = (lon: number, lat: number): string => [lon, lat].map((d) => Math.round(d * 1e7).toString(36)).join('.')
/** Two places in the north-west of the county's town where many children have no reading space. */
const north = spot(116.236425, 36.353274)
const east = spot(116.2656, 36.331067)
const plan = (...spots: string[]): string => `&plan=${spots.map((one) => `a${one}`).join('_')}`

async function open(visitor: Visitor, hash: string, look: Look = {}): Promise<Page> {
  const page = Object.keys(look).length > 0 ? await visitor.arrive(look) : visitor.page
  if (Object.keys(look).length > 0) {
    await page.addInitScript({ path: axe })
    await visitor.signIn()
  } else await page.goto('about:blank')
  await visitor.open(`#panel=plan&kind=reading_space${hash}`)
  await page.locator('.plan-figure').waitFor()
  await page.locator('#room-tab-scenarios').click()
  await page.locator('.scenarios').waitFor()
  await visitor.settled()
  return page
}

/** Saves what the page plans under this name; gives it as the server has it. */
async function save(visitor: Visitor, name: string, note = ''): Promise<Scenario> {
  const { page } = visitor
  await page.locator('[data-do="save-first"], [data-do="save-as"]').first().click()
  await page.locator('#scenario-name').fill(name)
  if (note) await page.locator('#scenario-note').fill(note)
  await page.locator('.scenario-form .primary').click()
  await visitor.says(page.locator('.scenario-name'), new RegExp(name))
  await page.locator('dialog').waitFor({ state: 'detached' })
  return theirs(visitor)
}

function kept(page: Page): Promise<Kept[]> {
  return page.evaluate(() => JSON.parse(localStorage.getItem('yimi.scenarios') ?? '[]') as Kept[])
}

/** The open scenario, from the server. */
async function theirs(visitor: Visitor): Promise<Scenario> {
  await visitor.addressHas(/scenario=\w/)
  const id = /scenario=([\w-]+)/.exec(visitor.page.url())?.[1] ?? ''
  return visitor.api<Scenario>(`scenarios/${id}`)
}

/** Somebody else with the same key changes it meanwhile. */
async function changeBehind(visitor: Visitor, scenario: Scenario, name: string): Promise<void> {
  const key = (await kept(visitor.page)).find(({ id }) => id === scenario.id)?.key ?? ''
  const answer = await visitor.page.request.put(`${visitor.server.replace(/\/$/, '')}/api/scenarios/${scenario.id}`, {
    data: { name, note: '', plan: scenario.plan },
    headers: { 'Scenario-Key': key, 'If-Match': `"${scenario.version}"` },
  })
  assert(answer.ok(), `${answer.status()} ${await answer.text()}`)
}

export const stories: Stories = {
  'whoever is not signed in reads and tries out, and is told where to sign in to save and to search': async (
    visitor,
  ) => {
    const page = await visitor.arrive({ size: 'phone' })
    await visitor.open(`#panel=plan&kind=reading_space${plan(north)}`)
    await page.locator('.plan-figure').waitFor()
    await page.locator('#room-tab-scenarios').click()
    visitor.expected = /Failed to load resource.*401/
    await page.locator('[data-do="save-first"], [data-do="save-as"]').first().click()
    await page.locator('#scenario-name').fill('不会存下')
    await page.locator('.scenario-form .primary').click()
    await visitor.says(page.locator('.scenario-form .scenario-wrong'), /请先登录[\s\S]*去登录/)
    const link = await page.locator('.scenario-form .scenario-wrong a').getAttribute('href')
    assert.match(link ?? '', /^register\.html#\/signin\?back=[^&]*panel%3Dplan/)
    await visitor.shoot('phone-scenario-sign-in')
    await page.keyboard.press('Escape')
    await page.locator('#room-tab-siting').click()
    await page.locator('.wish-start').click()
    await visitor.says(page.locator('.siting-failed'), /请先登录[\s\S]*去登录/)
    // and comes back to the same plan, which can then be saved
    await page.locator('.siting-failed a').click()
    await page.locator('#account').fill('planner')
    await page.locator('#password').fill('春天送孩子去图书馆看书')
    await page.locator('.small-form .primary').click()
    await page.locator('.plan-figure').waitFor()
    await visitor.addressHas(/panel=plan.*plan=a/)
    await page.locator('#room-tab-scenarios').click()
    await save(visitor, '登录后存下')
  },

  'a plan is saved, its link opens it for somebody else, who can only read it': async (visitor) => {
    const page = await open(visitor, plan(north, east), { size: 'desktop' })
    const made = await save(visitor, '城北再建两处', '先和街道商量')
    assert.equal(made.plan.add?.length, 2)
    assert(made.figures.children_after > made.figures.children_before)
    await visitor.says(
      page.locator('.scenario-figures'),
      new RegExp(`新建 2 处.*${figure(made.figures.children_after)}`),
    )
    await visitor.says(page.locator('.scenario'), /先和街道商量[\s\S]*没有未保存的改动/)
    await visitor.shoot('desktop-scenario-saved')
    await page.locator('[data-do="share"]').click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    assert.match(link, new RegExp(`#panel=plan&scenario=${made.id}$`))
    assert.doesNotMatch(link, /key/i)
    await visitor.arrive({ size: 'desktop' })
    await visitor.open(link.slice(link.indexOf('#')))
    const other = visitor.page
    await visitor.says(other.locator('.scenario-name'), /城北再建两处/)
    await visitor.says(other.locator('.scenario'), /只能看/)
    assert.equal(await other.locator('[data-pin^="a"]').count(), 2)
    assert.equal(await other.locator('[data-do="save"], [data-do="delete"]').count(), 0)
    await visitor.shoot('desktop-scenario-read-only')
  },

  'what is changed can be saved over it, and a version of somebody else is not lost': async (visitor) => {
    const page = await open(visitor, plan(north), { size: 'desktop' })
    const made = await save(visitor, '第一版')
    await open(visitor, `${plan(north, east)}&scenario=${made.id}`)
    await visitor.says(page.locator('.scenario'), /有改动还没保存/)
    await page.locator('[data-do="save"]').click()
    await visitor.says(page.locator('.scenario'), /没有未保存的改动/)
    const second = await theirs(visitor)
    assert.equal(second.plan.add?.length, 2)
    assert.equal(second.version, 2)
    await changeBehind(visitor, second, '别人的名字')
    await page.locator('#room-tab-changes').click()
    await page.locator('.minutes').focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('#room-tab-scenarios').click()
    visitor.expected = /Failed to load resource.*412/
    await page.locator('[data-do="save"]').click()
    await visitor.says(page.locator('dialog'), /别人先保存了一版[\s\S]*第一版[\s\S]*别人的名字/)
    await visitor.shoot('desktop-scenario-conflict')
    await page.locator('[data-mine]').click()
    await visitor.until(
      () => theirs(visitor),
      ({ version, name, plan }) => version === 4 && name === '第一版' && plan.minutes === 16,
      'mine replaced theirs once that was chosen',
    )
    await changeBehind(visitor, await theirs(visitor), '又改了')
    await page.locator('.minutes').focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-do="save"]').click()
    await page.locator('[data-theirs]').click()
    await visitor.says(page.locator('.scenario-name'), /又改了/)
    await visitor.says(page.locator('.scenario'), /没有未保存的改动/)
  },

  'two are compared in figures, by town and on the map': async (visitor) => {
    const page = await open(visitor, plan(north), { size: 'desktop' })
    const first = await save(visitor, '只建城北')
    await open(visitor, plan(north, east))
    const second = await save(visitor, '城北和城东')
    assert.equal(await page.locator('.scenario-row').count(), 2)
    for (const check of await page.locator('.scenario-check input').all()) await check.check()
    await visitor.shoot('desktop-scenario-list')
    await page.locator('[data-compare]').click()
    await page.locator('.compare').waitFor()
    const [a, b] = [page.locator('[data-compared="0"]'), page.locator('[data-compared="1"]')]
    await visitor.says(a, new RegExp(`城北和城东[\\s\\S]*最多[\\s\\S]*${figure(second.figures.children_after)}`))
    await visitor.says(b, new RegExp(`只建城北[\\s\\S]*${figure(first.figures.children_after)}`))
    const more = second.figures.children_after - first.figures.children_after
    await visitor.says(page.locator('.apart'), new RegExp(`${figure(more)} 名儿童只在“城北和城东”里走得到`))
    assert.equal(await page.locator('.pins').count(), 0, 'the map belongs to the difference')
    await visitor.shoot('desktop-scenario-compare')
    await page.locator('[data-town-compared]').first().click()
    const csv = await page.getByText('下载乡镇表').getAttribute('href')
    const table = await page.request.get(`${visitor.server.replace(/\/$/, '')}/${csv}`)
    assert.match(await table.text(), /城北和城东/)
    await page.locator('.compare-head .icon-button').click()
    await page.locator('.scenario-row').first().waitFor()
    assert.equal(await page.locator('.pins').count(), 1)
  },

  'a new place is handed over to a unit': async (visitor) => {
    const page = await open(visitor, plan(north), { size: 'desktop' })
    await save(visitor, '交办一处')
    await page.locator('.scenario-tasks > summary').click()
    const task = page.locator('[data-task="0"]')
    await task.locator('.task-form summary').click()
    const unit = (await task.locator('option').nth(1).getAttribute('value')) ?? ''
    await task.locator('select').selectOption(unit)
    await task.locator('input').fill('年底前建好')
    await visitor.shoot('desktop-scenario-task')
    await task.locator('.task-fields .primary').click()
    await visitor.says(page.locator('[data-task="0"]'), new RegExp(`交给${unit}[\\s\\S]*年底前建好`))
    const { tasks } = await theirs(visitor)
    assert.deepEqual(
      tasks.map(({ unit, place, note }) => [unit, place, note]),
      [[unit, 0, '年底前建好']],
    )
  },

  'files of it are given out': async (visitor) => {
    const page = await open(visitor, plan(north, east), { size: 'desktop' })
    await save(visitor, '导出')
    for (const format of ['csv', 'geojson']) {
      const href = await page.locator(`[data-do="${format}"]`).getAttribute('href')
      const file = await page.request.get(`${visitor.server.replace(/\/$/, '')}/${href}`)
      assert(file.ok(), `${format}: ${file.status()}`)
      assert.match(await file.text(), /116\.236425/)
    }
  },

  'data that have moved on are named, and today’s figures stand beside the old ones': async (visitor) => {
    const page = await open(visitor, plan(north), { size: 'desktop' })
    const made = await save(visitor, '旧数据')
    await visitor.alter<Scenario>(`**/api/scenarios/${made.id}`, (scenario) => ({
      ...scenario,
      moved_on: ['sites', 'children'],
      figures: { ...scenario.figures, children_after: scenario.figures.children_after - 100 },
    }))
    await open(visitor, `&scenario=${made.id}`)
    await visitor.says(page.locator('.moved-on'), /数据变了[\s\S]*场所名册、儿童分布/)
    await page.locator('[data-today]').click()
    await visitor.says(
      page.locator('.moved-on'),
      new RegExp(`${figure(made.figures.children_after - 100)}\\s*${figure(made.figures.children_after)}`),
    )
    await visitor.shoot('desktop-scenario-moved-on')
  },

  'a scenario is deleted, and its link then says that it is gone': async (visitor) => {
    const page = await open(visitor, plan(north), { size: 'desktop' })
    const made = await save(visitor, '不要了')
    await page.locator('[data-do="delete"]').click()
    await visitor.says(page.locator('dialog'), /删除“不要了”/)
    await page.locator('[data-do="delete-sure"]').click()
    await page.locator('.scenario-row').waitFor({ state: 'detached' })
    visitor.expected = /Failed to load resource.*404/
    await open(visitor, `&scenario=${made.id}`)
    await visitor.says(page.locator('.toast'), /没有这个方案/)
    await visitor.until(
      async () => page.url(),
      (url) => !url.includes('scenario='),
      'the address no longer names it',
    )
  },

  'a result of siting is saved in one go': async (visitor) => {
    const page = await visitor.arrive({ size: 'desktop' })
    await visitor.signIn()
    await visitor.open('#panel=plan&kind=reading_space')
    await page.locator('#room-tab-siting').click()
    await page.locator('.wish-start').click()
    await page.locator('[data-save]').click({ timeout: 60_000 })
    await page.locator('.scenario-form .primary').click()
    await visitor.says(page.locator('.scenario-name'), /阅读空间再建 5 处/)
    const made = await visitor.api<{ siting: string | null; plan: { add: unknown[] } }>(
      `scenarios/${/scenario=([\w-]+)/.exec(page.url())?.[1] ?? (await theirs(visitor)).id}`,
    )
    assert.equal(made.plan.add.length, 5)
    assert.match(made.siting ?? '', /^\w{8,}$/)
  },

  'on a phone, in the dark, in English: everything in reach, nothing cut off': async (visitor) => {
    for (const [size, scheme, lang] of [
      ['phone', 'light', 'zh'],
      ['phone', 'dark', 'en'],
      ['desktop', 'dark', 'en'],
    ] as const) {
      const tail = lang === 'en' ? '&lang=en' : ''
      const page = await open(visitor, `${plan(north, east)}${tail}`, { size, scheme })
      const look = async (what: string): Promise<void> => {
        const state = `${what} ${size} ${scheme} ${lang}`
        await visitor.settled()
        await checkFits(page, state)
        if (size === 'phone') await checkThumbs(page, state)
        await checkReach(page, state)
        await visitor.shoot(`${size}-${scheme}-${lang}-scenario-${what}`)
      }
      if (size === 'phone') {
        await page.locator('.sheet-handle').press('ArrowUp')
        await page.locator('.sheet-handle').press('ArrowUp')
      }
      await look('none')
      await page.locator('[data-do="save-first"]').click()
      await look('naming')
      await page.keyboard.press('Escape')
      await save(
        visitor,
        lang === 'en'
          ? 'A very long name for a scenario of two places'
          : '名字很长很长的一个方案：城北和城东各建一处阅读空间',
      )
      await page.locator('.scenario-tasks > summary').click()
      await page.locator('.task-form summary').first().click()
      await look('open')
      await page.locator('.scenario-tasks').scrollIntoViewIfNeeded()
      await visitor.shoot(`${size}-${scheme}-${lang}-scenario-tasks`)
      await open(visitor, `${plan(north)}${tail}`)
      await save(visitor, lang === 'en' ? 'North only' : '只建城北')
      for (const check of await page.locator('.scenario-check input').all()) await check.check()
      await look('list')
      await page.locator('[data-compare]').click()
      await page.locator('.compare').waitFor()
      await look('compare')
    }
  },
}
