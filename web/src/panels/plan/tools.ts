import { p } from '../../text/plan/words'
import { button, iconButton } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { icon } from '../../ui/icons'
import { type Change, fine, signed } from './figure'

export type Tool = 'site' | 'post'
export type Seen = 'after' | 'before' | 'difference'
export type ToolHands = {
  /** `byKeys`: there is no pointer that could say where. */
  take(tool: Tool, byKeys: boolean): void
  cancel(): void
  undo(): void
  redo(): void
  see(seen: Seen): void
}

const sights: readonly Seen[] = ['after', 'before', 'difference']

/** What one does to the map, over the map: it stays within reach whatever the panel shows. */
export class PlanTools {
  readonly element: HTMLElement
  private readonly tools: Record<Tool, HTMLButtonElement>
  private readonly undo: HTMLButtonElement
  private readonly redo: HTMLButtonElement
  private readonly views: Record<Seen, HTMLButtonElement>
  private readonly hint = h('p', { class: 'plan-hint', role: 'status' })
  /** The figure once more, where a sheet may hide the panel's; read out by the panel alone. */
  private readonly glance = h('p', { class: 'plan-bar plan-glance figures', 'aria-hidden': 'true' })
  private said = ''

  constructor(private readonly hands: ToolHands) {
    const tool = (name: Tool): HTMLButtonElement => {
      const take = (event: MouseEvent): void => hands.take(name, event.detail === 0)
      const made = h(
        'button',
        { type: 'button', class: 'plan-tool', 'data-tool': name, 'aria-pressed': 'false' },
        icon(name === 'site' ? 'plus' : 'guard'),
        h('span', {}, p().tools[name]),
      )
      made.addEventListener('click', take)
      return made
    }
    this.tools = { site: tool('site'), post: tool('post') }
    this.undo = iconButton('undo', p().tools.undo, () => hands.undo(), 'plan-undo')
    this.redo = iconButton('redo', p().tools.redo, () => hands.redo(), 'plan-redo')
    const view = (name: Seen): HTMLButtonElement =>
      button(() => hands.see(name), { class: 'plan-view', 'data-view': name, 'aria-pressed': 'false' }, p().view[name])
    this.views = { after: view('after'), before: view('before'), difference: view('difference') }
    this.element = h(
      'div',
      { class: 'plan-tools' },
      h(
        'div',
        { class: 'plan-bar', role: 'toolbar', 'aria-label': p().tools.label },
        this.tools.site,
        this.tools.post,
        this.undo,
        this.redo,
      ),
      h(
        'div',
        { class: 'plan-row' },
        h(
          'div',
          { class: 'plan-bar plan-views', role: 'group', 'aria-label': p().view.label },
          ...sights.map((name) => this.views[name]),
        ),
        this.glance,
      ),
      this.hint,
    )
  }

  update(state: { armed: Tool | null; canUndo: boolean; canRedo: boolean; seen: Seen; changed: boolean }): void {
    for (const name of ['site', 'post'] as const)
      this.tools[name].setAttribute('aria-pressed', String(state.armed === name))
    // A disabled button loses the focus; these two keep it, so that one can go on pressing.
    this.undo.setAttribute('aria-disabled', String(!state.canUndo))
    this.redo.setAttribute('aria-disabled', String(!state.canRedo))
    for (const name of sights) this.views[name].setAttribute('aria-pressed', String(state.seen === name))
    this.element.classList.toggle('has-changes', state.changed)
    this.tell(state.armed)
  }

  look(change: Change | null): void {
    const by = change ? change.after - change.before : 0
    const way = by > 0 ? 'gained' : by < 0 ? 'lost' : 'same'
    replace(
      this.glance,
      change && fine(change.after, change.total),
      change && h('strong', { class: 'plan-change', 'data-way': way }, signed(by)),
    )
  }

  /** Words for who can't see where something was put. */
  mention(words: string): void {
    this.said = ''
    replace(this.hint, h('span', { class: 'visually-hidden' }, words))
  }

  focus(tool: Tool): void {
    this.tools[tool].focus({ preventScroll: true })
  }

  private tell(armed: Tool | null): void {
    const said = armed ?? ''
    if (said === this.said) return
    this.said = said
    replace(
      this.hint,
      armed && h('span', {}, armed === 'site' ? p().tools.placeSite : p().tools.placePost),
      armed && button(() => this.hands.cancel(), { class: 'plan-cancel' }, p().tools.cancel),
    )
  }
}
