import { isAbort, Problem } from '../api/client'
import { loadNumbers } from '../api/county'
import { Events } from '../api/events'
import type { Stage } from './stage'

/** Milliseconds within which several changes are counted as one: a sheet of two hundred is published line by line. */
const breath = 1000

/** Brings what was published a moment ago onto the map that is being looked at. Loaded after the page stands. */
export function followChanges(stage: Stage): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const recount = async (): Promise<void> => {
    timer = undefined
    try {
      const numbers = await loadNumbers()
      stage.forgetTargets()
      stage.county.recount(...numbers)
    } catch (cause) {
      // The numbers stay as they were; the next change brings newer ones.
      if (!isAbort(cause) && !(cause instanceof Problem)) throw cause
    }
  }
  const stop = new Events().on('changed', (mark) => {
    if (mark !== null && mark === stage.places.mark) return
    // What is still on its way for the first time comes as it is now.
    if (stage.places.ready) stage.renewed()
    stage.places.renew()
    timer ??= setTimeout(() => void recount(), breath)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
