import { Problem } from '../../api/client'
import type { Gap } from '../../api/coverage'
import { steps } from '../../api/minutes'
import type { Streets } from '../../api/packed'
import type { WhatIf, WhatIfRequest } from '../../api/what_if'
import { PlanLayer } from '../../layers/plan/layer'
import { Pins } from '../../layers/plan/pins'
import { failedNotice } from '../../panels/around'
import { type Asked, agesParameter, parameters } from '../../panels/coverage/asked'
import type { Thing } from '../../panels/plan/changes'
import { PlanPanel } from '../../panels/plan/panel'
import type { Told } from '../../panels/plan/told'
import { PlanTools, type Seen, type Tool } from '../../panels/plan/tools'
import { isEmpty, mostAdded, type Plan } from '../../state/plan'
import { t } from '../../text/language'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'
import { replace } from '../../ui/dom'
import { type Answered, Answers } from '../coverage/answers'
import { Sight } from '../coverage/sight'
import { layPlan, notCounting } from './after'
import { Editor } from './editor'
import { planLegend } from './legend'
import { keyOf, pinsOf, thingOf } from './marks'
import { type Planner, planBody, questionBody } from './planner'
import { WhatIfs } from './what_ifs'

/** Milliseconds without a newer question before today's figures are asked for other minutes. */
const patience = 250

/** Where the plan, the answers about it and the map meet. */
export class PlanDesk {
  readonly panel: PlanPanel
  private readonly layer: PlanLayer
  private readonly pins: Pins
  private readonly tools: PlanTools
  private readonly answers: Answers
  private readonly whatIfs: WhatIfs
  private readonly editor: Editor
  private readonly sight: Sight
  private readonly plans = new WeakMap<WhatIfRequest, { plan: Plan; walk: string }>()
  private base: { answered: Answered; walk: string } | null = null
  private told: (Told & { walk: string }) | null = null
  /** The last two that belong together: what is seen. */
  private shown: { base: Answered; told: Told | null } | null = null
  private counting = new Set<number>()
  private armed: Tool | null = null
  private chosen: Thing | null = null
  private gap: Gap | null = null
  private seen: Seen = 'after'
  private stops: (() => void)[] = []

  constructor(private readonly planner: Planner) {
    const { stage, ground } = planner
    this.editor = new Editor(planner)
    this.sight = new Sight(stage)
    this.layer = new PlanLayer(stage.map, ({ at }) => this.pins.follow(at))
    this.pins = new Pins(
      stage.map,
      {
        moving: (key, to) => {
          this.editor.drag(thingOf(key), to)
          this.change()
        },
        moved: () => {
          this.editor.drop()
          this.change()
        },
        cancelled: () => {
          this.editor.putBack()
          this.change()
        },
        chosen: (key) => this.choose(thingOf(key)),
        removed: (key) => this.remove(thingOf(key), 'added'),
      },
      p().onMap,
    )
    this.tools = new PlanTools({
      take: (tool, byKeys) => this.take(tool, byKeys),
      cancel: () => this.arm(null),
      undo: () => planner.undo(),
      redo: () => planner.redo(),
      see: (seen) => this.see(seen),
    })
    this.answers = new Answers(stage.places, {
      changed: () => this.draw(),
      arrived: (answered) => this.takeBase(answered),
      failed: (cause, retry) => this.fail(cause, retry),
    })
    this.whatIfs = new WhatIfs({
      arrived: (request, answer) => this.takeTold(request, answer),
      failed: (cause, retry) => stage.problem(cause, retry, t().retry),
    })
    this.panel = new PlanPanel(ground, {
      ask: (patch) => planner.ask(patch),
      opened: (open) => this.sight.makeRoom(open),
      town: (code) => this.sight.town(code),
      gap: (gap) => this.showGap(gap),
      find: (site) => stage.places.find(site),
      card: {
        leave: () => this.choose(null),
        toggleClosed: (site) => this.editor.toggleClosed(site),
        details: (site) => stage.openCard(site),
        hours: (thing, hours) => this.editor.hours(thing, hours),
        name: (id, name) => this.editor.name(id, name),
        remove: (thing) => this.remove(thing, 'added'),
      },
      changes: {
        show: (thing) => this.show(thing),
        remove: (thing, change) => this.remove(thing, change),
        clear: () => this.editor.clear(),
      },
    })
  }

  get streets(): Streets | null {
    return this.base?.answered.streets ?? null
  }

  /** What the data stand at, once a plan was asked about. */
  get stands(): string | null {
    return this.told?.answer.mark ?? null
  }

  town(code: string): void {
    this.sight.town(code)
  }

  /** Draws nothing of the plan while something else has the map. */
  quiet(on: boolean): void {
    this.layer.remove()
    this.pins.remove()
    if (on) return
    this.layer.add()
    this.pins.add()
  }

