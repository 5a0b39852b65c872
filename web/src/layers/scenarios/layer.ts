import type L from 'leaflet'
import type { Cells } from '../../api/packed'
import { type Frame, FrameCanvas } from '../../map/canvas'
import { type PlanColours, planColours } from '../../style/plan'
import { drawDifference } from '../plan/difference'

/** The difference of two scenarios as dots whose area is the number of children: reached by the one only, or the other. */
export class ApartLayer {
  private readonly canvas: FrameCanvas
  private cells: Cells | null = null
  private apart: ReadonlyMap<number, number> = new Map()
  private colours: { of: PlanColours; dark: boolean } | null = null

  constructor(map: L.Map) {
    this.canvas = new FrameCanvas(map, (frame) => this.paint(frame))
  }

  add(): void {
    this.canvas.add()
  }

  remove(): void {
    this.canvas.remove()
  }

  show(cells: Cells | null, apart: ReadonlyMap<number, number>): void {
    this.cells = cells
    this.apart = apart
    this.canvas.request()
  }

  private paint(frame: Frame): void {
    if (!this.cells || this.apart.size === 0) return
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
    if (this.colours?.dark !== dark) this.colours = { of: planColours(), dark }
    drawDifference(frame, this.cells, this.apart, this.colours.of)
  }
}
