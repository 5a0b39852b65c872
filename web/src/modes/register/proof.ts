import '../../style/review.css'
import type { Opened } from '../../api/registrations'
import { may } from '../../api/session'
import { proofPage } from '../../panels/register/proof'
import type { Office, Room } from './office'

export function proofRoom(office: Office, one: Opened): Room {
  return { element: proofPage(one, office.county, may(office.person, 'register')) }
}
