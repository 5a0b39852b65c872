import type { Gap } from '../../api/coverage'
import type { PlanLayer } from '../../layers/plan/layer'
import type { Thing } from '../../panels/plan/changes'
import type { Plan } from '../../state/plan'
import type { Sight } from '../coverage/sight'
import type { Stage } from '../stage'
import { keyOf } from './marks'

/** What is looked at: something of the plan or a site, and a gap. */
export class Choice {
  thing: Thing | null = null
  gap: Gap | null = null

  constructor(
    private readonly stage: Stage,
    private readonly layer: PlanLayer,
    private readonly sight: Sight,
    private readonly changed: (thing: Thing | null) => void,
  ) {}

  /** An existing site that is pressed again is let go. */
  choose(thing: Thing | null): void {
    const again = thing?.what === 'existing' && this.thing !== null && keyOf(thing) === keyOf(this.thing)
    this.thing = again ? null : thing
    const { stage } = this
    const picked = this.thing?.what === 'existing' ? this.thing.site : null
    if (stage.chosen !== picked) {
      stage.chosen = picked
      stage.refresh()
    }
    if (this.thing && stage.store.state.sheet === 'peek') stage.store.set({ sheet: 'half' })
    this.changed(this.thing)
  }

  /** Brings it into sight as well. */
  show(thing: Thing, plan: Plan): void {
    this.thing = null
    this.choose(thing)
    if (thing.what === 'existing') {
      this.sight.site(thing.site)
      return
    }
    const spot = thing.what === 'site' ? plan.add.find(({ id }) => id === thing.id) : plan.posts[thing.place]
    if (spot) this.sight.spot(spot.lon, spot.lat)
  }

  /** What the plan no longer has can't be chosen. */
  keepTo({ add, posts }: Plan): void {
    const { thing } = this
    const gone =
      (thing?.what === 'site' && !add.some(({ id }) => id === thing.id)) ||
      (thing?.what === 'post' && !posts[thing.place])
    if (gone) this.thing = null
  }

  showGap(gap: Gap): void {
    const again = same(gap, this.gap)
    this.mark(again ? null : gap)
    this.changed(null)
    if (!again) this.sight.box(gap.bbox)
  }

  /** Of a new list, the gap that was looked at, if it is still one. */
  keepGap(gaps: readonly Gap[]): void {
    this.mark(gaps.find((gap) => same(gap, this.gap)) ?? null)
  }

  /** Puts away one thing at a time, the latest first. */
  escape(): void {
    const { stage } = this
    if (this.thing) this.choose(null)
    else if (this.gap) {
      this.mark(null)
      this.changed(null)
    } else if (stage.town !== null) {
      stage.town = null
      stage.refresh()
    }
  }

  private mark(gap: Gap | null): void {
    this.gap = gap
    this.layer.look({ gap })
  }
}

function same(a: Gap, b: Gap | null): boolean {
  return b !== null && a.lon === b.lon && a.lat === b.lat
}
