import type L from 'leaflet'
import { exactLength } from '../text/distances'
import { t } from '../text/language'

/** The longest round length (1, 2 or 5 times a power of ten) that is no longer than `most`. */
export function roundLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [5, 2, 1].find((n) => n * power <= most) ?? 1
  return step * power
}

/** A scale bar that says its length in the reader's language; measured along the middle of the map. */
export function addScale(map: L.Map, element: HTMLElement): () => void {
  const bar = document.createElement('span')
  bar.className = 'scale-bar'
  element.classList.add('scale')
  element.setAttribute('role', 'img')
  element.append(bar)
  const update = (): void => {
    const middle = map.getSize().y / 2
    const metres = map.distance(map.containerPointToLatLng([0, middle]), map.containerPointToLatLng([100, middle]))
    if (!Number.isFinite(metres) || metres <= 0) return
    const length = roundLength(metres)
    const text = exactLength(length)
    bar.style.width = `${Math.round((100 * length) / metres)}px`
    bar.textContent = text
    element.setAttribute('aria-label', t().map.scale(text))
  }
  map.on('move zoomend', update)
  update()
  return () => {
    map.off('move zoomend', update)
    bar.remove()
  }
}
