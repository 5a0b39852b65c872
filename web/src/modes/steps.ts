import { readAddress, writeAddress } from '../state/address'
import type { Mode, State } from '../state/state'
import type { Store } from '../state/store'

/** What a step shows: a mode, and of what is near whether somebody has said where they start. */
type Screen = { mode: Mode; started: boolean }

function screenOf({ mode, origin }: State): Screen {
  return { mode, started: mode.name === 'nearby' && origin !== null }
}

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
  /** The steps that were written since the page was opened. */
  private readonly screens: Screen[] = []
  /** A button of the page led back; the browser is about to follow. */
  private following = false
  private readonly popped = (event: PopStateEvent): void => this.pop(event.state)

  constructor(private readonly store: Store) {
    this.screens[this.at] = screenOf(store.state)
    window.addEventListener('popstate', this.popped)
  }

  write(): void {
    const screen = screenOf(this.store.state)
    if (this.following) return
    if (same(screen, this.screens[this.at])) {
      history.replaceState({ step: this.at }, '', writeAddress(this.store.state))
    } else if (same(screen, this.screens[this.at - 1])) {
      this.following = true
      history.back()
    } else {
      this.at += 1
      this.screens.length = this.at
      this.screens[this.at] = screen
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
    const { sheet, origin } = this.store.state
    const raised = sheet === 'peek' ? 'half' : sheet
    // Before somebody said where they start stood the first screen.
    const first = mode.name === 'nearby' && this.screens[step]?.started === false
    this.screens[step] = { mode, started: mode.name === 'nearby' && origin !== null && !first }
    this.store.set({ mode, sheet: mode.name === 'browse' ? 'peek' : raised, origin: first ? null : origin })
    // The rest is as it is now, whatever it was then.
    this.write()
  }
}

function same(one: Screen, other: Screen | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
