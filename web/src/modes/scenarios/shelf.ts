import type { Scenario } from '../../api/scenarios'
import { keptOf } from '../../panels/scenarios/words'
import { forget, type Kept, keep, readKept } from '../../state/kept'

/** The list on this device. Without storage (a private window) it lasts as long as the page. */
export class Shelf {
  kept: Kept[]
  /** Those that the server said it does not have any more. */
  readonly gone = new Set<string>()

  constructor(private readonly storage: Storage | null = storageOrNone()) {
    this.kept = readKept(storage)
  }

  key(id: string): string | null {
    return this.kept.find((one) => one.id === id)?.key ?? null
  }

  keep(scenario: Scenario, key: string | null): void {
    const one = keptOf(scenario, key ?? this.key(scenario.id))
    this.kept = this.storage ? keep(this.storage, one) : [one, ...this.kept.filter(({ id }) => id !== one.id)]
    this.gone.delete(scenario.id)
  }

  forget(id: string): void {
    this.kept = this.storage ? forget(this.storage, id) : this.kept.filter((one) => one.id !== id)
  }
}

function storageOrNone(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
