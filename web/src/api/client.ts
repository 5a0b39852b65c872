import { language, nameOf, t } from '../text/language'
import type { ProblemBody } from './types'

export type Wrong = NonNullable<ProblemBody['errors']>[number]
/** What a problem tells a program: wrong fields one by one, seconds to wait, and all that was in the answer. */
export type Told = { errors?: readonly Wrong[]; wait?: number | null; body?: unknown }

/** Why a request failed, in words for the person: the server's own wherever it gave some. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly told: Told = {},
  ) {
    super(`${title} ${detail}`.trim())
  }
}

/** What was thrown, as a problem. A part of the page that could not be loaded is a server that was not reached. */
export function problemFrom(cause: unknown): Problem {
  if (cause instanceof Problem) return cause
  const said = String(cause)
  const unloaded = /dynamically imported module|Importing a module script|preload CSS/i.test(said)
  return unloaded ? new Problem(0, t().problem.unreachable, t().problem.unreachableHint) : new Problem(0, said, '')
}

export type Parameters = Record<string, string | number | undefined>

/** The only way to the server. Rejects with a Problem, or with the abort of `signal`. */
export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  return read(await ask(path, parameters, 'application/json', signal), (response) => response.json() as Promise<T>)
}

/** The same, with the version of what was answered. */
export async function getMarked<T>(path: string, parameters: Parameters, signal?: AbortSignal): Promise<Answer<T>> {
  const response = await ask(path, parameters, 'application/json', signal)
  const body = await read(response, (response) => response.json() as Promise<T>)
  return { status: response.status, etag: response.headers.get('ETag'), body }
}

/** The same for answers that are packed numbers. */
export async function getBytes(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<ArrayBuffer> {
  return read(await ask(path, parameters, '*/*', signal), (response) => response.arrayBuffer())
}

/** The same for a tile of the base map; nothing where the server has nothing. */
export async function getTile(path: string, signal?: AbortSignal): Promise<ArrayBuffer | null> {
  const response = await ask(path, {}, '*/*', signal)
  return response.status === 204 ? null : read(response, (response) => response.arrayBuffer())
}

/** What is sent along with a request that has a body: `headers` for what is neither path nor body (If-Match, a key). */
export type Sent = { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal }
/** `etag`: the version of what was answered, where it has one. */
export type Answer<T> = { status: number; etag: string | null; body: T }

/** Asks with a body; for questions that are too long for an address and positions that are not to be logged in one. */
export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await send<T>('POST', path, signal ? { body, signal } : { body })).body
}

/** Any other method. An answer without a body (204) has `null` for one. */
export async function send<T>(method: string, path: string, { body, headers, signal }: Sent = {}): Promise<Answer<T>> {
  const content: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' }
  const response = await reach(`api/${path}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
    headers: { Accept: 'application/json', ...content, ...headers },
    signal: signal ?? null,
  })
  const none = response.status === 204
  return {
    status: response.status,
    etag: response.headers.get('ETag'),
    body: none ? (null as T) : await read(response, (response) => response.json() as Promise<T>),
  }
}

/** A file in answer to a question with a body: what is asked stands in no address, and so in no log of a proxy. */
export async function postForFile(path: string, body: unknown, accept: string): Promise<Blob> {
  const headers = { Accept: accept, 'Content-Type': 'application/json' }
  const response = await reach(`api/${path}`, { method: 'POST', body: JSON.stringify(body), headers })
  return read(response, (response) => response.blob())
}

async function ask(path: string, parameters: Parameters, accept: string, signal?: AbortSignal): Promise<Response> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value))
  const address = query.size > 0 ? `api/${path}?${query}` : `api/${path}`
  return reach(address, { signal: signal ?? null, headers: { Accept: accept } })
}

/** When what the worker keeps was loaded, as long as that is what answers; null with a signal. */
let kept: string | null = null
const listeners = new Set<() => void>()

export function keptSince(): string | null {
  return kept
}

/** Calls `run` whenever the signal goes or comes back; returns how to stop. */
export function whenSignal(run: () => void): () => void {
  listeners.add(run)
  return () => listeners.delete(run)
}

function heard(since: string | null): void {
  if (since === kept) return
  const turned = (since === null) !== (kept === null)
  kept = since
  if (turned) for (const run of [...listeners]) run()
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, request)
    heard(response.headers.get('X-Kept'))
  } catch (cause) {
    if (isAbort(cause)) throw cause
    if (globalThis.navigator?.onLine === false) heard(kept ?? '')
    throw new Problem(0, t().problem.unreachable, t().problem.unreachableHint)
  }
  if (!response.ok) throw await readProblem(response)
  return response
}

/** The body of an answer, or a Problem that says that it cannot be read. */
export async function read<T>(response: Response, how: (response: Response) => Promise<T>): Promise<T> {
  try {
    return await how(response)
  } catch (cause) {
    if (isAbort(cause)) throw cause
    throw new Problem(response.status, t().problem.unreadable, String(cause))
  }
}

export function isAbort(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError'
}

export async function readProblem(response: Response): Promise<Problem> {
  const fallback = t().problem.failed(String(response.status))
  const text = await response.text().catch(() => '')
  let body: Partial<ProblemBody>
  try {
    body = JSON.parse(text) as Partial<ProblemBody>
  } catch {
    // A proxy in between answers in HTML or not at all; its status is then all there is to say.
    return new Problem(response.status, fallback, '')
  }
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return problemOf(body, response.status, Number.isFinite(wait) ? wait : null)
}

/** A problem as the server writes it, in the language of the reader. */
export function problemOf(body: Partial<ProblemBody>, status: number, wait: number | null = null): Problem {
  const fallback = t().problem.failed(String(status))
  const chinese = language() === 'zh'
  const title = (chinese ? body.title_zh : body.title) || body.title || fallback
  const detail = (chinese ? body.detail_zh : body.detail) || body.detail || ''
  const fields = (body.errors ?? []).map((error) => t().problem.field(error.field, nameOf(error.wanted)))
  const told = { errors: body.errors ?? [], wait, body }
  return new Problem(status, title, [detail, ...fields].filter(Boolean).join(' '), told)
}
