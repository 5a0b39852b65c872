import type { County } from '../api/county'
import type { Store } from '../state/store'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { button } from '../ui/button'
import { h } from '../ui/dom'
import { icon } from '../ui/icons'
import { symbol } from '../ui/symbol'

/** One chip per kind that has places on the map; several can be on, and none means all. */
export function addChips(element: HTMLElement, county: County, store: Store): () => void {
  const chips = county.pointKinds.map((kind) => {
    const toggle = (): void => {
      const { kinds } = store.state
      const next = kinds.includes(kind.id) ? kinds.filter((id) => id !== kind.id) : [...kinds, kind.id]
      // All of them and none of them are the same map; none is the shorter address. A target's own choice ends here.
      store.set({ kinds: next.length === county.pointKinds.length ? [] : next, target: null })
    }
    const number = document.createTextNode('')
    const chip = button(
      toggle,
      { class: 'chip', 'data-kind': kind.id },
      symbol(kind, { size: 26 }),
      h('span', { class: 'chip-name' }, nameOf(kind.name)),
      h('span', { class: 'chip-count' }, number, h('span', { class: 'visually-hidden' }, t().kinds.places)),
    )
    return { kind, chip, number }
  })
  const all = button(
    () => store.set({ kinds: [], target: null }),
    { class: 'chip chip-all' },
    icon('close', 16),
    t().kinds.all,
  )
  element.append(all, ...chips.map(({ chip }) => chip))
  const update = (): void => {
    const { kinds } = store.state
    all.hidden = kinds.length === 0
    element.classList.toggle('some', kinds.length > 0)
    for (const { kind, chip } of chips) chip.setAttribute('aria-pressed', String(kinds.includes(kind.id)))
    // A kind that was chosen elsewhere is seen to be chosen.
    const first = chips.find(({ kind }) => kinds.includes(kind.id))?.chip
    if (first && element.scrollWidth > element.clientWidth) {
      const { left, right } = element.getBoundingClientRect()
      const box = first.getBoundingClientRect()
      if (box.left < left || box.right > right) element.scrollLeft += box.left - left - 16
    }
  }
  const recount = (): void => {
    for (const { kind, number } of chips)
      number.data = typeof kind.count === 'number' ? count(kind.count) : String(kind.count)
  }
  update()
  recount()
  const stops = [store.watch(['kinds'], update), county.whenCounted(recount)]
  return () => {
    for (const stop of stops) stop()
  }
}
