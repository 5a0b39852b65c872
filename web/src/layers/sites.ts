import L from 'leaflet'
import type { County } from '../api/county'
import type { Box } from '../api/types'
import { type Frame, FrameCanvas } from '../map/canvas'
import { type Insets, showBox } from '../map/create'
import { Clusters, type Gathering, type Group, lastZoom, type Mark } from './clusters'
import { type Drawn, SitePainter, type SitesShown, type Underlay } from './painter'
import { Tip } from './tip'

export type SiteChoices = {
  place(id: number): void
  spot(ids: number[]): void
  town(code: string): void
  ground(lat: number, lon: number): void
  point(id: number | null): void
  insets(): Insets
}

function gathering({ haloed, apart }: SitesShown): Gathering {
  return apart ? 'apart' : haloed ? 'answer' : 'usual'
}

/** Site symbols, groups and names on one canvas; press and pointer find what lies under them. */
export class SitesLayer {
  private readonly canvas: FrameCanvas
  private readonly painter: SitePainter
  private readonly tip: Tip
  private clusters = new Clusters([], 'usual')
  private stopWarming: () => void = () => undefined
  private shown: SitesShown = {
    places: [],
    selected: null,
    pointed: null,
    haloed: false,
    apart: false,
    closed: new Set(),
  }
  private marks: Mark[] = []
  private marksFor: { box: L.LatLngBounds; level: number } | null = null
  private drawn: Drawn[] = []

  constructor(
    private readonly map: L.Map,
    county: County,
    private readonly choices: SiteChoices,
  ) {
    this.painter = new SitePainter(county)
    this.canvas = new FrameCanvas(map, (frame) => this.paint(frame))
    this.tip = new Tip(map.getContainer(), county)
  }

  add(): void {
    this.canvas.add()
    this.map.on('click', this.onClick, this)
    this.map.on('mousemove', this.onPointer, this)
    this.map.on('mouseout movestart zoomstart', this.onLeave, this)
  }

  remove(): void {
    this.stopWarming()
    this.canvas.remove()
    this.tip.remove()
    this.map.off('click', this.onClick, this)
    this.map.off('mousemove', this.onPointer, this)
    this.map.off('mouseout movestart zoomstart', this.onLeave, this)
  }

  /** Names of the base map, to be drawn under everything else; called again when there are others. */
  over(under: Underlay | null): void {
    this.painter.under = under
    this.canvas.request()
  }

  update(shown: SitesShown): void {
    if (shown.places !== this.shown.places) {
      this.stopWarming()
      this.clusters = new Clusters(shown.places, gathering(shown))
      this.stopWarming = this.clusters.warmUp()
      this.marksFor = null
    }
    this.shown = shown
    this.canvas.request()
  }

  private paint(frame: Frame): void {
    this.findMarks(frame)
    this.drawn = this.painter.paint(frame, this.marks, this.shown)
  }

  /**
   * Asks the index only when the view has left the box of the last answer, or the zoom its level. At the start of an
   * animation the groups of its end are taken, so that they part first and then spread.
   */
  private findMarks({ view, target }: Frame): void {
    const level = Math.round(target)
    if (this.marksFor && this.marksFor.level === level && this.marksFor.box.contains(view)) return
    const box = view.pad(0.4)
    const wanted: Box = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]
    this.marks = this.clusters.within(wanted, level)
    this.marksFor = { box, level }
  }

  private under(event: L.LeafletMouseEvent): Drawn | null {
    const { x, y } = event.containerPoint
    // A finger is less exact than a mouse; the nearest of what it touches is meant.
    const slack = window.matchMedia('(pointer: coarse)').matches ? 10 : 2
    let best: Drawn | null = null
    let least = Number.POSITIVE_INFINITY
    for (const item of this.drawn) {
      const dx = Math.max(0, Math.abs(x - item.x) - item.halfWidth)
      const dy = Math.max(0, Math.abs(y - item.y) - item.halfHeight)
      if (Math.hypot(dx, dy) > slack) continue
      const gap = Math.hypot(x - item.x, y - item.y) + (item.what === 'town' ? 1000 : 0)
      if (gap < least) {
        best = item
        least = gap
      }
    }
    return best
  }

  private onClick(event: L.LeafletMouseEvent): void {
    const hit = this.under(event)
    this.tip.hide()
    if (!hit) this.choices.ground(event.latlng.lat, event.latlng.lng)
    else if (hit.what === 'town') this.choices.town(hit.code)
    else if (hit.mark.what === 'place') this.choices.place(hit.mark.place.id)
    else this.open(hit.mark)
  }

  private open(group: Group): void {
    const members = this.clusters.members(group)
    const zoom = this.clusters.opensAt(group)
    if (zoom > lastZoom) {
      this.choices.spot(members.map((place) => place.id))
      return
    }
    const box = L.latLngBounds(members.map((place) => [place.lat, place.lon]))
    const insets = this.choices.insets()
    const pad = L.point(insets.left + insets.right + 40, insets.top + insets.bottom + 40)
    // Where fitting all members would leave the group closed, go as near as it takes to open it.
    if (this.map.getBoundsZoom(box, false, pad) < zoom) this.map.setView([group.lat, group.lon], zoom)
    else showBox(this.map, [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()], insets, lastZoom)
  }

  /** Whether something of this layer lies under the pointer, a town's name excepted. */
  covers(event: L.LeafletMouseEvent): boolean {
    return this.under(event)?.what === 'mark'
  }

  private onPointer(event: L.LeafletMouseEvent): void {
    if (window.matchMedia('(hover: none)').matches) return
    const hit = this.under(event)
    this.map.getContainer().style.cursor = hit ? 'pointer' : ''
    const mark = hit && hit.what === 'mark' ? hit.mark : null
    this.choices.point(mark?.what === 'place' ? mark.place.id : null)
    if (!hit || !mark) this.tip.hide()
    else if (mark.what === 'place') this.tip.place(mark.place, hit.x, hit.y)
    else this.tip.group(mark, hit.x, hit.y)
  }

  private onLeave(): void {
    this.tip.hide()
    this.choices.point(null)
  }
}
