import '../../style/admin.css'
import { isAbort } from '../../api/client'
import { type AuditLine, audit, auditAddress } from '../../api/people'
import { type AuditFilter, AuditPanel } from '../../panels/admin/audit'
import type { Office, Room } from '../register/office'

/** The log of changes and sign-ins. */
export function auditRoom(office: Office): Room {
  let filter: AuditFilter = { who: '', noun: '', noun_id: '', from: '', to: '' }
  let lines: AuditLine[] = []
  let next: string | null = null
  const panel = new AuditPanel({
    show: (wanted) => {
      filter = wanted
      panel.update(null, false)
      void load(null)
    },
    more: () => void load(next),
    address: (wanted) => auditAddress(given(wanted)),
  })
  const load = async (cursor: string | null): Promise<void> => {
    try {
      const page = await audit({ ...given(filter), limit: 100, cursor: cursor ?? undefined }, office.signal)
      lines = cursor === null ? page.lines : [...lines, ...page.lines]
      next = page.next
      panel.update(lines, next !== null)
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause, () => void load(cursor))
    }
  }
  panel.update(null, false)
  void load(null)
  return { element: panel.element }
}

function given(filter: AuditFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}
