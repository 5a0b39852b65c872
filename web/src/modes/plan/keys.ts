export type KeyHands = {
  undo(): void
  redo(): void
  /** Enter on the map itself; true when that meant something. */
  enter(): boolean
  escape(): void
}

/** Undo and redo from anywhere but a text field, which has its own; Escape and Enter where nobody else took them. */
export function followKeys(map: HTMLElement, hands: KeyHands): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : null
    if (event.defaultPrevented || target?.closest('dialog, .tools, .legend')) return
    const writing = target?.closest('input:not([type="range"], [type="radio"], [type="checkbox"]), textarea')
    const command = (event.ctrlKey || event.metaKey) && !event.altKey
    if (command && event.key.toLowerCase() === 'z' && !writing) {
      event.preventDefault()
      if (event.shiftKey) hands.redo()
      else hands.undo()
    } else if (event.key === 'Enter' && target === map) {
      if (hands.enter()) event.preventDefault()
    } else if (event.key === 'Escape') hands.escape()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}
