import type L from 'leaflet'

/** What is drawn on the map, bottom to top. A new layer adds one line here. */
export const panes = {
  base: 200,
  areas: 300,
  // The base map of this server is transparent where nothing is, so that the towns' tints lie under roads and water.
  ground: 320,
  baseLabels: 350,
  // Site symbols and town names lie on a canvas above Leaflet's panes, see canvas.ts.
} as const

export function makePanes(map: L.Map): void {
  for (const [name, z] of Object.entries(panes)) {
    const pane = map.createPane(name)
    pane.style.zIndex = String(z)
    pane.style.pointerEvents = 'none'
  }
}
