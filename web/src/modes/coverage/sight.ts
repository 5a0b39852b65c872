import { showBox, showPoint } from '../../map/create'
import type { SheetStop } from '../../state/state'
import type { Stage } from '../stage'

/** Brings what the lists name into sight: moves the map, and the sheet of a phone out of its way. */
export class Sight {
  /** Where the sheet stood before a choice took all of it. */
  private raisedFrom: SheetStop | null = null

  constructor(private readonly stage: Stage) {}

  town(code: string): void {
    const { stage } = this
    stage.town = code
    stage.refresh()
    this.lower()
    const box = stage.areas.box(code)
    const [lon = 0, lat = 0] = stage.county.area(code)?.label ?? []
    if (box) showBox(stage.map, box, stage.insets())
    else showPoint(stage.map, lat, lon, stage.insets(), 13)
  }

  /** With room for a ring around it and for what lies beside. */
  box([w, s, e, n]: readonly [number, number, number, number]): void {
    this.lower()
    const [x, y] = [Math.max(0.004, (e - w) * 0.4), Math.max(0.003, (n - s) * 0.4)]
    showBox(this.stage.map, [w - x, s - y, e + x, n + y], this.stage.insets(), 14)
  }

  spot(lon: number, lat: number): void {
    this.lower()
    showPoint(this.stage.map, lat, lon, this.stage.insets(), 15)
  }

  site(id: number | null): void {
    const place = id === null ? undefined : this.stage.places.find(id)
    if (place) showPoint(this.stage.map, place.lat, place.lon, this.stage.insets())
  }

  /** On a phone a choice takes the whole sheet, and gives back what it took. */
  makeRoom(open: boolean): void {
    const { store, frame } = this.stage
    if (frame.sheet.covers === 0) return
    if (open && store.state.sheet !== 'full') {
      this.raisedFrom = store.state.sheet
      store.set({ sheet: 'full' })
    } else if (!open && this.raisedFrom) {
      store.set({ sheet: this.raisedFrom })
      this.raisedFrom = null
    }
  }

  /** A sheet that covers the map would hide what it just showed. */
  private lower(): void {
    const { store } = this.stage
    if (store.state.sheet === 'full') store.set({ sheet: 'half' })
  }
}
