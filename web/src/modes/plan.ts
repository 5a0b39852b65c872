import { enterLazily } from './lazily'
import type { Stage } from './stage'

/** What would change if: coverage with changes of the planner's own. */
export function enterPlan(stage: Stage): () => void {
  return enterLazily(stage, 'plan', async () => (await import('./plan/open')).openPlan)
}
