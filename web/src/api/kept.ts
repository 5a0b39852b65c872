// What of the last area is kept on the device, so that a card opens with no signal. The worker (worker.js) reads the same
// shelf. Nothing of where somebody stood is among it: no times, no metres, no order.
import type { NearFeature } from './nearby'

/** As in worker.js. */
const shelf = 'yimi-answers'

export async function keepSites(features: readonly NearFeature[]): Promise<void> {
  if (!('caches' in globalThis)) return
  try {
    const cache = await caches.open(shelf)
    await Promise.all(features.map((site) => cache.put(`api/sites/${site.properties.id}`, answer(site))))
  } catch {
    // No room, or a browser that keeps nothing: the card then needs a signal.
  }
}

/** The site as `/api/sites/{id}` would answer it. */
export function plain(site: NearFeature): object {
  const { walk_secs, walk_m, distance_m, unguarded, opening, ...properties } = site.properties
  return { ...site, properties }
}

function answer(site: NearFeature): Response {
  const headers = { 'Content-Type': 'application/geo+json', Date: new Date().toUTCString() }
  return new Response(JSON.stringify(plain(site)), { headers })
}
