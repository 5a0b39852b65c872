import type L from 'leaflet'
import type { Refusal } from '../panels/find/invitation'
import { originName } from '../panels/find/results'
import type { Mode, Origin } from '../state/state'
import { f } from '../text/find/words'
import type { Stage } from './stage'

/** Asks the device where it is; the browser asks the person. Once, for this page, and no more often than somebody presses. */
export function locate(stage: Stage): Promise<Refusal | null> {
  if (!window.isSecureContext || !('geolocation' in navigator)) return Promise.resolve('insecure')
  return new Promise((done) => {
    const found = ({ coords }: GeolocationPosition): void => {
      startFrom(stage, {
        lat: coords.latitude,
        lon: coords.longitude,
        by: 'device',
        name: '',
        accuracy: coords.accuracy,
      })
      done(null)
    }
    const failed = ({ code }: GeolocationPositionError): void => done(code === 1 ? 'denied' : 'lost')
    navigator.geolocation.getCurrentPosition(found, failed, {
      enableHighAccuracy: true,
      timeout: 12_000,
      maximumAge: 30_000,
    })
  })
}

/** From now on this is where one starts. Whoever asks for a way goes on with it, everybody else sees what is near. */
export function startFrom(stage: Stage, origin: Origin): void {
  const { mode, sheet } = stage.store.state
  const next: Mode = mode.name === 'way' ? mode : { name: 'nearby' }
  stage.store.set({
    origin,
    stood: true,
    seeking: false,
    mode: next,
    sheet: sheet === 'full' && mode.name !== 'way' ? sheet : 'half',
  })
  if (origin.by !== 'device' && next.name !== 'nearby') stage.frame.toasts.mention(f().from.set(originName(origin)))
}

/** The next place that is found in the search field is the start. */
export function seekStart(stage: Stage): void {
  stage.store.set({ seeking: true })
  stage.frame.tools.querySelector<HTMLInputElement>('#search')?.focus()
}

/** A long press on the map, or a right click, starts from there; Enter on the map from its middle, while a start is wanted. */
export function followPresses(stage: Stage): () => void {
  const { map } = stage
  const from = (lat: number, lon: number): void => {
    startFrom(stage, { lat, lon, by: 'map', name: '', accuracy: null })
  }
  const pressed = (event: L.LeafletMouseEvent): void => {
    if (!stage.hands) from(event.latlng.lat, event.latlng.lng)
  }
  const key = (event: KeyboardEvent): void => {
    const { name } = stage.store.state.mode
    if (event.key !== 'Enter' || event.target !== map.getContainer() || (name !== 'nearby' && name !== 'way')) return
    const [w, s, e, n] = stage.seen()
    from((s + n) / 2, (w + e) / 2)
  }
  map.on('contextmenu', pressed)
  map.getContainer().addEventListener('keydown', key)
  const draw = (): void => stage.way.show({ origin: stage.store.state.origin })
  draw()
  const stop = stage.store.watch(['origin'], draw)
  return () => {
    stop()
    map.off('contextmenu', pressed)
    map.getContainer().removeEventListener('keydown', key)
    stage.way.remove()
  }
}