  open(): void {
    const { stage, asked } = this.planner
    this.layer.add()
    this.pins.add()
    stage.frame.map.parentElement?.insertBefore(this.tools.element, stage.frame.map.nextSibling)
    stage.hands = {
      place: (id) => this.armed || this.choose({ what: 'existing', site: id }),
      town: (code) => this.armed || this.sight.town(code),
      ground: () => this.armed || this.choose(null),
    }
    replace(stage.frame.body, this.panel.element)
    stage.narrow(stage.places.all().filter((place) => place.kind === asked.kind))
    const key = (event: KeyboardEvent): void => this.onKey(event)
    const press = ({ latlng }: { latlng: { lat: number; lng: number } }): void => this.put(latlng.lat, latlng.lng)
    document.addEventListener('keydown', key)
    stage.map.on('click', press)
    this.stops.push(
      stage.store.watch(['coverage', 'plan'], () => this.follow()),
      () => document.removeEventListener('keydown', key),
      () => stage.map.off('click', press),
    )
    this.follow()
  }

  close(): void {
    for (const stop of this.stops) stop()
    this.answers.close()
    this.whatIfs.stop()
    this.layer.remove()
    this.pins.remove()
    this.tools.element.remove()
    this.panel.dispose()
    const { stage } = this.planner
    stage.map.getContainer().classList.remove('is-placing')
    stage.hands = stage.legend = stage.town = stage.chosen = null
    stage.closed = new Set()
    stage.redrawLegend()
    stage.narrow(null)
  }

  /** The question or the plan is another one. */
  private follow(): void {
    const { asked, plan } = this.planner
    const { chosen } = this
    if (chosen?.what === 'site' && !plan.add.some(({ id }) => id === chosen.id)) this.chosen = null
    if (chosen?.what === 'post' && !plan.posts[chosen.place]) this.chosen = null
    this.layer.setLimits([...steps.filter((step) => step < asked.minutes), asked.minutes])
    this.answers.ask(asked, patience)
    this.change()
  }

  /** The plan as it is now, dragged things where they are: asked about and drawn. */
  private change(): void {
    this.want()
    this.fit()
    this.draw()
  }

  private want(): void {
    const { plan } = this.editor
    const { asked } = this.planner
    const { places } = this.planner.stage
    const body = planBody(plan, (site) => (places.find(site)?.kind ?? asked.kind) === asked.kind)
    if (isEmpty({ ...plan, ...body, add: plan.add, forbid: [] })) {
      this.whatIfs.stop()
      this.told = null
      return
    }
    const request = { ...questionBody(asked), ...body, cells: true, streets: true, gaps: true }
    this.plans.set(request, { plan, walk: walkOf(asked) })
    this.whatIfs.want(request)
  }

  private takeBase(answered: Answered): void {
    const { layer } = this
    const before = this.base?.answered
    this.base = { answered, walk: walkOf(this.planner.asked) }
    if (before?.streets !== answered.streets) layer.setStreets(answered.streets)
    if (before?.cells !== answered.cells) layer.setCells(answered.cells)
    if (before?.painting !== answered.painting || before.streets !== answered.streets) {
      layer.setBefore(answered.painting, this.planner.asked.profile?.pace_m_per_s ?? 1, answered.sites)
    }
    // Names of sites that a link brought may be known only now.
    this.want()
    this.fit()
    this.draw()
  }

  private takeTold(request: WhatIfRequest, answer: WhatIf): void {
    const asked = this.plans.get(request)
    if (!asked) return
    // What was sent before no longer holds: the county itself has changed.
    if (this.told && this.told.answer.mark !== answer.mark) this.answers.renew(this.planner.asked)
    this.told = { ...asked, answer }
    this.fit()
    this.draw()
  }

  /** Shows today and the plan together as soon as both belong to one question; until then what was shown stays. */
  private fit(): void {
    const { base, told } = this
    const nothing = told === null && !this.whatIfs.waiting
    if (!base || (told ? told.walk !== base.walk : !nothing && this.shown !== null)) return
    if (this.shown?.base === base.answered && this.shown.told === told) return
    this.shown = { base: base.answered, told }
    const { asked, stage } = this.planner
    const minutes = told?.answer.minutes ?? asked.minutes
    const after = layPlan(base.answered, told, minutes, asked.at !== null)
    this.layer.setAfter(after)
    const grey = notCounting(base.answered.every, this.seen === 'before' ? base.answered.sites : after.sites)
    this.counting = new Set(base.answered.every.filter(({ id }) => !grey.has(id)).map(({ id }) => id))
    stage.closed = grey
    stage.legend = planLegend(this.planner, base.answered, told, after, () => this.seen)
    stage.narrow(base.answered.every)
    stage.refresh()
    const still = (told?.answer.gaps ?? base.answered.answer.gaps).find(
      (gap) => gap.lon === this.gap?.lon && gap.lat === this.gap.lat,
    )
    this.mark(still ?? null)
    if (stage.store.state.legend) stage.redrawLegend()
  }

