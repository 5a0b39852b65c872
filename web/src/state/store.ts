import type { State } from './state'

type Watcher = { keys: readonly (keyof State)[]; run: (state: State) => void }

/** The one observable store. Watchers run when one of their keys has changed, in the order in which they came. */
export class Store {
  private watchers: Watcher[] = []

  constructor(private current: State) {}

  get state(): State {
    return this.current
  }

  set(patch: Partial<State>): void {
    const before = this.current
    const after = { ...before, ...patch }
    const changed = (Object.keys(patch) as (keyof State)[]).filter((key) => !same(before[key], after[key]))
    if (changed.length === 0) return
    this.current = after
    for (const watcher of [...this.watchers]) {
      if (watcher.keys.some((key) => changed.includes(key))) watcher.run(this.current)
    }
  }

  /** Calls `run` on every change of `keys`; the returned function stops it. */
  watch(keys: readonly (keyof State)[], run: (state: State) => void): () => void {
    const watcher = { keys, run }
    this.watchers.push(watcher)
    return () => {
      this.watchers = this.watchers.filter((other) => other !== watcher)
    }
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
