import type { County } from '../../api/county'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { s } from '../../text/siting/words'
import { type Child, h, on, replace } from '../../ui/dom'
import { symbol } from '../../ui/symbol'
import { Check, Choice } from './fields'
import { readList } from './list'
import { type Source, sources, type Wish } from './wish'

/** Lines that could not be read, shown at most. */
const shownBad = 3

/** Where the new ones may stand: at any junction, at sites of chosen kinds, or at the places of a list. */
export class CandidatesField {
  readonly element: HTMLElement
  private readonly source: Choice<Source>
  private readonly kinds: HTMLElement
  private readonly kindChecks: { id: string; check: Check }[]
  private readonly list: HTMLElement
  private readonly text: HTMLTextAreaElement
  private readonly read = h('div', { class: 'wish-read', role: 'status' })
  private wish: Wish | null = null

  constructor(
    county: County,
    private readonly change: (patch: Partial<Wish>) => void,
  ) {
    this.source = new Choice(
      'wish-source',
      s().form.from,
      sources.map((value) => ({ value, content: [s().from[value]] })),
      (source) => change({ source }),
    )
    this.kindChecks = county.pointKinds.map((kind) => ({
      id: kind.id,
      check: new Check(
        h(
          'span',
          { class: 'wish-kind' },
          symbol(kind, { size: 22 }),
          nameOf(kind.name),
          h('span', { class: 'ask-aside' }, typeof kind.count === 'number' ? count(kind.count) : kind.count),
        ),
        (on) => this.toggle(kind.id, on),
      ),
    }))
    this.kinds = h(
      'div',
      { class: 'wish-inset', role: 'group', 'aria-label': s().form.kinds },
      ...this.kindChecks.map(({ check }) => check.element),
    )
    this.text = on(
      h('textarea', {
        class: 'field wish-text',
        rows: 4,
        spellcheck: 'false',
        placeholder: s().form.listExample,
        'aria-label': s().form.list,
        'aria-describedby': 'wish-list-hint',
      }),
      { input: () => this.take(this.text.value) },
    )
    const file: HTMLInputElement = on(
      h('input', { type: 'file', class: 'visually-hidden', accept: '.csv,.txt,.tsv,text/csv,text/plain' }),
      { change: () => void this.open(file) },
    )
    this.list = h(
      'div',
      { class: 'wish-inset' },
      h('p', { class: 'muted wish-hint', id: 'wish-list-hint' }, s().form.listHint),
      this.text,
      h('label', { class: 'button wish-file' }, file, s().form.listFile),
      this.read,
    )
    this.element = h('div', {}, this.source.element, this.kinds, this.list)
  }

  update(wish: Wish): void {
    this.wish = wish
    this.source.update(wish.source)
    this.kinds.hidden = wish.source !== 'kinds'
    this.list.hidden = wish.source !== 'list'
    for (const { id, check } of this.kindChecks) check.update(wish.kinds.includes(id))
    if (this.text.value === '' && wish.list.length > 0) {
      this.text.value = wish.list
        .map(({ lon, lat, name, cost, capacity }) => [lon, lat, name ?? '', cost ?? '', capacity ?? ''].join(', '))
        .join('\n')
      this.tell(this.text.value)
    } else if (this.read.childElementCount === 0) this.tell(this.text.value)
  }

  private toggle(id: string, on: boolean): void {
    const kinds = (this.wish?.kinds ?? []).filter((kind) => kind !== id)
    this.change({ kinds: on ? [...kinds, id] : kinds })
  }

  private async open(file: HTMLInputElement): Promise<void> {
    const chosen = file.files?.[0]
    if (!chosen) return
    // Excel in Chinese writes GB18030; only text that is no UTF-8 is read so.
    const bytes = await chosen.arrayBuffer()
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      text = new TextDecoder('gb18030').decode(bytes)
    }
    file.value = ''
    this.text.value = text
    this.take(text)
  }

  private take(text: string): void {
    this.tell(text)
    this.change({ list: readList(text).list })
  }

  private tell(text: string): void {
    const { list, bad } = readList(text)
    const words: Child[] = [
      h('p', {}, list.length > 0 ? s().form.listRead(count(list.length)) : s().form.listNone),
      ...bad
        .slice(0, shownBad)
        .map(({ line, found }) => h('p', { class: 'wish-bad' }, s().form.listBad(count(line), found))),
      bad.length > shownBad && h('p', { class: 'wish-bad' }, s().form.listMore(count(bad.length - shownBad))),
    ]
    replace(this.read, ...words)
  }
}
