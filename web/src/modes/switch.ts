import type { Mode } from '../state/state'
import { enterBrowse } from './browse'
import { enterCard } from './card'
import { enterCoverage } from './coverage'
import { enterNearby } from './nearby'
import { enterPlan } from './plan'
import { enterSpot } from './spot'
import type { Stage } from './stage'
import { enterTargets } from './targets'
import { enterTown, enterTowns } from './towns'
import { enterWay } from './way'

/** Leaves one mode and enters the next whenever the store says so. Returns how to leave for good. */
export function followMode(stage: Stage): () => void {
  const { trail } = stage.memory
  let current: Mode | null = null
  let exit: () => void = () => undefined
  const change = (): void => {
    const next = stage.store.state.mode
    const arriving = current !== null
    exit()
    if (depth(next) === 0) trail.length = 0
    else if (trail.length > 0 && same(trail.at(-1), next)) trail.pop()
    else if (current && depth(current) < depth(next)) trail.push(current)
    const left = current
    current = next
    // What was found nearby stays the map of its cards and ways; every other list has a map of its own.
    if (next.name !== 'nearby' && depth(next) < 2) stage.narrow(null)
    exit = enter(stage, next, trail.at(-1) ?? { name: 'browse' }, arriving)
    stage.refresh()
    if (left && depth(next) < depth(left)) comeBack(stage, left)
  }
  change()
  const stop = stage.store.watch(['mode'], change)
  return () => {
    stop()
    exit()
  }
}

function enter(stage: Stage, mode: Mode, from: Mode, arriving: boolean): () => void {
  switch (mode.name) {
    case 'nearby':
      return enterNearby(stage)
    case 'browse':
      return enterBrowse(stage)
    case 'card':
      return enterCard(stage, mode.site, from, arriving)
    case 'way':
      return enterWay(stage, mode.site, from)
    case 'spot':
      return enterSpot(stage, mode.sites, from)
    case 'towns':
      return enterTowns(stage)
    case 'town': {
      // A link from before the areas were replaced may name a town that is no more.
      const town = stage.county.area(mode.area)
      return town ? enterTown(stage, town, from, arriving) : enterTowns(stage)
    }
    case 'targets':
      return enterTargets(stage)
    case 'coverage':
      return enterCoverage(stage)
    case 'plan':
      return enterPlan(stage)
  }
}

/** Back in a list: the line that was opened is in sight again, and whoever works with keys goes on from it. */
function comeBack({ frame }: Stage, left: Mode): void {
  const wanted =
    left.name === 'card' ? `[data-site="${left.site}"]` : left.name === 'town' ? `[data-town="${left.area}"]` : ''
  const row = wanted ? frame.body.querySelector<HTMLElement>(wanted) : null
  row?.scrollIntoView({ block: 'nearest' })
  if (document.activeElement !== document.body) return
  const next = row ?? frame.head.querySelector<HTMLElement>('[aria-current], .back')
  next?.focus({ preventScroll: true })
}

function depth(mode: Mode): number {
  return { nearby: 0, browse: 0, towns: 0, targets: 0, coverage: 0, plan: 0, town: 1, spot: 2, card: 3, way: 4 }[
    mode.name
  ]
}

function same(a: Mode | undefined, b: Mode): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
