import '../../style/admin.css'
import { kindsPage } from '../../panels/admin/kinds'
import type { Office, Room } from '../register/office'

/** The catalogue as it was read at start. */
export function kindsRoom(office: Office): Room {
  return { element: kindsPage(office.county) }
}
