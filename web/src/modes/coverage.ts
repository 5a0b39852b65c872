import { enterLazily } from './lazily'
import type { Stage } from './stage'

/** Who can walk where. */
export function enterCoverage(stage: Stage): () => void {
  return enterLazily(stage, 'coverage', async () => (await import('./coverage/open')).openCoverage)
}
