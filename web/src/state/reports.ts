// Which reports were sent from this device, so that their state can be asked for. Nothing of who sent them is known anywhere.

type Shelf = Pick<Storage, 'getItem' | 'setItem'>
type Sent = { id: string; site: number }

const place = 'yimi.reports'
const mostKept = 100

/** The ids of what was reported about a site, the latest first. */
export function sentReports(shelf: Shelf | null, site: number): string[] {
  return read(shelf)
    .filter((one) => one.site === site)
    .map(({ id }) => id)
}

export function keepReport(shelf: Shelf | null, one: Sent): void {
  try {
    shelf?.setItem(place, JSON.stringify([one, ...read(shelf)].slice(0, mostKept)))
  } catch {
    // A device that keeps nothing: the report has arrived all the same.
  }
}

function read(shelf: Shelf | null): Sent[] {
  try {
    const found: unknown = JSON.parse(shelf?.getItem(place) ?? '[]')
    return Array.isArray(found) ? found.filter(isSent) : []
  } catch {
    return []
  }
}

function isSent(one: unknown): one is Sent {
  const sent = one as Partial<Sent> | null
  return typeof sent === 'object' && sent !== null && typeof sent.id === 'string' && typeof sent.site === 'number'
}
