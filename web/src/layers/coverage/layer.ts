import type L from 'leaflet'
import type { Gap, Here, ServiceArea } from '../../api/coverage'
import type { Cells, Streets, Times } from '../../api/packed'
import type { Place } from '../../api/places'
import { type Frame, FrameCanvas } from '../../map/canvas'
import { type WalkColours, walkColours } from '../../style/walk'
import { drawWay } from '../way_marks'
import { DotPainter } from './dots'
import { drawGap, ServicePainter } from './marks'
import { Net } from './net'
import { StreetPainter } from './streets'

/** Walking time on the map: streets in the colour of their time, children beyond the limit as dots, and what is looked at. */
export class CoverageLayer {
  private readonly canvas: FrameCanvas
  private readonly service = new ServicePainter()
  private net: Net | null = null
  private streets: StreetPainter | null = null
  private dots: DotPainter | null = null
  private limits: readonly number[] = []
  private colours: { of: WalkColours; dark: boolean } | null = null
  private looked: { way: Here | null; gap: Gap | null; area: ServiceArea | null } = {
    way: null,
    gap: null,
    area: null,
  }

  constructor(private readonly map: L.Map) {
    this.canvas = new FrameCanvas(map, (frame) => this.paint(frame), true)
  }

  add(): void {
    this.canvas.add()
  }

  remove(): void {
    this.canvas.remove()
  }

  setStreets(streets: Streets | null): void {
    this.net = streets && streets.nodes.length > 0 ? new Net(this.map, streets) : null
    this.streets = this.net ? new StreetPainter(this.net) : null
  }

  setCells(cells: Cells): void {
    this.dots = new DotPainter(this.map, cells)
  }

  setTimes(cells: Times, streets: Times | null, pace: number, sites: readonly Place[]): void {
    this.dots?.setTimes(cells)
    const { net } = this
    if (net && streets && this.streets) {
      this.streets.setTimes(streets, pace, net.place(this.map, sites), net.metre)
    }
    this.canvas.request()
  }

  /** Ends of the classes in minutes; the last one is the limit. */
  setLimits(limits: readonly number[]): void {
    this.limits = limits
    this.canvas.request()
  }

  look(looked: Partial<CoverageLayer['looked']>): void {
    this.looked = { ...this.looked, ...looked }
    this.canvas.request()
  }

  private paint(frame: Frame): void {
    const colours = this.palette()
    const { context, shift } = frame
    const { way, gap, area } = this.looked
    this.streets?.paint(frame, this.limits, colours, area !== null)
    if (area) this.service.paint(frame, area, colours)
    this.dots?.paint(context, shift, frame, this.limits, colours, this.streets === null)
    if (gap) drawGap(frame, gap, colours)
    if (way) drawWay(frame, way, colours)
  }

  private palette(): WalkColours {
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
    if (this.colours?.dark !== dark) this.colours = { of: walkColours(), dark }
    return this.colours.of
  }
}
