import type { Area } from '../api/types'
import { showBox, showPoint } from '../map/create'
import { townPanel, townsPanel } from '../panels/towns'
import type { Mode } from '../state/state'
import { replace } from '../ui/dom'
import { backHead, tabsHead } from './heads'
import type { Stage } from './stage'

/** Comparing towns. */
export function enterTowns(stage: Stage): () => void {
  tabsHead(stage, 'towns')
  const { body } = stage.frame
  const draw = (): void => {
    const { scrollTop } = body
    const focused = body.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.town : null
    replace(
      body,
      townsPanel(stage.county, (area) => stage.store.set({ mode: { name: 'town', area } })),
    )
    body.scrollTop = scrollTop
    if (focused) body.querySelector<HTMLElement>(`[data-town="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  }
  draw()
  body.scrollTop = 0
  return stage.county.whenCounted(draw)
}

/** Looking at one town: its numbers, its places, and the town itself on the map. */
export function enterTown(stage: Stage, town: Area, from: Mode, arriving: boolean): () => void {
  backHead(stage, from)
  const code = town.id
  const show = (): void => {
    const box = stage.areas.box(code)
    const [lon = 0, lat = 0] = town.label
    if (box) showBox(stage.map, box, stage.insets())
    else showPoint(stage.map, lat, lon, stage.insets(), 13)
  }
  const update = (): void => {
    const places = stage
      .shown()
      .filter((place) => place.area === code)
      .sort((a, b) => a.kind.localeCompare(b.kind) || a.id - b.id)
    const choices = {
      choose: (id: number) => stage.openCard(id),
      point: (pointed: number | null) => stage.store.set({ pointed }),
      show,
    }
    replace(stage.frame.body, townPanel(town, places, stage.county, choices))
  }
  stage.frame.body.scrollTop = 0
  const stop = stage.whenShown(update)
  const uncounted = stage.county.whenCounted(update)
  stage.frame.body.querySelector<HTMLElement>('.card-name')?.focus({ preventScroll: true })
  if (arriving) show()
  return () => {
    stop()
    uncounted()
    stage.refresh()
  }
}
