import './style/tokens.css'
import './style/base.css'
import './style/map.css'
import './style/panel.css'
import './style/pins.css'
import './style/search.css'
import './style/office.css'
import './style/form.css'
import { problemFrom } from './api/client'
import { loadCounty } from './api/county'
import { RegisterPage } from './modes/register/open'
import { recallTypeSize } from './modes/type_size'
import { keepWorker } from './modes/worker'
import { failedNotice } from './panels/around'
import { keptLanguage } from './state/language'
import { setLanguage } from './text/language'
import { h } from './ui/dom'

const root = document.getElementById('app') ?? document.body

async function start(): Promise<void> {
  try {
    const page = new RegisterPage(root, await loadCounty())
    await page.start()
  } catch (cause) {
    const problem = problemFrom(cause)
    const notice = failedNotice(problem.title, problem.detail, () => void start())
    root.replaceChildren(h('main', { class: 'failed' }, notice))
  }
}

setLanguage(keptLanguage())
recallTypeSize()
keepWorker()
void start()
