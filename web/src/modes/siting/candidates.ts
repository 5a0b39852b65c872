import { isAbort } from '../../api/client'
import type { Streets } from '../../api/packed'
import type { Places } from '../../api/places'
import { junctionsOf, placesOf, type Source } from '../../layers/siting/candidates'
import type { Wish } from '../../panels/siting/wish'

/** The possible spots of a wish, as the map shows them; the same object until they are others. */
export class Candidates {
  private hosts: { kinds: string; places: Source } | null = null
  private made: { from: unknown; source: Source } | null = null
  private running: AbortController | null = null

  constructor(
    private readonly places: Places,
    private readonly arrived: () => void,
  ) {}

  of({ source, list, kinds }: Wish, streets: Streets | null): Source | null {
    if (source === 'kinds') return this.hosts?.kinds === kinds.join() ? this.hosts.places : null
    const from = source === 'list' ? list : streets?.nodes
    if (!from) return null
    if (this.made?.from !== from)
      this.made = { from, source: source === 'list' ? placesOf(list) : junctionsOf(streets?.nodes ?? new Int32Array()) }
    return this.made.source
  }

  /** Learns where the sites of the chosen kinds are. They are only shown: when that fails the search works all the same. */
  follow({ source, kinds }: Wish): void {
    const wanted = kinds.join()
    if (source !== 'kinds' || wanted === '' || this.hosts?.kinds === wanted) return
    this.stop()
    const running = new AbortController()
    this.running = running
    this.places.fetchAll({ kind: wanted }, running.signal).then(
      (places) => {
        this.hosts = { kinds: wanted, places: placesOf(places) }
        this.arrived()
      },
      (cause: unknown) => {
        if (!isAbort(cause)) this.hosts = null
      },
    )
  }

  stop(): void {
    this.running?.abort()
    this.running = null
  }
}
