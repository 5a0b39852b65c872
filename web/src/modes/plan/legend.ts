import { countedFrom } from '../../api/minutes'
import { dotRadius } from '../../layers/coverage/dots'
import type { After } from '../../layers/plan/layer'
import { coverageLegend } from '../../panels/coverage/legend'
import { changeOf } from '../../panels/plan/figure'
import { differenceLegend, planSigns } from '../../panels/plan/legend'
import type { Told } from '../../panels/plan/told'
import type { Seen } from '../../panels/plan/tools'
import { mostMinutes } from '../../state/question'
import type { Answered } from '../coverage/answers'
import type { Planner } from './planner'

/** The legend of the map that is seen; classes after the change are counted from the cells themselves. */
export function planLegend(
  { stage, asked, ground }: Planner,
  base: Answered,
  told: Told | null,
  after: After,
  seen: () => Seen,
): (close: () => void) => HTMLElement {
  const kind = ground.county.kind(asked.kind)
  const dot = (children: number): number => dotRadius(children, stage.map.getZoom())
  return (close) => {
    if (seen() === 'difference') return differenceLegend(changeOf(base.answer, told, asked.minutes), kind, close)
    const total = base.answer.children_total
    const reach =
      told && seen() === 'after'
        ? countedFrom(after.painting.cells, base.cells.children, total, mostMinutes)
        : base.answer
    return coverageLegend(reach, asked, base.streets !== null, dot, close, ...planSigns(kind))
  }
}
