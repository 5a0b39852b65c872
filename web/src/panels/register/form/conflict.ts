import { f } from '../../../text/form/words'
import { button } from '../../../ui/button'
import { openDialog } from '../../../ui/dialog'
import { h, on } from '../../../ui/dom'

/** One thing that two people wrote differently, in words; `first` is the side that stands unless somebody chooses. */
export type Differing = { id: string; label: string; mine: string; theirs: string; first: 'mine' | 'theirs' }
/** What the dialog says; `other` is a way out that chooses nothing. */
export type ConflictWords = {
  title: string
  body: string
  mine: string
  theirs: string
  keep: string
  allMine: string
  allTheirs: string
  other?: { words: string; run: () => void }
}

/** Both versions side by side, and for each thing that differs which of them is to stand. */
export function askConflict(
  differing: readonly Differing[],
  words: ConflictWords,
  take: (theirs: ReadonlySet<string>) => void,
): void {
  const { other } = words
  const theirs = new Set(differing.filter(({ first }) => first === 'theirs').map(({ id }) => id))
  const radios: { id: string; side: 'mine' | 'theirs'; input: HTMLInputElement }[] = []
  const pick = (one: Differing, side: 'mine' | 'theirs'): HTMLElement => {
    const input = h('input', { type: 'radio', name: `keep-${one.id}`, value: side, checked: side === one.first })
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
        h('span', {}, said || f().conflict.nothing),
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
    other &&
      button(
        () => {
          close()
          other.run()
        },
        { class: 'button wide', 'data-other': '' },
        other.words,
      ),
  )
}

/** What was typed cannot be saved to what was decided meanwhile: it becomes a change of the site, or is given up. */
export function askDecided(
  state: string,
  differing: readonly Differing[],
  ways: { amend: (() => void) | null; drop(): void },
): void {
  const words = f().decided
  const pick = (run: () => void) => (): void => {
    close()
    run()
  }
  const { amend } = ways
  const close = openDialog(
    words.title[state] ?? '',
    h('p', {}, words.body),
    h(
      'ul',
      { class: 'decided-lines' },
      ...differing.map(({ label, mine }) => h('li', {}, `${label}: `, h('strong', {}, mine || f().conflict.nothing))),
    ),
    amend && button(pick(amend), { class: 'button primary wide', 'data-amend': '' }, words.amend),
    button(pick(ways.drop), { class: 'button wide', 'data-drop': '' }, words.drop),
  )
}
