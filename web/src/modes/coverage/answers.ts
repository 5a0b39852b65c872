import { isAbort, Problem } from '../../api/client'
import {
  type Coverage,
  getCells,
  getCellTimes,
  getCoverage,
  getStreets,
  getStreetTimes,
  type Painting,
} from '../../api/coverage'
import type { Cells, Streets } from '../../api/packed'
import type { Place, Places } from '../../api/places'
import { type Asked, agesParameter, parameters } from '../../panels/coverage/asked'
import { t } from '../../text/language'

/** Everything that one question brought, always whole: figures, colours and sites never belong to different questions. */
export type Answered = {
  answer: Coverage
  cells: Cells
  painting: Painting
  streets: Streets | null
  /** Those that count. */
  sites: readonly Place[]
  /** All that answer to the question but for its time. */
  every: readonly Place[]
}

export type Listener = {
  changed(): void
  arrived(answered: Answered): void
  failed(cause: unknown, retry: () => void): void
}

/** Asks the server: all anew when walking times change, only the figures when the minutes do. The newest question counts. */
export class Answers {
  private running: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private streets: Streets | null | undefined
  private cells: { ages: string; of: Cells } | null = null
  private last: { answered: Answered; walk: string; minutes: number } | null = null
  private wanted: { asked: Asked; walk: string } | null = null

  constructor(
    private readonly places: Places,
    private readonly listener: Listener,
  ) {}

  get waiting(): 'all' | 'gaps' | null {
    const { wanted, last } = this
    if (!wanted) return null
    return last?.walk === wanted.walk ? 'gaps' : 'all'
  }

  /** `patience` is how long to wait for a newer question when only the minutes are new. */
  ask(asked: Asked, patience: number): void {
    const walk = JSON.stringify([parameters(asked, new Date()), agesParameter(asked)])
    const { wanted, last } = this
    if (wanted ? wanted.walk === walk && wanted.asked.minutes === asked.minutes : this.holds(walk, asked)) return
    clearTimeout(this.timer)
    this.running?.abort()
    if (this.holds(walk, asked)) {
      this.wanted = null
      return
    }
    this.wanted = { asked, walk }
    const onlyMinutes = last?.walk === walk
    this.timer = setTimeout(() => void this.load(asked, walk), onlyMinutes ? patience : 0)
  }

  /** Other sites were published: figures and times are asked anew, while streets and children are as they were. */
  refresh(asked: Asked): void {
    this.close()
    this.last = this.wanted = null
    this.ask(asked, 0)
  }

  /** What is here is of yesterday: asks for all of it anew. */
  renew(asked: Asked): void {
    this.close()
    this.last = this.cells = this.wanted = null
    this.streets = undefined
    this.ask(asked, 0)
  }

  close(): void {
    clearTimeout(this.timer)
    this.running?.abort()
  }

  private holds(walk: string, asked: Asked): boolean {
    return this.last?.walk === walk && this.last.minutes === asked.minutes
  }

  private async load(asked: Asked, walk: string): Promise<void> {
    const running = new AbortController()
    this.running = running
    const { signal } = running
    const ages = agesParameter(asked)
    const question = parameters(asked, new Date())
    try {
      const figures = getCoverage({ ...question, minutes: asked.minutes, ages }, signal)
      // Whoever waits for it hears of a failure; it is not also to be an unhandled one when something else failed first.
      figures.catch(() => undefined)
      const known = this.last?.walk === walk ? this.last.answered : null
      const answered = known ? { ...known, answer: await figures } : await this.whole(asked, ages, figures, signal)
      if (signal.aborted) return
      this.last = { answered, walk, minutes: asked.minutes }
      this.wanted = null
      this.listener.arrived(answered)
    } catch (cause) {
      if (isAbort(cause) || signal.aborted) return
      running.abort()
      this.wanted = null
      this.listener.changed()
      this.listener.failed(cause, () => {
        this.ask(asked, 0)
        this.listener.changed()
      })
    }
  }

  /** `again`: a second look is worth it when what came does not fit together. */
  private async whole(
    asked: Asked,
    ages: string,
    figures: Promise<Coverage>,
    signal: AbortSignal,
    again = true,
  ): Promise<Answered> {
    const question = parameters(asked, new Date())
    const [answer, cellTimes, streetTimes, cells, streets, sites] = await Promise.all([
      figures,
      getCellTimes(question, signal),
      this.streets === null ? null : orNone(getStreetTimes(question, signal)),
      this.cells?.ages === ages ? this.cells.of : getCells(ages, signal),
      this.streets === undefined ? orNone(getStreets(signal)) : this.streets,
      this.places.fetchAll({ kind: asked.kind, ...asked.only }, signal),
    ])
    // Times belong to cells and junctions by their order; other counts mean that the data were replaced in between.
    const fits =
      cellTimes.secs.length === cells.children.length &&
      (!streets || streetTimes?.secs.length === streets.nodes.length / 2)
    this.streets = fits ? streets : undefined
    this.cells = fits ? { ages, of: cells } : null
    if (!fits && again) return this.whole(asked, ages, figures, signal, false)
    if (!fits) throw new Problem(200, t().problem.unreadable, '')
    const painting = { cells: cellTimes, streets: streetTimes }
    return { answer, cells, painting, streets, sites: asked.at ? serving(sites, painting) : sites, every: sites }
  }
}

/** Of sites that may be closed at the time, those that count: the nearest of some junction or cell. */
export function serving(sites: readonly Place[], { cells, streets }: Painting): Place[] {
  const near = new Set<number>(cells.site)
  for (const site of streets?.site ?? []) near.add(site)
  return sites.filter(({ id }) => near.has(id))
}

/** A network too large to be sent is painted by cells; anything else that fails is a failure. */
async function orNone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (cause) {
    if (cause instanceof Problem && cause.status === 404) return null
    throw cause
  }
}
