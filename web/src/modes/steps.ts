import { readAddress, writeAddress } from '../state/address'
import type { Mode, Origin, State } from '../state/state'
import type { Store } from '../state/store'

/** What a step shows: a mode, and of what is near from where. It is held by the page only: the browser's history has a number. */
type Screen = { mode: Mode; origin: Origin | null }

function screenOf({ mode, origin }: State): Screen {
  return { mode, origin: mode.name === 'nearby' ? origin : null }
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

  /** From where the list before this step was, for whoever comes forward again to a card or a way. */
  private started(): Origin | null {
    return this.screens.slice(0, this.at).reduce<Origin | null>((last, { origin }) => origin ?? last, null)
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
    const known = this.screens[step]
    const start = mode.name === 'nearby' && known ? known.origin : (origin ?? this.started())
    this.screens[step] = screenOf({ ...this.store.state, mode, origin: start })
    this.store.set({ mode, sheet: mode.name === 'browse' ? 'peek' : raised, origin: start })
    // The rest is as it is now, whatever it was then.
    this.write()
  }
}

/** Another start of the same list is the same step. */
function same(one: Screen, other: Screen | undefined): boolean {
  const alike = JSON.stringify(one.mode) === JSON.stringify(other?.mode)
  return alike && (one.origin === null) === (other?.origin === null)
}
