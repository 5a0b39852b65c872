import { keptSince, whenSignal } from '../api/client'
import { f } from '../text/find/words'
import { moment } from '../text/moments'
import type { Stage } from './stage'

/** A plain line above the list while what is shown comes from this device; when the signal is back, what is shown is new. */
export function followSignal(stage: Stage): () => void {
  const { signal } = stage.frame
  const draw = (): void => {
    const since = keptSince()
    signal.hidden = since === null
    if (since === null) signal.replaceChildren()
    else signal.textContent = since ? f().offline.kept(moment(since)) : f().offline.plain
  }
  const back = (): void => {
    stage.places.renew()
    stage.renewed()
  }
  draw()
  window.addEventListener('online', back)
  const stop = whenSignal(draw)
  return () => {
    window.removeEventListener('online', back)
    stop()
  }
}
