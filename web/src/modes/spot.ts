import type { Place } from '../api/places'
import { spotPanel } from '../panels/spot'
import type { Mode } from '../state/state'
import { replace } from '../ui/dom'
import { backHead } from './heads'
import type { Stage } from './stage'

/** Choosing among places that share one position. */
export function enterSpot(stage: Stage, sites: readonly number[], from: Mode): () => void {
  backHead(stage, from)
  const update = (): void => {
    const places = sites.map((id) => stage.places.find(id)).filter((place): place is Place => place !== undefined)
    const choices = {
      choose: (id: number) => stage.openCard(id),
      point: (pointed: number | null) => stage.store.set({ pointed }),
    }
    replace(stage.frame.body, spotPanel(places, stage.county, choices))
  }
  return stage.whenShown(update)
}
