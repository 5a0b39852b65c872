import './style/tokens.css'
import './style/base.css'
import './style/search.css'
import './style/page.css'
import './style/map.css'
import './style/panel.css'
import './style/card.css'
import './style/find.css'
import { problemFrom } from './api/client'
import { type County, loadCounty } from './api/county'
import { Places } from './api/places'
import { awaitInstallOffer } from './modes/install'
import { openPage } from './modes/open'
import { Memory } from './modes/stage'
import { isOwnStep } from './modes/steps'
import { recallTypeSize } from './modes/type_size'
import { keepWorker } from './modes/worker'
import { failedNotice } from './panels/around'
import { asksNothing, readAddress } from './state/address'
import type { State } from './state/state'
import { Store } from './state/store'
import { nameOf, setLanguage, t } from './text/language'
import { h } from './ui/dom'

const root = document.getElementById('app') ?? document.body
const store = new Store(firstState())
const places = new Places()
const memory = new Memory()
let close: () => void = () => undefined

/** What the address asks for. Where it asks for nothing, a phone starts with what is near. */
function firstState(): State {
  const state = readAddress(location.hash)
  const phone = window.matchMedia('(max-width: 799.98px), (pointer: coarse) and (max-height: 499.98px)').matches
  return phone && asksNothing(location.hash) ? { ...state, mode: { name: 'nearby' }, sheet: 'half' } : state
}

function speak(county: County | null): void {
  setLanguage(store.state.language)
  document.documentElement.lang = t().lang
  const name = county?.config.county
  document.title = name ? t().titleOf(nameOf(name)) : t().title
  document.querySelector('meta[name="description"]')?.setAttribute('content', t().description)
}

function open(county: County): void {
  close()
  speak(county)
  close = openPage(root, county, places, store, memory)
}

async function start(): Promise<void> {
  speak(null)
  try {
    const county = await loadCounty()
    open(county)
    store.watch(['language'], () => {
      open(county)
      document.getElementById('language')?.focus()
    })
    // Someone pastes another link into this tab. Steps of our own, also those that Back leads to, are followed in place.
    window.addEventListener('hashchange', () => {
      if (isOwnStep()) return
      close()
      close = () => undefined
      const { origin, stood } = store.state
      store.set({ ...firstState(), origin, stood })
      memory.trail.length = 0
      open(county)
    })
  } catch (cause) {
    const problem = problemFrom(cause)
    root.replaceChildren(
      h(
        'main',
        { class: 'failed' },
        failedNotice(problem.title, problem.detail, () => void start()),
      ),
    )
  }
}

recallTypeSize()
awaitInstallOffer()
keepWorker()
void start()
