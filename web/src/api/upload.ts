import { t } from '../text/language'
import { Problem, read, readProblem } from './client'

/** Sends a file as it is. `told` hears how much of it has gone, from 0 to 1. */
export async function upload<T>(path: string, file: Blob, told: (share: number) => void = () => undefined): Promise<T> {
  const response = await carry(`api/${path}`, file, told)
  if (!response.ok) throw await readProblem(response)
  return read(response, (response) => response.json() as Promise<T>)
}

/** Without a byte gone for so long, the line is dead whatever the browser believes. */
const stalled = 60_000

/** `fetch` cannot tell how far a body is; the older way can. */
function carry(address: string, file: Blob, told: (share: number) => void): Promise<Response> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    let timer: ReturnType<typeof setTimeout> | undefined
    const alive = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), stalled)
    }
    const lost = (): void => failed(new Problem(0, t().problem.unreachable, t().problem.unreachableHint))
    request.open('POST', address)
    request.setRequestHeader('Accept', 'application/json')
    if (file.type) request.setRequestHeader('Content-Type', file.type)
    request.upload.onprogress = ({ loaded, total }) => {
      alive()
      told(total > 0 ? loaded / total : 0)
    }
    request.onload = () => {
      const wait = request.getResponseHeader('Retry-After')
      done(new Response(request.responseText, { status: request.status, headers: wait ? { 'Retry-After': wait } : {} }))
    }
    request.onerror = lost
    request.onabort = lost
    request.onloadend = () => clearTimeout(timer)
    alive()
    request.send(file)
  })
}
