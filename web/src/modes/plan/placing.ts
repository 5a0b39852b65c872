import type { Thing } from '../../panels/plan/changes'
import type { Tool } from '../../panels/plan/tools'
import { mostAdded } from '../../state/plan'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'
import type { Stage } from '../stage'
import type { Editor } from './editor'

/** The tool in the hand: the next press on the map puts down what it makes. */
export class Placing {
  armed: Tool | null = null

  constructor(
    private readonly stage: Stage,
    private readonly editor: Editor,
    private readonly hands: {
      changed(): void
      put(thing: Thing, byKeys: boolean): void
    },
  ) {}

  /** `byKeys`: there is no pointer that could say where, so it goes to the middle. */
  take(tool: Tool, byKeys: boolean): void {
    if (byKeys) this.putInMiddle(tool)
    else this.arm(this.armed === tool ? null : tool)
  }

  arm(tool: Tool | null): void {
    const { store } = this.stage
    this.armed = tool
    if (tool && store.state.sheet === 'full') store.set({ sheet: 'half' })
    this.stage.map.getContainer().classList.toggle('is-placing', tool !== null)
    this.hands.changed()
  }

  /** Enter on the map stands for a press on its middle. */
  enter(): boolean {
    const { armed } = this
    if (armed) this.putInMiddle(armed)
    return armed !== null
  }

  put(lat: number, lon: number, byKeys = false): void {
    const { armed } = this
    if (!armed) return
    const thing = this.editor.add(armed, { lat, lon })
    this.arm(null)
    if (thing) this.hands.put(thing, byKeys)
    else this.stage.frame.toasts.mention(p().tools.most(count(mostAdded)))
  }

  private putInMiddle(tool: Tool): void {
    const [w, s, e, n] = this.stage.seen()
    this.armed = tool
    this.put((s + n) / 2, (w + e) / 2, true)
  }
}
