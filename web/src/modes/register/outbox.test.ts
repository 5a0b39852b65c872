// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { type Draft, emptyDraft, keepDraft, keptDraft } from '../../state/drafts'
import { Outbox } from './outbox'

afterEach(() => vi.unstubAllGlobals())

type Reply = { status: number; body: unknown } | 'lost'

/** A server that answers in this order, and what it was asked. */
function server(
  ...replies: Reply[]
): { method: string; path: string; body: Record<string, unknown>; headers: Headers }[] {
  const asked: ReturnType<typeof server> = []
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body, headers }: RequestInit) => {
    asked.push({ method, path, body: JSON.parse(String(body ?? '{}')), headers: new Headers(headers) })
    const reply = replies.shift() ?? 'lost'
    if (reply === 'lost') throw new TypeError('no signal')
    return new Response(JSON.stringify(reply.body), { status: reply.status })
  })
  return asked
}

async function draft(change: Partial<Draft> = {}): Promise<Draft> {
  const made = { ...emptyDraft('li', 'school'), name: '小学', lon: 116.2, lat: 36.3, ...change }
  await keepDraft(made)
  return made
}

const saved = (version: number, state: string) => ({ id: 'r1', version, state })

test('what was sent is registered with the key of the device, and the device forgets it', async () => {
  const asked = server({ status: 201, body: saved(1, 'submitted') })
  const one = await draft({ submit: true })
  expect((await new Outbox('li').send(one)).how).toBe('sent')
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST api/registrations'])
  expect(asked[0]?.headers.get('Idempotency-Key')).toBe(one.key)
  expect(asked[0]?.body).toMatchObject({ change: 'create', name: '小学', submit: true })
  expect(await keptDraft(one.key)).toBeUndefined()
})

test('without a signal it waits on the device, and goes later', async () => {
  server('lost')
  const one = await draft({ submit: true })
  const outbox = new Outbox('li')
  expect((await outbox.send(one)).how).toBe('waiting')
  expect((await keptDraft(one.key))?.standing).toBe('waiting')
  server({ status: 201, body: saved(1, 'submitted') })
  await outbox.sendWaiting()
  outbox.stop()
  expect(await keptDraft(one.key)).toBeUndefined()
})

test('a draft that had arrived although its answer was lost is brought up to date, not made twice', async () => {
  const asked = server({ status: 200, body: saved(1, 'draft') }, { status: 200, body: saved(2, 'draft') })
  expect((await new Outbox('li').send(await draft())).how).toBe('sent')
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST api/registrations',
    'PUT api/registrations/r1',
  ])
  expect(asked[1]?.headers.get('If-Match')).toBe('"1"')
})

test('what was typed while it was on its way stays, as a change of what arrived', async () => {
  const one = await draft()
  vi.stubGlobal('fetch', async () => {
    Object.assign(one, { name: '第二小学', saved: '2099-01-01T00:00:00Z' })
    return new Response(JSON.stringify(saved(1, 'draft')), { status: 201 })
  })
  await new Outbox('li').send(one)
  expect(await keptDraft(one.key)).toMatchObject({ name: '第二小学', id: 'r1', version: 1 })
})

test('a newer version of somebody else is a conflict, and a wrong field is refused with the words of the server', async () => {
  server({ status: 409, body: { title: 'changed', title_zh: '别人已修改', theirs: saved(4, 'draft') } })
  const clash = await draft({ id: 'r1', version: 3 })
  expect((await new Outbox('li').send(clash)).how).toBe('conflict')
  expect((await keptDraft(clash.key))?.standing).toBe('conflict')
  server({ status: 400, body: { title: 'wrong', title_zh: '填写有误', errors: [] } })
  const wrong = await draft()
  expect((await new Outbox('li').send(wrong)).how).toBe('refused')
  expect((await keptDraft(wrong.key))?.told).toBe('填写有误')
})
