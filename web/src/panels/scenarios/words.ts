// Figures of a scenario in words, the same wherever they stand.
import type { Scenario, ScenarioFigures } from '../../api/scenarios'
import type { Kept } from '../../state/kept'
import { t } from '../../text/language'
import { count } from '../../text/numbers'
import { w } from '../../text/scenarios/words'

/** +412 or −35; 0 has no sign. */
export function signed(n: number): string {
  return n > 0 ? `+${count(n)}` : n < 0 ? `−${count(-n)}` : count(0)
}

export function change({ children_before: before, children_after: after }: ScenarioFigures): number {
  return after - before
}

/** What a plan does, in a few words: 新建 5 处、关闭 1 处. */
export function planInWords(added: number, removed: number): string {
  return [added > 0 && w().list.added(count(added)), removed > 0 && w().list.removed(count(removed))]
    .filter((part): part is string => part !== false)
    .join(t().join)
}

export function keptInWords(kept: Kept): string {
  const plan = planInWords(kept.added, kept.removed)
  const after = w().list.after(count(kept.after), signed(kept.after - kept.before))
  return [plan, after].filter(Boolean).join(' · ')
}

export function keptOf(scenario: Scenario, key: string | null): Kept {
  const { id, name, saved, figures } = scenario
  const { add = [], remove = [] } = scenario.plan
  return {
    id,
    key,
    name,
    saved,
    added: add.length,
    removed: remove.length,
    after: figures.children_after,
    before: figures.children_before,
  }
}
