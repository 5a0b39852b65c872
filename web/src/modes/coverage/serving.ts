import { isAbort } from '../../api/client'
import { getServiceArea, type ServiceArea } from '../../api/coverage'
import { type Asked, agesParameter, parameters } from '../../panels/coverage/asked'

/** The area of one site, brought up to the question; the last one stays until the next has come. */
export class Serving {
  area: ServiceArea | null = null
  private site: number | null = null
  private running: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    /** `first`: it is another site than before. */
    private readonly arrived: (first: boolean) => void,
    private readonly failed: (cause: unknown, retry: () => void) => void,
  ) {}

  /** `patience` is how long to wait for a newer question about the same site. */
  ask(site: number | null, asked: Asked, patience: number): void {
    if (site === null && this.site === null) return
    const again = site !== null && site === this.site
    this.stop()
    this.site = site
    if (!again) {
      this.area = null
      this.arrived(false)
    }
    if (site !== null) this.timer = setTimeout(() => void this.load(site, asked), again ? patience : 0)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.running?.abort()
  }

  private async load(site: number, asked: Asked): Promise<void> {
    const running = new AbortController()
    this.running = running
    const { profile, at } = parameters(asked, new Date())
    try {
      const question = { profile, at, minutes: asked.minutes, ages: agesParameter(asked) }
      const first = this.area === null
      this.area = await getServiceArea(site, question, running.signal)
      this.arrived(first)
    } catch (cause) {
      if (!isAbort(cause)) this.failed(cause, () => void this.load(site, asked))
    }
  }
}
