import type L from 'leaflet'
import type { Gap, Painting } from '../../api/coverage'
import type { Cells, Streets } from '../../api/packed'
import { type Frame, FrameCanvas } from '../../map/canvas'
import { type PlanColours, planColours } from '../../style/plan'
import { type WalkColours, walkColours } from '../../style/walk'
import { DotPainter } from '../coverage/dots'
import { drawGap } from '../coverage/marks'
import { Net } from '../coverage/net'
import { StreetPainter } from '../coverage/streets'
import { drawDifference, StreetDifference } from './difference'

/** Which of two maps is seen, or what differs between them. */
export type Sight = 'after' | 'before' | 'difference'
type Position = { lat: number; lon: number }
export type After = {
  painting: Painting
  sites: readonly Position[]
  /** Junctions whose times are others than before. */
  junctions: readonly number[]
  /** Children gained (positive) and lost (negative) by cell. */
  difference: ReadonlyMap<number, number>
}

/** Walking time before and after a plan; both stay painted, so that the one or the other is a matter of a frame. */
export class PlanLayer {
  private readonly canvas: FrameCanvas
  private net: Net | null = null
  private streets: { before: StreetPainter; after: StreetPainter; difference: StreetDifference } | null = null
  private cells: Cells | null = null
  private dots: DotPainter | null = null
  private before: Painting | null = null
  private after: After | null = null
  private pace = 1
  private limits: readonly number[] = []
  private sight: Sight = 'after'
  private gap: Gap | null = null
  private colours: { walk: WalkColours; plan: PlanColours; dark: boolean } | null = null

  constructor(
    private readonly map: L.Map,
    /** Called in every frame, for what follows the map and is not drawn. */
    private readonly framed: (frame: Frame) => void,
  ) {
    this.canvas = new FrameCanvas(map, (frame) => this.paint(frame), true)
  }

  add(): void {
    this.canvas.add()
  }

  remove(): void {
    this.canvas.remove()
  }

  request(): void {
    this.canvas.request()
  }

  setStreets(streets: Streets | null): void {
    const net = streets && streets.nodes.length > 0 ? new Net(this.map, streets) : null
    this.net = net
    this.streets = null
    if (!net) return
    const [before, after] = [new StreetPainter(net), new StreetPainter(net)]
    this.streets = { before, after, difference: new StreetDifference(net, before, after) }
  }

  setCells(cells: Cells): void {
    this.cells = cells
    this.dots = new DotPainter(this.map, cells)
  }

  setBefore(painting: Painting, pace: number, sites: readonly Position[]): void {
    this.before = painting
    this.pace = pace
    this.lay(this.streets?.before, painting, sites)
  }

  setAfter(after: After): void {
    this.after = after
    this.lay(this.streets?.after, after.painting, after.sites)
  }

  private lay(streets: StreetPainter | undefined, painting: Painting, sites: readonly Position[]): void {
    if (streets && this.net && painting.streets) {
      streets.setTimes(painting.streets, this.pace, this.net.place(this.map, sites), this.net.metre)
      this.streets?.difference.forget()
    }
    this.canvas.request()
  }

  /** Ends of the classes in minutes; the last one is the limit. */
  setLimits(limits: readonly number[]): void {
    this.limits = limits
    this.canvas.request()
  }

  look(looked: { sight?: Sight; gap?: Gap | null }): void {
    if (looked.sight) this.sight = looked.sight
    if (looked.gap !== undefined) this.gap = looked.gap
    this.canvas.request()
  }

  private paint(frame: Frame): void {
    const { walk, plan } = this.palette()
    const { streets, dots, before, after, sight, limits } = this
    if (sight === 'difference') {
      streets?.before.paint(frame, limits, walk, true)
      if (after) {
        streets?.difference.paint(frame, limits.at(-1) ?? 0, after.junctions, plan)
        if (this.cells) drawDifference(frame, this.cells, after.difference, plan)
      }
    } else {
      const shown = sight === 'after' && after ? after.painting : before
      const painter = sight === 'after' && after ? streets?.after : streets?.before
      painter?.paint(frame, limits, walk, false)
      if (shown) dots?.setTimes(shown.cells)
      dots?.paint(frame.context, frame.shift, frame, limits, walk, streets === null)
    }
    if (this.gap) drawGap(frame, this.gap, walk)
    this.framed(frame)
  }

  private palette(): { walk: WalkColours; plan: PlanColours } {
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
    if (this.colours?.dark !== dark) this.colours = { walk: walkColours(), plan: planColours(), dark }
    return this.colours
  }
}
