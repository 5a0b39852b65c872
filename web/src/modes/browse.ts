import { inside } from '../api/places'
import type { Near } from '../panels/list'
import { ListPanel } from '../panels/list'
import { replace } from '../ui/dom'
import { tabsHead } from './heads'
import type { Stage } from './stage'

/** Looking around: the list follows the map. */
export function enterBrowse(stage: Stage): () => void {
  const { store, map } = stage
  tabsHead(stage, 'browse')
  const list = new ListPanel(stage.county, {
    choose: (id) => stage.openCard(id),
    point: (pointed) => store.set({ pointed }),
    clearKinds: () => store.set({ kinds: [] }),
    whole: () => stage.whole(),
  })
  replace(stage.frame.body, list.element)
  const update = (): void => {
    const counted = store.state.target !== null
    list.update({
      near: nearby(stage, counted),
      filtered: store.state.kinds.length > 0 && !counted,
      ready: stage.places.ready,
      counted,
    })
  }
  const stop = stage.whenShown(update)
  map.on('moveend', update)
  return () => {
    stop()
    map.off('moveend', update)
  }
}

/** The shown places in sight with their distance from its middle; all of them where they answer to a target. */
function nearby(stage: Stage, everywhere: boolean): Near[] {
  const box = stage.seen()
  const [w, s, e, n] = box
  const middle = { lat: (s + n) / 2, lng: (w + e) / 2 }
  return stage
    .shown()
    .filter((place) => everywhere || inside([place.lon, place.lat, place.lon, place.lat], box))
    .map((place) => ({ place, metres: stage.map.distance(middle, [place.lat, place.lon]) }))
}
