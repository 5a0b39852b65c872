import type { Name } from '../text/language'
import { get, Problem, post, problemOf, send } from './client'
import type { ProblemBody, Schemas, Told } from './types'
import { upload } from './upload'

export type SheetState = 'queued' | 'reading' | 'checking' | 'ready' | 'failed' | 'submitting' | 'done' | 'cancelled'
export type Colour = Schemas['Colour']
export type Column = Told<'ColumnShown'>
export type SheetField = Told<'FieldShown'>
export type SheetCounts = Told<'SheetCounts'>
export type Sheet = Told<'SheetAnswer', 'state' | 'hint' | 'problem'> & {
  state: SheetState
  hint: Name | null
  problem: Partial<ProblemBody> | null
}
/** Also those of colleagues of one's unit. */
export type SheetListed = Told<'ListedSheet', 'state'> & { state: SheetState }
export type Row = Told<'RowAnswer'>
export type Edit = Schemas['RowEdit']
export type Changed = { rows: Row[]; counts: SheetCounts }

export const mostBytes = 20 * 1024 * 1024
const pageSize = 1000
const pause = 1000

const one = (id: string, rest = ''): string => `sheets/${encodeURIComponent(id)}${rest}`

export async function listSheets(signal?: AbortSignal): Promise<SheetListed[]> {
  return (await get<{ sheets: SheetListed[] }>('sheets', {}, signal)).sheets
}

export async function sendSheet(file: File, kind: string, datum: string): Promise<string> {
  const query = new URLSearchParams({ kind, name: file.name, ...(datum ? { crs: datum } : {}) })
  // Its own type is what the system guesses from the name; the server looks inside.
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  return (await upload<{ id: string }>(`sheets?${query}`, bytes)).id
}

export function getSheet(id: string, signal?: AbortSignal): Promise<Sheet> {
  return get<Sheet>(one(id), {}, signal)
}

export async function dropSheet(id: string): Promise<void> {
  await send('DELETE', one(id))
}

export async function setColumns(
  id: string,
  columns: readonly { heading: string; field: string | null }[],
  datum: string | null,
): Promise<void> {
  await send('PUT', one(id, '/columns'), { body: datum === null ? { columns } : { columns, crs: datum } })
}

/** All rows, page by page; `more` is called with each page as it comes. */
export async function getRows(id: string, more: (rows: Row[]) => void, signal: AbortSignal): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await get<{ rows: Row[]; next: string | null }>(one(id, '/rows'), { limit: pageSize, cursor }, signal)
    more(page.rows)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

/** The answer has every row of which something else is said now. */
export async function editRows(id: string, edits: readonly Edit[]): Promise<Changed> {
  return (await send<Changed>('PATCH', one(id, '/rows'), { body: edits })).body
}

export async function submitSheet(id: string): Promise<void> {
  await post(one(id, '/submit'), {})
}

export function badRowsAddress(id: string): string {
  return `api/${one(id, '/bad.xlsx')}`
}

export function templateAddress(kind: string): string {
  return `api/kinds/${encodeURIComponent(kind)}/template.xlsx`
}

export function isBusy(state: SheetState): boolean {
  return state === 'queued' || state === 'reading' || state === 'checking' || state === 'submitting'
}

export function problemIn(sheet: Pick<Sheet, 'problem'>): Problem | null {
  return sheet.problem ? problemOf(sheet.problem, sheet.problem.status ?? 0) : null
}

export type Follower = {
  progress(state: SheetState, share: number): void
  done(): void
  failed(cause: unknown): void
}

/** Hears how far the work on a sheet is until it ends; where events do not come through it asks instead. */
export function followSheet(id: string, follower: Follower): () => void {
  const source = new EventSource(`api/${one(id, '/events')}`)
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    over = true
    clearTimeout(timer)
    source.close()
  }
  const ended = (): void => {
    if (over) return
    stop()
    follower.done()
  }
  const look = async (): Promise<void> => {
    try {
      const { state, share } = await getSheet(id)
      if (over) return
      if (!isBusy(state)) return ended()
      follower.progress(state, share)
      timer = setTimeout(() => void look(), pause)
    } catch (cause) {
      if (over) return
      // A connection that is gone for a moment comes back; a sheet that is not known any more does not.
      if (cause instanceof Problem && cause.status === 0) timer = setTimeout(() => void look(), pause)
      else {
        stop()
        follower.failed(cause)
      }
    }
  }
  source.addEventListener('progress', (event) => {
    const told = JSON.parse(event.data) as { state: SheetState; share: number }
    if (!over) follower.progress(told.state, told.share)
  })
  source.addEventListener('done', ended)
  source.addEventListener('error', () => {
    if (over) return
    source.close()
    clearTimeout(timer)
    timer = setTimeout(() => void look(), pause)
  })
  return stop
}
