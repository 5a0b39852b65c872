import { device } from './device'

const place = 'yimi.big'

/** Whether this device shows everything larger, for eyes that are no longer young. */
export function bigType(): boolean {
  return document.documentElement.classList.contains('big')
}

/** As it was chosen on this device before. */
export function recallTypeSize(): void {
  document.documentElement.classList.toggle('big', device()?.getItem(place) === '1')
}

export function toggleBigType(): void {
  const big = document.documentElement.classList.toggle('big')
  try {
    device()?.setItem(place, big ? '1' : '0')
  } catch {
    // The choice then lasts as long as the page.
  }
  // Symbols and names on the map take their size from the page.
  window.dispatchEvent(new Event('resize'))
}
