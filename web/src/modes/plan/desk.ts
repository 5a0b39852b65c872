import { problemFrom } from '../../api/client'
import { steps } from '../../api/minutes'
import type { WhatIf, WhatIfRequest } from '../../api/what_if'
import { PlanLayer } from '../../layers/plan/layer'
import { Pins } from '../../layers/plan/pins'
import { failedNotice } from '../../panels/around'
import { legendPanel } from '../../panels/legend'
import type { Thing } from '../../panels/plan/changes'
import { changeOf } from '../../panels/plan/figure'
import { PlanPanel } from '../../panels/plan/panel'
import { PlanTools, type Seen } from '../../panels/plan/tools'
import { isEmpty, type Plan } from '../../state/plan'
import { t } from '../../text/language'
import { p } from '../../text/plan/words'
import { replace } from '../../ui/dom'
import { type Answered, Answers } from '../coverage/answers'
import { Sight } from '../coverage/sight'
import { Choice } from './choice'
import { Editor } from './editor'
import { followKeys } from './keys'
import { keyOf, pinsOf, thingOf } from './marks'
import { Picture, walkOf } from './picture'
import { Placing } from './placing'
import { type Planner, questionBody } from './planner'
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
  readonly sight: Sight
  private readonly plans = new WeakMap<WhatIfRequest, { plan: Plan; walk: string }>()
  readonly picture: Picture
  private readonly placing: Placing
  private readonly choice: Choice
  private seen: Seen = 'after'
  private stops: (() => void)[] = []

  constructor(private readonly planner: Planner) {
    const { stage, ground } = planner
    this.editor = new Editor(planner)
    this.sight = new Sight(stage)
    this.layer = new PlanLayer(stage.map, (frame) => this.pins.follow(frame))
    this.picture = new Picture(planner, this.layer)
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
        chosen: (key) => this.choice.choose(thingOf(key)),
        removed: (key) => this.remove(thingOf(key), 'added'),
      },
      p().onMap,
    )
    this.tools = new PlanTools({
      take: (tool, byKeys) => this.placing.take(tool, byKeys),
      cancel: () => this.placing.arm(null),
      undo: () => this.editor.undo(),
      redo: () => this.editor.redo(),
      see: (seen) => this.see(seen),
    })
    this.choice = new Choice(stage, this.layer, this.sight, (thing) => {
      this.draw()
      if (thing) this.panel.showCard()
    })
    this.placing = new Placing(stage, this.editor, {
      changed: () => this.draw(),
      put: (thing, byKeys) => {
        this.choice.choose(thing)
        if (!byKeys) return
        this.pins.focus(keyOf(thing))
        this.tools.mention(p().tools.placed)
      },
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
      gap: (gap) => this.choice.showGap(gap),
      find: (site) => stage.places.find(site),
      card: {
        leave: () => this.choice.choose(null),
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

  /** Draws nothing of the plan while something else has the map. */
  quiet(on: boolean): void {
    this.layer.remove()
    this.pins.remove()
    this.planner.stage.frame.element.classList.toggle('is-quiet', on)
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
      place: (id) => this.placing.armed || this.choice.choose({ what: 'existing', site: id }),
      town: (code) => this.placing.armed || this.sight.town(code),
      ground: () => this.placing.armed || this.choice.choose(null),
    }
    replace(stage.frame.body, this.panel.element)
    stage.narrow(stage.places.all().filter((place) => place.kind === asked.kind))
    const press = ({ latlng }: { latlng: { lat: number; lng: number } }): void =>
      this.placing.put(latlng.lat, latlng.lng)
    stage.map.on('click', press)
    this.stops.push(
      stage.store.watch(['coverage', 'plan'], () => this.follow()),
      followKeys(stage.map.getContainer(), {
        undo: () => this.editor.undo(),
        redo: () => this.editor.redo(),
        enter: () => this.placing.enter(),
        escape: () => this.escape(),
      }),
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
    this.choice.keepTo(plan)
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
    const body = this.planner.body(plan)
    if (isEmpty({ ...plan, ...body, add: plan.add, forbid: [] })) {
      this.whatIfs.stop()
      this.picture.forgetTold()
      return
    }
    const request = { ...questionBody(asked), ...body, cells: true, streets: true, gaps: true }
    this.plans.set(request, { plan, walk: walkOf(asked) })
    this.whatIfs.want(request)
  }

  private takeBase(answered: Answered): void {
    this.picture.takeBase(answered)
    // Of what kind the sites of a link are may be known only now.
    this.change()
  }

  private takeTold(request: WhatIfRequest, answer: WhatIf): void {
    const asked = this.plans.get(request)
    if (!asked) return
    if (!this.picture.takeTold(asked, answer)) this.answers.renew(this.planner.asked)
    this.fit()
    this.draw()
  }

  private fit(anew = false): void {
    if (!this.picture.fit(this.seen, this.whatIfs.waiting, anew)) return
    const { stage } = this.planner
    const { shown } = this.picture
    const gaps = shown?.told?.answer.gaps ?? shown?.base.answer.gaps ?? []
    this.choice.keepGap(gaps)
    stage.legend = (close) => this.picture.legend(this.seen, close) ?? legendPanel(stage.county, close)
    if (stage.store.state.legend) stage.redrawLegend()
  }

  private draw(): void {
    const { planner, editor, tools, picture } = this
    const { thing: chosen, gap } = this.choice
    const { shown } = picture
    const { plan } = editor
    const { asked, ground } = planner
    this.pins.update(pinsOf(plan, picture.latest, ground.county, asked.kind, chosen))
    const { armed } = this.placing
    const { canUndo, canRedo } = planner
    tools.update({ armed, canUndo, canRedo, seen: this.seen, changed: !isEmpty(plan) })
    tools.look(shown && changeOf(shown.base.answer, shown.told, asked.minutes))
    this.panel.update({
      asked,
      plan,
      answer: shown?.base.answer ?? null,
      told: shown?.told ?? null,
      waiting: this.answers.waiting === 'all',
      gap,
      chosen,
      counts: chosen?.what !== 'existing' || picture.counts(chosen.site),
    })
  }

  private see(seen: Seen): void {
    this.seen = seen
    this.layer.look({ sight: seen })
    // Which sites are grey depends on it.
    this.fit(true)
    this.draw()
  }

  private show(thing: Thing): void {
    const { stage, plan } = this.planner
    this.choice.show(thing, plan)
    // On a phone the sheet keeps the focus: the pin may lie under it.
    if (thing.what !== 'existing' && stage.frame.sheet.covers === 0) this.pins.focus(keyOf(thing))
  }

  private remove(thing: Thing, change: 'added' | 'closed' | 'hours'): void {
    this.editor.putBack()
    this.editor.remove(thing, change)
  }

  private fail(cause: unknown, retry: () => void): void {
    const { stage } = this.planner
    if (!this.picture.empty) {
      stage.problem(cause, retry, t().retry)
      return
    }
    const problem = problemFrom(cause)
    this.panel.fail(failedNotice(problem.title, problem.detail, retry))
  }

  private escape(): void {
    if (this.placing.armed) this.placing.arm(null)
    else this.choice.escape()
  }
}