  private draw(): void {
    const { planner, editor, tools, chosen, shown } = this
    const { plan } = editor
    const { stage, asked, ground } = planner
    this.pins.update(pinsOf(plan, this.told, ground.county, asked.kind, chosen))
    this.layer.request()
    const { armed, seen } = this
    const { canUndo, canRedo } = planner
    tools.update({ armed, canUndo, canRedo, seen, changed: !isEmpty(plan) })
    stage.map.getContainer().classList.toggle('is-placing', armed !== null)
    this.panel.update({
      asked,
      plan,
      answer: shown?.base.answer ?? null,
      told: shown?.told ?? null,
      waiting: this.answers.waiting === 'all',
      gap: this.gap,
      chosen,
      counts: chosen?.what !== 'existing' || this.counting.has(chosen.site),
    })
    const picked = chosen?.what === 'existing' ? chosen.site : null
    if (stage.chosen !== picked) {
      stage.chosen = picked
      stage.refresh()
    }
  }

  private see(seen: Seen): void {
    this.seen = seen
    this.layer.look({ sight: seen })
    // Which sites are grey depends on it.
    this.shown = null
    this.fit()
    this.draw()
  }

  private take(tool: Tool, byKeys: boolean): void {
    if (!byKeys) {
      this.arm(this.armed === tool ? null : tool)
      return
    }
    const [w, s, e, n] = this.planner.stage.seen()
    this.armed = tool
    this.put((s + n) / 2, (w + e) / 2, true)
    this.tools.mention(p().tools.placed)
  }

  private arm(tool: Tool | null): void {
    const { stage } = this.planner
    this.armed = tool
    if (tool && stage.store.state.sheet === 'full') stage.store.set({ sheet: 'half' })
    this.draw()
  }

  /** Puts down what the taken tool makes. */
  private put(lat: number, lon: number, byKeys = false): void {
    const { armed } = this
    if (!armed) return
    const thing = this.editor.add(armed, { lat, lon })
    this.arm(null)
    if (!thing) {
      this.planner.stage.frame.toasts.mention(p().tools.most(count(mostAdded)))
      return
    }
    this.choose(thing)
    if (byKeys) this.pins.focus(keyOf(thing))
  }

  private choose(thing: Thing | null): void {
    const again = thing !== null && this.chosen !== null && keyOf(thing) === keyOf(this.chosen)
    this.chosen = again && thing.what === 'existing' ? null : thing
    this.draw()
    const { store } = this.planner.stage
    if (!this.chosen) return
    if (store.state.sheet === 'peek') store.set({ sheet: 'half' })
    this.panel.top()
  }

  private show(thing: Thing): void {
    const { stage, plan } = this.planner
    this.chosen = null
    this.choose(thing)
    if (thing.what === 'existing') {
      this.sight.site(thing.site)
      return
    }
    const spot = thing.what === 'site' ? plan.add.find(({ id }) => id === thing.id) : plan.posts[thing.place]
    if (spot) this.sight.spot(spot.lon, spot.lat)
    if (stage.frame.sheet.covers === 0) this.pins.focus(keyOf(thing))
  }

  private remove(thing: Thing, change: 'added' | 'closed' | 'hours'): void {
    this.editor.putBack()
    this.editor.remove(thing, change)
  }

  private showGap(gap: Gap): void {
    const again = this.gap !== null && this.gap.lon === gap.lon && this.gap.lat === gap.lat
    this.mark(again ? null : gap)
    this.draw()
    if (!again) this.sight.box(gap.bbox)
  }

  private mark(gap: Gap | null): void {
    this.gap = gap
    this.layer.look({ gap })
  }

  private fail(cause: unknown, retry: () => void): void {
    const { stage } = this.planner
    if (this.base) {
      stage.problem(cause, retry, t().retry)
      return
    }
    const problem = cause instanceof Problem ? cause : new Problem(0, String(cause), '')
    this.panel.fail(failedNotice(problem.title, problem.detail, retry))
  }

  /** Undo and redo from anywhere but a text field; Escape puts away one thing at a time. */
  private onKey(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null
    if (event.defaultPrevented || target?.closest('dialog, .tools, .legend')) return
    const writing = target?.closest('input:not([type="range"]), select, textarea')
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z' && !writing) {
      event.preventDefault()
      if (event.shiftKey) this.planner.redo()
      else this.planner.undo()
      return
    }
    const onMap = target === this.planner.stage.map.getContainer()
    if (event.key === 'Enter' && onMap && this.armed) this.take(this.armed, true)
    if (event.key !== 'Escape') return
    if (this.armed) this.arm(null)
    else if (this.chosen) this.choose(null)
    else if (this.gap) {
      this.mark(null)
      this.draw()
    } else if (this.planner.stage.town !== null) {
      this.planner.stage.town = null
      this.planner.stage.refresh()
    }
  }
}

/** Everything of the question that the painted times and the counted children depend on; the minutes are not. */
function walkOf(asked: Asked): string {
  return JSON.stringify([parameters(asked, new Date()), agesParameter(asked)])
}
