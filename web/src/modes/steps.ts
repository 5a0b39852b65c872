import { readAddress, writeAddress } from '../state/address'
import type { Mode } from '../state/state'
import type { Store } from '../state/store'

/** Which step of ours an entry of the browser's history is; nothing for what somebody typed or pasted. */
function stepOf(entry: unknown): number | null {
  const step = (entry as { step?: unknown } | null)?.step
  return typeof step === 'number' ? step : null
}

/** Whether the address that stands now was written by the page. */
export function isOwnStep(): boolean {
  return stepOf(history.state) !== null
}

/**
 * The address of what is shown, and a step of the browser's history for each card, way, list or tool that is opened, so
 * that Back on a phone closes what was opened last instead of leaving the page. What is chosen or moved within one of them
 * is no step: nobody wants to go back through every filter.
 */
export class Steps {
  private at = stepOf(history.state) ?? 0
  /** The modes of the steps that were written since the page was opened. */
  private readonly modes: Mode[] = []
  /** A button of the page led back; the browser is about to follow. */
  private following = false
  private readonly popped = (event: PopStateEvent): void => this.pop(event.state)

  constructor(private readonly store: Store) {
    this.modes[this.at] = store.state.mode
    window.addEventListener('popstate', this.popped)
  }

  write(): void {
    const { mode } = this.store.state
    if (this.following) return
    if (same(mode, this.modes[this.at])) {
      history.replaceState({ step: this.at }, '', writeAddress(this.store.state))
    } else if (same(mode, this.modes[this.at - 1])) {
      this.following = true
      history.back()
    } else {
      this.at += 1
      this.modes.length = this.at
      this.modes[this.at] = mode
      history.pushState({ step: this.at }, '', writeAddress(this.store.state))
    }
  }

  dispose(): void {
    window.removeEventListener('popstate', this.popped)
  }

  private pop(entry: unknown): void {
    const step = stepOf(entry)
    if (step === null) return
    this.at = step
    if (this.following) {
      this.following = false
      this.write()
      return
    }
    const { mode } = readAddress(location.hash)
    this.modes[step] = mode
    const { sheet } = this.store.state
    const raised = sheet === 'peek' ? 'half' : sheet
    this.store.set({ mode, sheet: mode.name === 'browse' ? 'peek' : raised })
    // The rest is as it is now, whatever it was then.
    this.write()
  }
}

function same(one: Mode, other: Mode | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
