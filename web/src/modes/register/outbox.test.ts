// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { type Draft, emptyDraft, keepDraft, keptDraft } from '../../state/drafts'
import { bodyOf, Outbox, type Progress, pauseAfter, saysTheSame } from './outbox'

afterEach(() => vi.unstubAllGlobals())

type Reply = { status: number; body: unknown } | 'lost'
type Asked = { method: string; path: string; body: Record<string, unknown>; headers: Headers }
type Server = Asked[] & { present: string | null; looks: number }

/** A server that answers in this order, and what it was asked; `present` is who is signed in at the browser. */
function server(...replies: Reply[]): Server {
  const asked = Object.assign([] as Asked[], { present: 'li' as string | null, looks: 0 })
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body, headers }: RequestInit) => {
    if (path === 'api/session') {
      asked.looks += 1
      const { present } = asked
      return new Response(JSON.stringify({ person: present && { account: present, name: present } }))
    }
    asked.push({ method, path, body: JSON.parse(String(body ?? '{}')), headers: new Headers(headers) })
    const reply = replies.shift() ?? 'lost'
    if (reply === 'lost') throw new TypeError('no signal')
    return new Response(JSON.stringify(reply.body), { status: reply.status })
  })
  return asked
}

function lines(asked: Asked[]): string[] {
  return asked.map(({ method, path }) => `${method} ${path}`)
}

async function draft(change: Partial<Draft> = {}): Promise<Draft> {
  const made = { ...emptyDraft('li', 'school'), name: '小学', lon: 116.2, lat: 36.3, ...change }
  await keepDraft(made)
  return made
}

const saved = (version: number, state: string) => ({ id: 'r1', version, state })
/** The registration that the server has of a draft. */
const there = (one: Draft, version: number, state: string, more: object = {}) => ({
  ...saved(version, state),
  ...{ kind: one.kind, name: one.name, lon: one.lon, lat: one.lat, attributes: one.attributes, photos: [], note: '' },
  ...more,
})

test('what was sent is registered with the key of the device, and the device forgets it', async () => {
  const asked = server({ status: 201, body: saved(1, 'submitted') })
  const one = await draft({ submit: true })
  expect((await new Outbox('li').send(one)).how).toBe('sent')
  expect(lines(asked)).toEqual(['POST api/registrations'])
  expect(asked[0]?.headers.get('Idempotency-Key')).toBe(one.key)
  expect(asked[0]?.body).toMatchObject({ change: 'create', name: '小学', submit: true })
  expect(await keptDraft(one.key)).toBeUndefined()
})

test('a change says which version of the site it was made on', async () => {
  const asked = server({ status: 201, body: saved(1, 'submitted') })
  await new Outbox('li').send(await draft({ change: 'amend', site: 7, base: 3, submit: true }))
  expect(asked[0]?.body).toMatchObject({ change: 'amend', site: 7, base: 3 })
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
  expect(lines(asked)).toEqual(['POST api/registrations', 'PUT api/registrations/r1'])
  expect(asked[1]?.headers.get('If-Match')).toBe('"1"')
})

test('what was typed after the answer to a submission was lost is sent as well', async () => {
  server('lost')
  const one = await draft({ submit: true })
  const outbox = new Outbox('li')
  await outbox.send(one)
  outbox.stop()
  Object.assign(one, { name: '第二小学', submit: true })
  const asked = server({ status: 200, body: saved(1, 'submitted') }, { status: 200, body: saved(2, 'submitted') })
  expect((await outbox.send(one)).how).toBe('sent')
  expect(lines(asked)).toEqual(['POST api/registrations', 'PUT api/registrations/r1'])
  expect(asked[1]?.body).toMatchObject({ name: '第二小学' })
  expect(await keptDraft(one.key)).toBeUndefined()
})

test('what came to it since the lost answer is never written over', async () => {
  const one = await draft({ submit: true, name: '第三小学' })
  const colleague = there(one, 3, 'submitted', { name: '同事改的' })
  const asked = server({ status: 200, body: colleague }, { status: 409, body: { theirs: colleague } })
  expect((await new Outbox('li').send(one)).how).toBe('conflict')
  expect(asked[1]?.headers.get('If-Match')).toBe('"1"')
  expect(await keptDraft(one.key)).toMatchObject({ standing: 'conflict', name: '第三小学' })
})

test('published or withdrawn meanwhile is a conflict when something was typed since, and sent when nothing was', async () => {
  for (const state of ['published', 'withdrawn']) {
    const one = await draft({ submit: true })
    const decided = there(one, 2, state)
    server({ status: 200, body: decided }, { status: 409, body: { theirs: decided } })
    expect((await new Outbox('li').send(one)).how).toBe('sent')
    const other = await draft({ submit: true, name: '后来改的' })
    server({ status: 200, body: decided }, { status: 409, body: { theirs: decided } })
    expect((await new Outbox('li').send(other)).how).toBe('conflict')
  }
})

test('the lost answer to a saving is no conflict with oneself, and submitting goes on', async () => {
  const one = await draft({ id: 'r1', version: 4, submit: true })
  const own = there(one, 5, 'returned')
  const asked = server({ status: 409, body: { theirs: own } }, { status: 200, body: saved(6, 'submitted') })
  expect((await new Outbox('li').send(one)).how).toBe('sent')
  expect(lines(asked)).toEqual(['PUT api/registrations/r1', 'POST api/registrations/r1/submit'])
  expect(asked[1]?.headers.get('If-Match')).toBe('"5"')
})

test('what a reviewer returned meanwhile does not go back unread', async () => {
  const one = await draft({ submit: true })
  const returned = there(one, 2, 'returned')
  const asked = server({ status: 200, body: returned }, { status: 409, body: { theirs: returned } })
  expect((await new Outbox('li').send(one)).how).toBe('sent')
  expect(lines(asked)).toEqual(['POST api/registrations', 'PUT api/registrations/r1'])
})

