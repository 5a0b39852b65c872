import { f } from '../text/find/words'
import { button } from '../ui/button'
import { openDialog } from '../ui/dialog'
import { h } from '../ui/dom'

/** What Chromium hands over instead of asking by itself. */
type Offer = Event & { prompt(): Promise<unknown> }

let offer: Offer | null = null

/** Takes the browser's offer for when somebody presses the button; nobody is asked unasked. */
export function awaitInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer = event as Offer
  })
  window.addEventListener('appinstalled', () => {
    offer = null
  })
}

/** How to put this on the home screen; nothing where it was opened from there. */
export function offerInstall(): (() => void) | null {
  if (window.matchMedia('(display-mode: standalone)').matches) return null
  return () => {
    const words = f().install
    const close = openDialog(
      words.title,
      h('p', {}, words.body),
      offer ? button(add, { class: 'button primary wide' }, words.yes) : h('p', {}, words.how),
    )
    function add(): void {
      close()
      void offer?.prompt()
      offer = null
    }
  }
}
