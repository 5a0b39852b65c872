import '../../style/review.css'
import '../../style/admin.css'
import { homesFile, type Look, lookAtHomes } from '../../api/homes'
import { HomesPanel } from '../../panels/review/homes'
import type { Office, Room } from '../register/office'

/** Where homes are, for those who may see it and say why. It is asked for anew each time, and forgotten with the room. */
export function homesRoom(office: Office): Room {
  const kinds = office.county.countedKinds.map(({ id }) => id)
  const look = async (why: string): Promise<void> => {
    // One after the other: each kind is a look of its own in the log.
    const looks: Look[] = []
    for (const kind of kinds) looks.push(await lookAtHomes(kind, why))
    panel.show({ at: looks.at(-1)?.at ?? '', homes: looks.flatMap(({ homes }) => homes) }, why)
  }
  const file = async (why: string): Promise<void> => {
    await office.attempt(async () => {
      for (const kind of kinds) save(await homesFile(kind, why), `${kind}.csv`)
    })
  }
  const panel = new HomesPanel(office.county, { look, file })
  return { element: panel.element }
}

/** Hands a file to the person; the page itself keeps none of it. */
function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Once the browser has begun to write it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
