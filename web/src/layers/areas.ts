import L from 'leaflet'
import type { Area, AreaFeature } from '../api/types'

/** The outlines of towns, where the server may give them. Colours are in the stylesheet, so that they follow dark mode. */
export class AreasLayer {
  private readonly shapes: { code: string; path: L.Path }[] = []
  private readonly group: L.GeoJSON
  private selected: string | null = null

  constructor(
    private readonly map: L.Map,
    areas: readonly AreaFeature[],
  ) {
    const renderer = L.svg({ pane: 'areas', padding: 0.6 })
    this.group = L.geoJSON(undefined, {
      interactive: false,
      style: () => ({
        renderer,
        pane: 'areas',
        className: `area area-tint-${this.shapes.length % 3}`,
      }),
      onEachFeature: (feature, layer) => {
        if (layer instanceof L.Path) this.shapes.push({ code: (feature.properties as Area).id, path: layer })
      },
    })
    for (const feature of areas) if (feature.geometry) this.group.addData(feature as GeoJSON.Feature)
  }

  add(): void {
    this.group.addTo(this.map)
  }

  remove(): void {
    this.group.remove()
  }

  update(selected: string | null): void {
    if (selected === this.selected) return
    this.selected = selected
    for (const { code, path } of this.shapes) {
      path.getElement()?.classList.toggle('area-selected', code === selected)
      if (code === selected) path.bringToFront()
    }
  }

  /** The box of a town's outline, if it has one. */
  box(code: string): [number, number, number, number] | null {
    const shape = this.shapes.find((candidate) => candidate.code === code)?.path
    if (!(shape instanceof L.Polygon)) return null
    const bounds = shape.getBounds()
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
  }
}
