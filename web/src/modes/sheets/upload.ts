import '../../style/sheets.css'
import { isAbort } from '../../api/client'
import { listSheets, sendSheet } from '../../api/sheets'
import { UploadPanel } from '../../panels/sheets/upload'
import type { Office, Room } from '../register/office'

/** Where a spreadsheet is uploaded. */
export function uploadRoom(office: Office): Room {
  const panel = new UploadPanel(office.county, async (file, kind, datum) => {
    office.go(`/sheets/${await sendSheet(file, kind, datum)}`)
  })
  const load = async (): Promise<void> => {
    try {
      panel.list(await listSheets(office.signal))
    } catch (cause) {
      if (!isAbort(cause)) office.problem(cause, () => void load())
    }
  }
  void load()
  return { element: panel.element }
}
