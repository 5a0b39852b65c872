import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'

const source = readFileSync(join(import.meta.dirname, 'worker.js'), 'utf8')
const home = 'https://yimi.test/map/'

/** A browser small enough to look into: shelves of answers, and a network that can be cut. */
function browser(names: string[] = []) {
  const shelves = new Map<string, Map<string, Response>>(names.map((name) => [name, new Map()]))
  const keyOf = (key: string | Request): string => new URL(typeof key === 'string' ? key : key.url, home).href
  const open = async (name: string) => {
    const shelf = shelves.get(name) ?? new Map<string, Response>()
    shelves.set(name, shelf)
    return {
      match: async (key: string | Request) => shelf.get(keyOf(key))?.clone(),
      put: async (key: string | Request, response: Response) => void shelf.set(keyOf(key), response),
      keys: async () => [...shelf.keys()].map((url) => ({ url })),
      delete: async (key: { url: string }) => shelf.delete(key.url),
      addAll: async (requests: Request[]) => {
        for (const request of requests) shelf.set(request.url, new Response('shell'))
      },
    }
  }
  const heard = new Map<string, (event: unknown) => void>()
  const net = { up: true, asked: [] as string[], headers: {} as Record<string, string> }
  const self = {
    location: { href: `${home}worker.js` },
    addEventListener: (name: string, run: (event: unknown) => void) => heard.set(name, run),
    skipWaiting: async () => undefined,
    clients: { claim: async () => undefined },
  }
  class HomeRequest extends Request {
    constructor(url: string, options?: RequestInit) {
      super(new URL(url, home), options)
    }
  }
  runInNewContext(source, {
    self,
    Request: HomeRequest,
    Response,
    Headers,
    URL,
    AbortController,
    setTimeout,
    clearTimeout,
    Date,
    caches: {
      open,
      keys: async () => [...shelves.keys()],
      delete: async (name: string) => shelves.delete(name),
      match: async (request: Request) => {
        for (const shelf of shelves.values()) if (shelf.has(request.url)) return shelf.get(request.url)?.clone()
        return undefined
      },
    },
    fetch: async (request: Request | string) => {
      if (!net.up) throw new TypeError('no signal')
      const url = typeof request === 'string' ? request : request.url
      net.asked.push(url)
      return new Response(`fresh ${url}`, {
        headers: { Date: 'Sat, 28 Nov 2026 12:00:00 GMT', ...net.headers },
      })
    },
  })
  const life = async (name: 'install' | 'activate'): Promise<void> => {
    let work: Promise<unknown> = Promise.resolve()
    heard.get(name)?.({ waitUntil: (promise: Promise<unknown>) => (work = promise) })
    await work
  }
  const tell = async (data: unknown): Promise<void> => {
    let work: Promise<unknown> = Promise.resolve()
    heard.get('message')?.({ data, waitUntil: (promise: Promise<unknown>) => (work = promise) })
    await work
  }
  const ask = async (path: string, method = 'GET'): Promise<Response | undefined> => {
    let answer: Promise<Response> | undefined
    const request = new Request(new URL(path, home), { method })
    const later: Promise<unknown>[] = []
    heard.get('fetch')?.({
      request,
      respondWith: (promise: Promise<Response>) => (answer = promise),
      waitUntil: (promise: Promise<unknown>) => later.push(promise),
    })
    const told = await answer
    await Promise.all(later)
    return told
  }
  return { shelves, net, life, tell, ask }
}

test('installed, it holds the pages; activated, it clears what older versions held and nothing of others', async () => {
  const { shelves, life } = browser(['yimi-shell-old', 'yimi-answers', 'somebody-else'])
  await life('install')
  await life('activate')
  expect([...shelves.keys()].sort()).toEqual(['somebody-else', 'yimi-answers', 'yimi-shell-dev'])
})

test('pages come from the network first, so that nobody stays on an old version', async () => {
  const { net, life, ask } = browser()
  await life('install')
  expect(await (await ask('./'))?.text()).toContain('fresh')
  net.up = false
  const offline = await ask('./')
  expect(await offline?.text()).toContain('fresh')
  expect(offline?.headers.get('X-Kept')).toBe('2026-11-28T12:00:00.000Z')
})

test('files with a hash in their name are asked for once', async () => {
  const { net, ask } = browser()
  await ask('assets/main-abc.js')
  await ask('assets/main-abc.js')
  expect(net.asked).toEqual([`${home}assets/main-abc.js`])
})

test('what the public map shows is kept; a position, a search or anything personal is not even looked at', async () => {
  const { net, ask, shelves } = browser()
  for (const path of ['api/config', 'api/sites?bbox=116.2,36.3,116.4,36.5', 'api/sites/7', 'api/sites/7/hours'])
    expect((await ask(path))?.status).toBe(200)
  const left = [
    'api/session',
    'api/registrations',
    'api/homes',
    'api/people',
    'api/search?q=x',
    'api/nearby?lon=1&lat=2',
  ]
  for (const path of [...left, 'api/route?from=1,2', 'api/sites?q=x', 's/7', 'api/sites/7/reports'])
    expect(await ask(path), path).toBeUndefined()
  for (const path of ['api/nearby', 'api/route', 'api/session', 'api/sites'])
    expect(await ask(path, 'POST')).toBeUndefined()
  net.headers = { 'Cache-Control': 'no-store' }
  await ask('api/targets')
  expect([...(shelves.get('yimi-answers')?.keys() ?? [])]).toHaveLength(4)
})

test('on the first visit what was loaded before the worker came is kept, and nothing else', async () => {
  const { net, tell, ask } = browser()
  const boxed = 'api/sites?bbox=116.0,36.0,117.0,37.0&fields=brief'
  const loaded = ['api/config', boxed, 'api/search?q=x', 'assets/a.js'].map((path) => home + path)
  await tell({ loaded: [...loaded, 'https://elsewhere.test/map/api/config'] })
  expect(net.asked).toEqual([`${home}api/config`, home + boxed])
  net.up = false
  expect(await (await ask(boxed))?.text()).toContain('fresh')
  await tell(null)
})

test('with no signal the sites of a box come from one that holds it, else from the last', async () => {
  const { net, ask } = browser()
  await ask('api/sites?bbox=116.0,36.0,117.0,37.0&fields=brief')
  await ask('api/sites?bbox=118.0,36.0,118.2,36.2&fields=brief')
  net.up = false
  const inside = await ask('api/sites?bbox=116.2,36.2,116.4,36.4&fields=brief')
  expect(await inside?.text()).toContain('bbox=116.0')
  const elsewhere = await ask('api/sites?bbox=10.0,50.0,10.2,50.2&fields=brief')
  expect(await elsewhere?.text()).toContain('bbox=118.0')
  await expect(ask('api/areas')).rejects.toThrow('no signal')
})

test('no more is kept than a phone can spare', async () => {
  const { ask, shelves } = browser()
  for (let i = 0; i < 420; i++) await ask(`api/sites/${i}`)
  const kept = [...(shelves.get('yimi-answers')?.keys() ?? [])]
  expect(kept).toHaveLength(400)
  expect(kept.at(-1)).toContain('/419')
})
