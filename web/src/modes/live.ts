import { Events } from '../api/events'
import type { Stage } from './stage'

/** Brings what was published a moment ago onto the map that is being looked at. Loaded after the page stands. */
export function followChanges(stage: Stage): () => void {
  return new Events().on('changed', (mark) => {
    if (mark !== null && mark === stage.places.mark) return
    stage.places.renew()
    stage.renewed()
  })
}
