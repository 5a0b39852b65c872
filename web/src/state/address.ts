// State ↔ the part of the address after #. It stays in the browser: where a parent looks never reaches the server's log.

import { noHistory } from './history'
import { scenarioIn } from './kept'
import { isEmpty } from './plan'
import { readPlan, writePlan } from './plan_link'
import { readQuestion, writeQuestion } from './question'
import { initial, type Mode, type State, type View } from './state'
import { readWish, writeWish } from './wish'

const panels = ['nearby', 'towns', 'targets', 'coverage', 'plan'] as const

export function readAddress(hash: string): State {
  const fields = new URLSearchParams(hash.replace(/^#/, ''))
  const mode = readMode(fields)
  const plan = readPlan(fields.get('plan') ?? '')
  const planning = mode.name === 'coverage' || mode.name === 'plan' || !isEmpty(plan)
  return {
    ...initial,
    view: readView(fields),
    kinds: list(fields.get('kinds')),
    mode,
    target: fields.get('target') || null,
    coverage: planning ? readQuestion(fields) : initial.coverage,
    plan: { ...noHistory, plan },
    scenario: scenarioIn(hash),
    query: (fields.get('q') ?? '').slice(0, 100),
    language: fields.get('lang') === 'en' ? 'en' : 'zh',
    legend: fields.get('legend') === '1',
    wish: readWish(fields),
    sheet: mode.name === 'browse' ? 'peek' : 'half',
  }
}

export function writeAddress(state: State): string {
  const fields = new URLSearchParams()
  const { view, mode } = state
  // Around where somebody stands the map is not written either: links and the browser's history would tell.
  if (view && state.origin === null && !state.stood) {
    fields.set('z', String(Math.round(view.zoom * 100) / 100))
    fields.set('lat', view.lat.toFixed(5))
    fields.set('lon', view.lon.toFixed(5))
  }
  if (state.kinds.length > 0) fields.set('kinds', state.kinds.join(','))
  if (mode.name === 'card') fields.set('site', String(mode.site))
  if (mode.name === 'way') fields.set('way', String(mode.site))
  if (mode.name === 'spot') fields.set('spot', mode.sites.join(','))
  if (mode.name === 'town') fields.set('town', mode.area)
  if (isPanel(mode.name)) fields.set('panel', mode.name)
  // Others need not carry a planner's question about in their links; whoever has a plan keeps both wherever they look.
  const { plan } = state.plan
  if (mode.name === 'coverage' || mode.name === 'plan' || !isEmpty(plan)) writeQuestion(state.coverage, fields)
  if (!isEmpty(plan)) fields.set('plan', writePlan(plan))
  if (mode.name === 'plan' && state.scenario) fields.set('scenario', state.scenario)
  writeWish(state.wish, fields)
  if (state.target) fields.set('target', state.target)
  if (state.query) fields.set('q', state.query)
  if (state.legend) fields.set('legend', '1')
  if (state.language === 'en') fields.set('lang', 'en')
  return `#${fields.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')}`
}

function readView(fields: URLSearchParams): View | null {
  const [zoom, lat, lon] = ['z', 'lat', 'lon'].map((name) => Number.parseFloat(fields.get(name) ?? ''))
  const fine = [zoom, lat, lon].every((n) => Number.isFinite(n))
  if (!fine || zoom === undefined || lat === undefined || lon === undefined) return null
  if (Math.abs(lat) > 85 || Math.abs(lon) > 180 || zoom < 0 || zoom > 22) return null
  return { zoom, lat, lon }
}

function readMode(fields: URLSearchParams): Mode {
  const site = whole(fields.get('site'))
  if (site !== null) return { name: 'card', site }
  const way = whole(fields.get('way'))
  if (way !== null) return { name: 'way', site: way }
  const spot = list(fields.get('spot')).map(whole)
  const sites = spot.filter((id): id is number => id !== null)
  if (sites.length > 0) return { name: 'spot', sites }
  const town = fields.get('town')
  if (town) return { name: 'town', area: town }
  const panel = fields.get('panel')
  return panel !== null && isPanel(panel) ? { name: panel } : { name: 'browse' }
}

function isPanel(name: string): name is (typeof panels)[number] {
  return (panels as readonly string[]).includes(name)
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function list(text: string | null): string[] {
  return (text ?? '').split(',').filter((part) => part !== '')
}

/** Whether an address asks for nothing in particular, the language aside. */
export function asksNothing(hash: string): boolean {
  return [...new URLSearchParams(hash.replace(/^#/, '')).keys()].every((key) => key === 'lang')
}