test('what was typed while it was on its way stays, as a change of what arrived', async () => {
  const one = await draft()
  server()
  const session = fetch
  vi.stubGlobal('fetch', async (path: string, request: RequestInit) => {
    if (path === 'api/session') return session(path, request)
    Object.assign(one, { name: '第二小学', saved: '2099-01-01T00:00:00Z' })
    return new Response(JSON.stringify(saved(1, 'draft')), { status: 201 })
  })
  await new Outbox('li').send(one)
  expect(await keptDraft(one.key)).toMatchObject({ name: '第二小学', id: 'r1', version: 1 })
})

test('a newer version of somebody else is a conflict, and a wrong field is refused with the words of the server', async () => {
  server({ status: 409, body: { title: 'changed', title_zh: '别人已修改', theirs: saved(4, 'draft') } })
  const clash = await draft({ id: 'r1', version: 3, attributes: { capacity: '3' } })
  const theirs = there(clash, 4, 'draft', { name: '别的' })
  server({ status: 409, body: { title: 'changed', title_zh: '别人已修改', theirs } })
  expect((await new Outbox('li').send(clash)).how).toBe('conflict')
  expect((await keptDraft(clash.key))?.standing).toBe('conflict')
  server({ status: 400, body: { title: 'wrong', title_zh: '填写有误', errors: [] } })
  const wrong = await draft()
  expect((await new Outbox('li').send(wrong)).how).toBe('refused')
  expect((await keptDraft(wrong.key))?.told).toBe('填写有误')
})

test('nothing is sent as somebody else, nor as nobody', async () => {
  const one = await draft({ submit: true, standing: 'waiting' })
  const asked = server({ status: 201, body: saved(1, 'submitted') })
  asked.present = 'wang'
  expect(await new Outbox('li').send(one)).toMatchObject({ how: 'other', person: { account: 'wang' } })
  asked.present = null
  expect((await new Outbox('li').send(one)).how).toBe('signed_out')
  expect(asked).toHaveLength(0)
  expect(await keptDraft(one.key)).toMatchObject({ standing: 'waiting', account: 'li' })
  asked.present = 'li'
  expect((await new Outbox('li').send(one)).how).toBe('sent')
})

test('who is signed in is asked once for all that goes together', async () => {
  const asked = server(...Array.from({ length: 3 }, () => ({ status: 201, body: saved(1, 'draft') })))
  for (let i = 0; i < 3; i++) await draft({ standing: 'waiting' })
  const outbox = new Outbox('li')
  await outbox.sendWaiting()
  expect(asked).toHaveLength(3)
  expect(asked.looks).toBe(1)
})

test('pauses grow with every failure, up to ten minutes, and are never shorter than what the server asks for', () => {
  expect([1, 2, 3, 4].map((failures) => pauseAfter(failures) / 1000)).toEqual([15, 30, 60, 120])
  expect(pauseAfter(50)).toBe(600_000)
  expect(pauseAfter(1, 90)).toBe(90_000)
})

test('a line that is too slow waits and says so; a photo that arrived is not sent again', async () => {
  const answers = [
    { status: 201, text: JSON.stringify({ id: 'p1' }) },
    { status: 504, text: '' },
  ]
  vi.stubGlobal('XMLHttpRequest', uploads(answers))
  const asked = server()
  const photo = (key: string) => ({ key, file: new Blob(['x'], { type: 'image/jpeg' }), id: null, small: '' })
  const one = await draft({ submit: true, photos: [photo('a'), photo('b')] })
  const seen: (Progress | null)[] = []
  const outbox = new Outbox('li')
  outbox.onProgress = (_, progress) => seen.push(progress)
  expect(await outbox.send(one)).toMatchObject({ how: 'waiting', slow: true })
  outbox.stop()
  expect(asked).toHaveLength(0)
  expect(await keptDraft(one.key)).toMatchObject({ standing: 'waiting', told: expect.stringContaining('网络太慢') })
  expect((await keptDraft(one.key))?.photos.map(({ id }) => id)).toEqual(['p1', null])
  expect(seen).toEqual([
    { photo: 1, of: 2, share: 0 },
    { photo: 1, of: 2, share: 0.5 },
    { photo: 2, of: 2, share: 0 },
    { photo: 2, of: 2, share: 0.5 },
    null,
  ])
})

test('a registration says the same when its values are the same texts, whatever their types', async () => {
  const one = await draft({ attributes: { capacity: '30', indoor: 'true', phone: '' } })
  const body = bodyOf(one)
  const same = there(one, 2, 'draft', { attributes: { indoor: true, capacity: 30, phone: null } })
  expect(saysTheSame(same as never, body)).toBe(true)
  expect(saysTheSame({ ...same, attributes: { capacity: 31 } } as never, body)).toBe(false)
  expect(saysTheSame({ ...same, lat: 36.4 } as never, body)).toBe(false)
})

/** A browser's way to send files, as far as the page uses it: each is half gone before it is answered. */
function uploads(answers: { status: number; text: string }[]): unknown {
  return class {
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
    status = 0
    responseText = ''
    onload?: () => void
    onloadend?: () => void
    open(): void {}
    setRequestHeader(): void {}
    getResponseHeader(): null {
      return null
    }
    send(): void {
      const answer = answers.shift() ?? { status: 500, text: '' }
      this.upload.onprogress?.({ loaded: 1, total: 2 })
      Object.assign(this, { status: answer.status, responseText: answer.text })
      this.onload?.()
      this.onloadend?.()
    }
  }
}
