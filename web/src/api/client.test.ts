import { afterEach, expect, test, vi } from 'vitest'
import { setLanguage } from '../text/language'
import { get, getBytes, type Problem, post, send } from './client'

afterEach(() => {
  vi.unstubAllGlobals()
  setLanguage('zh')
})

function answer(body: string, status = 200): ReturnType<typeof vi.fn> {
  const fetch = vi.fn(async () => new Response(body, { status }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}

const problem = JSON.stringify({
  title: 'Bad box',
  title_zh: '范围不对',
  detail: 'west is greater than east',
  detail_zh: '西边大于东边',
  errors: [{ field: 'bbox', found: '2,1,1,2', wanted: { zh: '西,南,东,北', en: 'w,s,e,n' } }],
})

test('parameters are encoded and those without a value left out', async () => {
  const fetch = answer('{"ok":1}')
  expect(await get('sites', { q: '图书 &', limit: 20, kind: undefined })).toEqual({ ok: 1 })
  expect(fetch.mock.calls[0]?.[0]).toBe('api/sites?q=%E5%9B%BE%E4%B9%A6+%26&limit=20')
})

test("a refusal carries the server's own words in the language of the reader", async () => {
  answer(problem, 400)
  await expect(get('sites')).rejects.toMatchObject({
    status: 400,
    title: '范围不对',
    detail: '西边大于东边 bbox：应为 西,南,东,北',
  } satisfies Partial<Problem>)
  setLanguage('en')
  await expect(get('sites')).rejects.toMatchObject({
    title: 'Bad box',
    detail: 'west is greater than east bbox: w,s,e,n wanted',
  })
})

test('a refusal that is not a problem document still says its status', async () => {
  answer('<html>Bad gateway</html>', 502)
  await expect(get('sites')).rejects.toMatchObject({ status: 502, title: '服务器没能完成（502）' })
})

test('an unreachable server and an unreadable answer are told apart', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')))
  await expect(get('sites')).rejects.toMatchObject({ status: 0, title: '连不上服务器' })
  answer('not json')
  await expect(get('sites')).rejects.toMatchObject({ title: '服务器的回答看不懂' })
})

test('an abort stays an abort', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('stop', 'AbortError')))
  await expect(get('sites')).rejects.toMatchObject({ name: 'AbortError' })
})

test('packed numbers come as they are, and a refusal of them is told in words too', async () => {
  const fetch = answer('YMTIMES1')
  const bytes = await getBytes('coverage/cells', { kind: 'school' })
  expect(new TextDecoder().decode(bytes)).toBe('YMTIMES1')
  expect(fetch.mock.calls[0]?.[0]).toBe('api/coverage/cells?kind=school')
  answer(problem, 404)
  await expect(getBytes('coverage/cells')).rejects.toMatchObject({ status: 404, title: '范围不对' })
})

test('a body is sent as JSON, and its refusal is told like any other', async () => {
  const fetch = answer('{"gained":3}')
  expect(await post('what-if', { kind: 'school', add: [] })).toEqual({ gained: 3 })
  expect(fetch.mock.calls[0]).toMatchObject([
    'api/what-if',
    { method: 'POST', body: '{"kind":"school","add":[]}', headers: { 'Content-Type': 'application/json' } },
  ])
  answer(problem, 400)
  await expect(post('what-if', {})).rejects.toMatchObject({ status: 400, title: '范围不对' })
})

test('other methods carry their headers and tell the version', async () => {
  const fetch = vi.fn(async () => new Response('{"version":2}', { status: 200, headers: { ETag: '"2"' } }))
  vi.stubGlobal('fetch', fetch)
  const answer = await send('PUT', 'scenarios/x', { body: {}, headers: { 'If-Match': '"1"' } })
  expect(answer).toEqual({ status: 200, etag: '"2"', body: { version: 2 } })
  expect(fetch.mock.calls[0]).toMatchObject(['api/scenarios/x', { method: 'PUT', headers: { 'If-Match': '"1"' } }])
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
  expect(await send('DELETE', 'scenarios/x')).toEqual({ status: 204, etag: null, body: null })
})
