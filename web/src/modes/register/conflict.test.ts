// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { Problem } from '../../api/client'
import { County } from '../../api/county'
import type { SiteFeature } from '../../api/types'
import { type Draft, emptyDraft, keepDraft, keptDraft, keptDrafts } from '../../state/drafts'
import { adopt, conflictOver, differences, rebaseOver } from './conflict'
import { amendmentOf, isBehind, saidIn } from './drafts'
import type { Office } from './office'

HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
  this.dispatchEvent(new Event('close'))
}

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

const kinds = {
  attributes: [{ id: 'capacity', name: { zh: '容量' }, type: 'integer' }],
  kinds: [{ id: 'school', name: { zh: '学校' }, visibility: 'public', attributes: [] }],
}
const county = new County({} as never, kinds as never, [])
const signal = new AbortController().signal
const gone: string[] = []
const office = {
  county,
  signal,
  go: (to: string) => gone.push(to),
  mention: () => undefined,
  problem: (cause: unknown) => Promise.reject(cause),
  attempt: async (run: () => Promise<void>) => run().then(() => true),
} as unknown as Office

function draft(change: Partial<Draft>): Draft {
  return { ...emptyDraft('li', 'school'), change: 'amend', site: 7, name: '小学', lon: 116, lat: 36, ...change }
}

function answers(body: unknown): void {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body)))
}

/** A step of the history of a site, as the log has it. */
const step = (action: string, name: string, capacity: number) => ({
  action,
  after: { kind: 'school', name, lon: 116, lat: 36, attributes: { capacity } },
})

const press = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click()
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 20))

test('a change is made on the version of the site that was seen', () => {
  const feature = {
    geometry: { coordinates: [116, 36] },
    properties: { id: 7, kind: 'school', name: '小学', version: 3, capacity: 20 },
  } as unknown as SiteFeature
  const made = amendmentOf('li', feature, 'amend', county)
  expect(made).toMatchObject({ base: 3, site: 7, attributes: { capacity: '20' } })
  expect(isBehind(made, { version: 3, said: made })).toBe(false)
  expect(isBehind(made, { version: 4, said: made })).toBe(true)
  expect(isBehind({ ...made, change: 'close' }, { version: 4, said: made })).toBe(false)
  expect(isBehind(made, null)).toBe(false)
})

test('what only the other side changed stands first, what was changed here stays', () => {
  const before = draft({ attributes: { capacity: '20' } })
  const mine = draft({ name: '实验小学', attributes: { capacity: '20' } })
  const theirs = draft({ attributes: { capacity: '35' } })
  const sides = differences(county, mine, theirs, before).map(({ id, first }) => [id, first])
  expect(sides).toEqual([
    ['name', 'mine'],
    ['attributes.capacity', 'theirs'],
  ])
  adopt(mine, theirs, new Set(['attributes.capacity']))
  expect(mine).toMatchObject({ name: '实验小学', attributes: { capacity: '35' } })
})

test('a change whose site was published anew goes on from the newest version, as chosen line by line', async () => {
  answers({ revisions: [step('created', '小学', 20), step('amended', '小学', 35)] })
  const mine = draft({ base: 1, name: '实验小学', attributes: { capacity: '20' }, note: '换了牌子' })
  const now = { version: 2, said: { ...saidIn({ ...mine, photos: [], closed_on: null }), name: '小学' } }
  now.said.attributes = { capacity: '35' }
  const again = vi.fn()
  await rebaseOver(office, mine, now, again)
  expect(document.querySelectorAll('.conflict-row')).toHaveLength(2)
  press('[data-keep]')
  expect(again).toHaveBeenCalledOnce()
  expect(mine).toMatchObject({ base: 2, name: '实验小学', attributes: { capacity: '35' }, note: '换了牌子' })
})

test('where nothing differs it goes on without asking', async () => {
  answers({ revisions: [] })
  const mine = draft({ base: null })
  const again = vi.fn()
  await rebaseOver(office, mine, { version: 5, said: { ...mine } }, again)
  expect(document.querySelector('dialog')).toBeNull()
  expect(again).toHaveBeenCalledOnce()
  expect(mine.base).toBe(5)
})

const published = (more: object = {}) => ({
  ...{ id: 'r1', version: 2, state: 'published', change: 'create', site: 7, base: null, kind: 'school', name: '小学' },
  ...{ lon: 116, lat: 36, attributes: {}, photos: [], closed_on: null, note: '', saved: '', ...more },
})
const clash = (theirs: unknown): Problem => new Problem(409, 'changed', '', { body: { theirs } })

test('what was typed after it was published becomes a change of the site, when somebody says so', async () => {
  const mine = draft({ change: 'create', site: null, id: 'r1', version: 1, name: '实验小学' })
  await keepDraft(mine)
  await conflictOver(office, mine, clash(published()), () => undefined)
  expect(document.querySelector('dialog')?.textContent).toContain('实验小学')
  press('[data-amend]')
  await settled()
  expect(await keptDraft(mine.key)).toBeUndefined()
  const [change] = await keptDrafts('li')
  expect(change).toMatchObject({ change: 'amend', site: 7, base: null, id: null, name: '实验小学' })
  expect(gone.at(-1)).toBe('/amend/7')
})

test('a home that was decided is looked at anew, because the answer does not tell it, and has no page to be changed from', async () => {
  const home = published({ site: -3, name: '小屋' })
  const asked = vi.fn(async () => new Response(JSON.stringify(home)))
  vi.stubGlobal('fetch', asked)
  const mine = draft({ change: 'create', site: null, id: 'r1', version: 1, name: '小屋二' })
  await keepDraft(mine)
  await conflictOver(office, mine, clash({ ...home, name: '', is_kept_back: true }), () => undefined)
  expect(asked).toHaveBeenCalledOnce()
  expect(document.querySelector('[data-amend]')).toBeNull()
  press('[data-drop]')
  await settled()
  expect(await keptDraft(mine.key)).toBeUndefined()
})
