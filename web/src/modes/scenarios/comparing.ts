import { getCells } from '../../api/coverage'
import type { Cells } from '../../api/packed'
import { type Comparison, compareScenarios, getScenario } from '../../api/scenarios'
import { ApartLayer } from '../../layers/scenarios/layer'
import { comparisonView, type Pair } from '../../panels/scenarios/compare'
import type { Planner } from '../plan/planner'
import { apartCells, sums } from './apart'

type Compared = { comparison: Comparison; cells: Cells | null; minutes: number }

/** Two or three scenarios side by side: all of them in the panel, two of them on the map. */
export class Comparing {
  /** Another object whenever there is something else to show; null when nothing is compared. */
  shown: { draw(): HTMLElement } | null = null
  private readonly layer: ApartLayer
  private running: AbortController | null = null

  constructor(
    private readonly planner: Planner,
    private readonly hands: {
      changed(): void
      back(): void
      town(code: string): void
      /** Whether this has the map to itself. */
      quiet(on: boolean): void
    },
  ) {
    this.layer = new ApartLayer(planner.stage.map)
  }

  /** The server refuses scenarios that answer different questions, and says which part of the question differs. */
  async start(ids: readonly string[]): Promise<void> {
    this.running?.abort()
    const running = new AbortController()
    this.running = running
    const { signal } = running
    const [comparison, first] = await Promise.all([compareScenarios(ids, signal), getScenario(ids[0] ?? '', signal)])
    const { ages, minutes = 15 } = first.body.plan
    const cells = comparison.cells ? await getCells(ages, signal) : null
    if (signal.aborted) return
    this.hands.quiet(true)
    this.layer.add()
    this.pair({ comparison, cells, minutes }, { from: 0, to: 1 })
  }

  stop(): void {
    this.running?.abort()
    if (!this.shown) return
    this.shown = null
    this.layer.remove()
    this.hands.quiet(false)
    this.hands.changed()
  }

  private pair(of: Compared, pair: Pair): void {
    const { comparison, cells, minutes } = of
    const apart = cells ? apartCells(comparison, pair, minutes, cells.children) : new Map<number, number>()
    this.layer.show(cells, apart)
    const { county } = this.planner.stage
    this.shown = {
      draw: () =>
        comparisonView({ comparison, pair, apart: cells ? sums(apart) : null }, county, {
          back: () => {
            this.stop()
            this.hands.back()
          },
          pair: (other) => this.pair(of, other),
          town: (code) => this.hands.town(code),
        }),
    }
    this.hands.changed()
  }
}
