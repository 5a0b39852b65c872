export type ReviewHands = {
  step(by: 1 | -1): void
  publish(): void
  return(): void
  merge(): void
  pick(): void
  help(): void
}

/** The keys of the reviewer's desk; none while somebody types or a dialog is open. Returns how to stop. */
export function reviewKeys(hands: ReviewHands): () => void {
  const does: Readonly<Record<string, () => void>> = {
    j: () => hands.step(1),
    k: () => hands.step(-1),
    p: hands.publish,
    r: hands.return,
    m: hands.merge,
    x: hands.pick,
    '?': hands.help,
  }
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
    const at = event.target instanceof Element ? event.target : null
    if (at?.closest('input:not([type="checkbox"]), select, textarea, dialog, .leaflet-container')) return
    const run = does[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }
  document.addEventListener('keydown', pressed)
  return () => document.removeEventListener('keydown', pressed)
}
