import { get, isAbort } from '../../api/client'
import type { SitePage } from '../../api/types'
import { choosePage } from '../../panels/register/choose'
import type { Office, Room } from './office'

/** Finds the published site that somebody wants to change. */
export function chooseRoom(office: Office, change: 'amend' | 'close'): Room {
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const panel = choosePage(office.county, change, (text) => {
    clearTimeout(timer)
    running?.abort()
    if (text !== '') timer = setTimeout(() => void find(text), 200)
  })
  const find = async (text: string): Promise<void> => {
    running = new AbortController()
    try {
      panel.show((await get<SitePage>('sites', { q: text, limit: 20 }, running.signal)).features)
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause, () => void find(text))
    }
  }
  return {
    element: panel.element,
    close: () => {
      clearTimeout(timer)
      running?.abort()
    },
  }
}
