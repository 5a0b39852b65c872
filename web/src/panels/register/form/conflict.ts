import { f } from '../../../text/form/words'
import { button } from '../../../ui/button'
import { openDialog } from '../../../ui/dialog'
import { h, on } from '../../../ui/dom'

/** One thing that two people wrote differently, in words. */
export type Differing = { id: string; label: string; mine: string; theirs: string }

/** Both versions side by side, and for each thing that differs which of them is to stand. */
export function askConflict(differing: readonly Differing[], take: (theirs: ReadonlySet<string>) => void): void {
  const words = f().conflict
  const theirs = new Set<string>()
  const radios: { id: string; side: 'mine' | 'theirs'; input: HTMLInputElement }[] = []
  const pick = (one: Differing, side: 'mine' | 'theirs'): HTMLElement => {
    const input = h('input', { type: 'radio', name: `keep-${one.id}`, value: side, checked: side === 'mine' })
    on(input, { change: () => set(one.id, side) })
    radios.push({ id: one.id, side, input })
    const said = side === 'mine' ? one.mine : one.theirs
    return h(
      'label',
      { class: 'conflict-side' },
      input,
      h(
        'span',
        {},
        h('span', { class: 'conflict-who' }, side === 'mine' ? words.mine : words.theirs),
        h('span', {}, said || words.nothing),
      ),
    )
  }
  const set = (id: string, side: 'mine' | 'theirs'): void => {
    if (side === 'theirs') theirs.add(id)
    else theirs.delete(id)
  }
  const all = (side: 'mine' | 'theirs') => (): void => {
    for (const radio of radios) {
      if (radio.side !== side) continue
      radio.input.checked = true
      set(radio.id, side)
    }
  }
  const close = openDialog(
    words.title,
    h('p', {}, words.body),
    h(
      'div',
      { class: 'conflict' },
      ...differing.map((one) =>
        h(
          'fieldset',
          { class: 'conflict-row', 'data-field': one.id },
          h('legend', {}, one.label),
          pick(one, 'mine'),
          pick(one, 'theirs'),
        ),
      ),
    ),
    h(
      'div',
      { class: 'office-acts' },
      button(all('mine'), { class: 'button' }, words.allMine),
      button(all('theirs'), { class: 'button' }, words.allTheirs),
    ),
    button(
      () => {
        close()
        take(theirs)
      },
      { class: 'button primary wide', 'data-keep': '' },
      words.keep,
    ),
  )
}
