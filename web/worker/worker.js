// Opens the page with no signal. Network first for pages and answers, cache first for files whose names hold a hash of their
// content, so that nobody stays on an old version. Kept are pages, files and what the public map shows; never a POST, which
// is where positions go, and never what is told to somebody who is signed in. Written into the build by vite.config.ts.
const files = ['./'] // replaced by the build
const shell = 'yimi-shell-dev' // replaced by the build
const answers = 'yimi-answers'
const mostKept = 400
/** Milliseconds after which what is kept answers for a signal that is there and carries nothing. */
const patience = 6000
const publicAnswer = /^api\/(config|kinds|areas|targets|profiles|sites(\/\d+(\/hours)?)?|tiles\/base\/[\d/]+)$/

self.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(shell)
    await cache.addAll(files.map((file) => new Request(file, /\.html$|\/$/.test(file) ? { cache: 'reload' } : {})))
    await self.skipWaiting()
  }
  event.waitUntil(fill())
})

self.addEventListener('activate', (event) => {
  const clear = async () => {
    const names = await caches.keys()
    const old = names.filter((name) => name.startsWith('yimi-') && name !== shell && name !== answers)
    await Promise.all(old.map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(clear())
})

// The first visit: what the page loaded before the worker was there.
self.addEventListener('message', (event) => {
  const home = new URL('./', self.location.href).href
  const mine = (event.data?.loaded ?? []).filter((url) => url.startsWith(home) && isPublic(url.slice(home.length)))
  const load = async (url) => {
    const response = await fetch(url).catch(() => null)
    if (response?.status === 200) await keep(answers, url, response)
  }
  event.waitUntil(Promise.all(mine.slice(-mostKept).map(load)))
})

function isPublic(rest) {
  return publicAnswer.test(rest.replace(/[?#].*$/, '')) && !/[?&]q=/.test(rest)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const home = new URL('./', self.location.href).href
  if (request.method !== 'GET' || !request.url.startsWith(home)) return
  const rest = request.url.slice(home.length)
  const path = rest.replace(/[?#].*$/, '')
  if (/^(|index\.html|register\.html|manifest\.webmanifest)$/.test(path)) {
    event.respondWith(networkFirst(event, shell, path === 'index.html' ? './' : path || './'))
  } else if (/^(assets|icons)\//.test(path)) event.respondWith(cacheFirst(event))
  else if (isPublic(rest)) event.respondWith(networkFirst(event, answers, request.url))
})

async function cacheFirst(event) {
  const kept = await caches.match(event.request)
  if (kept) return kept
  const response = await fetch(event.request)
  if (response.ok) event.waitUntil(keep(shell, event.request, response.clone()))
  return response
}

/** `key`: under what it is kept. What is kept says so (X-Kept, when it was loaded); without anything kept the failure stands. */
async function networkFirst(event, name, key) {
  const stop = new AbortController()
  const timer = setTimeout(async () => {
    if (await find(name, key)) stop.abort()
  }, patience)
  try {
    const response = await fetch(event.request, { signal: stop.signal })
    const stays = !/no-store|private/.test(response.headers.get('Cache-Control') ?? '')
    // Whoever asked does not wait for the shelf.
    if (response.status === 200 && stays) event.waitUntil(keep(name, key, response.clone()))
    return response
  } catch (cause) {
    const kept = await find(name, key)
    if (!kept) throw cause
    return stamped(kept)
  } finally {
    clearTimeout(timer)
  }
}

async function find(name, key) {
  const cache = await caches.open(name)
  return (await cache.match(key)) ?? aroundThere(cache, key)
}

async function keep(name, key, response) {
  try {
    const cache = await caches.open(name)
    await cache.put(key, response)
    if (name !== answers) return
    const keys = await cache.keys()
    await Promise.all(keys.slice(0, Math.max(0, keys.length - mostKept)).map((old) => cache.delete(old)))
  } catch {
    // No room left, or the answer broke off: it is then asked for again.
  }
}

function stamped(kept) {
  const headers = new Headers(kept.headers)
  headers.set('X-Kept', new Date(kept.headers.get('Date') ?? Date.now()).toISOString())
  return new Response(kept.body, { status: kept.status, headers })
}

/** Sites of another box: one that holds the wanted one, else the last that was looked at. */
async function aroundThere(cache, key) {
  const wanted = boxOf(key)
  if (!wanted) return undefined
  const keys = (await cache.keys()).filter(({ url }) => boxOf(url) && !/[?&](cursor|kind)=/.test(url)).reverse()
  const holds = ({ url }) => boxOf(url).every((n, i) => (i < 2 ? n <= wanted[i] : n >= wanted[i]))
  const best = keys.find(holds) ?? keys[0]
  return best && cache.match(best)
}

function boxOf(url) {
  const box = /\/api\/sites\?(?:.*&)?bbox=([^&]+)/.exec(url)?.[1]
  const numbers = box ? decodeURIComponent(box).split(',').map(Number) : []
  return numbers.length === 4 ? numbers : null
}
