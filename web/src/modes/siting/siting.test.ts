import { expect, test, vi } from 'vitest'
import { Problem } from '../../api/client'
import type { Follower, PlannedSite, SitingJob, SitingRequest, SitingResult } from '../../api/siting'
import { addSite, noPlan } from '../../state/plan'
import type { JobServer } from './job'
import { Session } from './session'
import { pinned, proposedAt, ranked, taken, unpinned } from './taking'

const request: SitingRequest = {
  kind: 'school',
  objective: 'maximal_covering',
  add: 2,
  existing: true,
  candidates: { from: 'junctions' },
  seconds: 60,
}
const site = (lon: number, children: number, more: Partial<PlannedSite> = {}): PlannedSite => ({
  lon,
  lat: 36,
  candidate: 'junction',
  pinned: false,
  cost: 1,
  children,
  loses: children,
  serves: { children, by_age: [], by_town: [] },
  runner_up: null,
  ...more,
})
const result = (sites: PlannedSite[]): SitingResult =>
  ({ unit: 'children', objective: 10, bound: 12, sites, curve: [] }) as unknown as SitingResult
const job = (more: Partial<SitingJob> = {}): SitingJob => ({
  id: 'j',
  status: 'done',
  request,
  progress: null,
  result: result([site(1, 5), site(2, 9)]),
  problem: null,
  ...more,
})

type Fake = JobServer & { follower: Follower | null; started: number; cancelled: string[] }
function server(start: JobServer['start'] = async () => 'j'): Fake {
  const fake: Fake = {
    follower: null,
    started: 0,
    cancelled: [],
    start: (request, signal) => {
      fake.started += 1
      return start(request, signal)
    },
    follow: (_, follower) => {
      fake.follower = follower
      return () => {
        fake.follower = null
      }
    },
    cancel: async (id) => {
      fake.cancelled.push(id)
    },
  }
  return fake
}
const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve()
}

test('a search reports as it goes, and its result comes with the most useful first', async () => {
  const fake = server()
  const session = new Session(fake)
  const changed = vi.fn()
  session.onChange = changed
  session.start(request)
  expect(session.job.running).not.toBeNull()
  await settle()
  fake.follower?.progress({ stage: 'plan', share: 0.5, objective: 8, bound: 20, gap: 0.6, sites: [] })
  expect(session.job.running?.track.last).toMatchObject({ found: 8, bound: 20 })
  fake.follower?.done(job())
  expect(session.job.running).toBeNull()
  expect(session.found?.of.sites.map(({ lon }) => lon)).toEqual([2, 1])
  expect(session.found?.track.last).toMatchObject({ found: 10, bound: 12 })
  expect(changed).toHaveBeenCalled()
})

test('the result holds until the request is another one; the time allowed makes no other', async () => {
  const fake = server()
  const session = new Session(fake)
  session.start(request)
  await settle()
  fake.follower?.done(job())
  expect(session.isStale({ ...request, seconds: 5 })).toBe(false)
  expect(session.isStale({ ...request, must: [{ lon: 1, lat: 2 }] })).toBe(true)
})

test('stopping asks the server, whose best so far then arrives', async () => {
  const fake = server()
  const session = new Session(fake)
  session.start(request)
  await settle()
  await session.job.cancel()
  expect(fake.cancelled).toEqual(['j'])
  expect(session.job.running?.stopping).toBe(true)
  fake.follower?.done(job({ status: 'cancelled' }))
  expect(session.found).not.toBeNull()
})

test('who stops before the server has answered wants no search at all', async () => {
  let answer: (id: string) => void = () => undefined
  const fake = server(() => new Promise((done) => (answer = done)))
  const session = new Session(fake)
  session.start(request)
  await session.job.cancel()
  expect(session.job.running).toBeNull()
  answer('late')
  await settle()
  expect(fake.cancelled).toEqual(['late'])
  expect(fake.follower).toBeNull()
})

test('what is refused or fails is told, and the last result stays', async () => {
  const fake = server()
  const session = new Session(fake)
  session.start(request)
  await settle()
  fake.follower?.done(job())
  session.start(request)
  await settle()
  fake.follower?.done(
    job({
      status: 'failed',
      result: null,
      problem: { type: '', status: 422, title: 'no', title_zh: '做不到', detail: 'x', detail_zh: '冲突' },
    }),
  )
  expect(session.failed).toMatchObject({ title: '做不到', detail: '冲突' })
  expect(session.found).not.toBeNull()
  const refused = new Session(
    server(async () => {
      throw new Problem(400, '不对', 'add：应为 1 到 200')
    }),
  )
  refused.start(request)
  await settle()
  expect(refused.failed).toMatchObject({ title: '不对', detail: 'add：应为 1 到 200' })
})

test('taking a plan replaces what was proposed, keeps what is in both, and takes no more than a plan holds', () => {
  const before = addSite(addSite(noPlan, { lon: 1, lat: 36, name: 'kept', pinned: true }), { lon: 7, lat: 36 })
  const after = taken(before, [site(1, 5), site(2, 9, { name: 'new' })])
  expect(after.add.map(({ lon, name, pinned }) => [lon, name, pinned])).toEqual([
    [1, 'kept', true],
    [2, 'new', undefined],
  ])
  const many = Array.from({ length: 60 }, (_, i) => site(i, 1))
  expect(taken(noPlan, many).add).toHaveLength(50)
})

test('a pin that is taken back leaves nothing behind but what was there before', () => {
  const own = pinned(noPlan, { lon: 1, lat: 2 })
  expect(proposedAt(own, { lon: 1.00000001, lat: 2 })?.pinned).toBe(true)
  expect(unpinned(own, { lon: 1, lat: 2 }, true).add).toEqual([])
  const theirs = pinned(addSite(noPlan, { lon: 1, lat: 2, name: 'x' }), { lon: 1, lat: 2 })
  expect(theirs.add).toHaveLength(1)
  expect(unpinned(theirs, { lon: 1, lat: 2 }, false).add[0]).toEqual({ id: 1, lon: 1, lat: 2, name: 'x' })
})

test('ranks go by what is lost without a site, and where time counts by whom it serves', () => {
  const sites = [site(1, 0, { serves: { children: 9, by_age: [], by_town: [] } }), site(2, 5)]
  expect(ranked(result(sites)).sites.map(({ lon }) => lon)).toEqual([2, 1])
  expect(ranked({ ...result(sites), unit: 'seconds' }).sites.map(({ lon }) => lon)).toEqual([1, 2])
})
