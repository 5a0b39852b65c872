import type { County } from '../../api/county'
import type { Place } from '../../api/places'
import type { Plan } from '../../state/plan'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'
import { button, iconButton } from '../../ui/button'
import { h, replace } from '../../ui/dom'
import { hollowSymbol } from '../../ui/hollow'
import { symbol } from '../../ui/symbol'
import { hoursInWords } from './hours'
import { aboutPost, aboutSite, postName, siteName, type Told } from './told'

/** What of a plan a line or a pin stands for. */
export type Thing = { what: 'site'; id: number } | { what: 'post'; place: number } | { what: 'existing'; site: number }

export type ChangeHands = {
  /** Shows it on the map. */
  show(thing: Thing): void
  remove(thing: Thing, change: 'added' | 'closed' | 'hours'): void
  clear(): void
}

type Line = {
  key: string
  name: string
  about: string
  amiss: boolean
  sign: () => SVGSVGElement
  thing: Thing
  change: 'added' | 'closed' | 'hours'
}
type Row = { key: string; name: HTMLElement; about: HTMLElement }

/** Everything that the plan changes, a line each. While something is dragged only its words change. */
export class ChangeList {
  readonly element: HTMLElement
  private readonly list = h('ul', { class: 'changes' })
  private readonly clear: HTMLButtonElement
  private rows: Row[] = []

  constructor(
    private readonly county: County,
    private readonly find: (site: number) => Place | undefined,
    private readonly hands: ChangeHands,
  ) {
    this.clear = button(() => this.hands.clear(), { class: 'text-button plan-clear' }, p().changes.clear)
    this.element = h(
      'section',
      { class: 'part', hidden: true },
      h('div', { class: 'part-head' }, h('h3', {}, p().changes.title), this.clear),
      this.list,
    )
  }

  update(plan: Plan, told: Told | null, kind: string, timed: boolean): void {
    const lines = this.lines(plan, told, kind, timed)
    this.element.hidden = lines.length === 0
    const same = lines.length === this.rows.length && lines.every(({ key }, i) => key === this.rows[i]?.key)
    if (!same) this.build(lines)
    lines.forEach((line, i) => {
      const row = this.rows[i]
      if (!row) return
      row.name.textContent = line.name
      row.about.textContent = line.about
      row.about.classList.toggle('is-amiss', line.amiss)
    })
  }

  private lines(plan: Plan, told: Told | null, kind: string, timed: boolean): Line[] {
    const look = this.county.kind(kind) ?? { shape: 'circle', glyph: 'dot', colour: '' }
    const existing = (site: number): { name: string; sign: () => SVGSVGElement; other: boolean } => {
      const place = this.find(site)
      const known = place && this.county.kind(place.kind)
      return {
        name: place ? nameOf(place.name) : p().changes.unnumbered(String(site)),
        sign: () => symbol(known ?? look, { size: 28 }),
        other: place !== undefined && place.kind !== kind,
      }
    }
    return [
      ...plan.add.map((site): Line => {
        const { words, amiss } = aboutSite(site.id, told)
        const sign = (): SVGSVGElement => hollowSymbol(look)
        const thing: Thing = { what: 'site', id: site.id }
        return { key: `a${site.id}`, name: siteName(site), about: words, amiss, sign, thing, change: 'added' }
      }),
      ...plan.remove.map((site): Line => {
        const { name, sign, other } = existing(site)
        const lost = told?.answer.remove.find((one) => one.site === site)
        const about = other
          ? p().changes.otherKind
          : lost
            ? p().changes.closed(count(lost.children))
            : p().changes.closedPlain
        return { key: `r${site}`, name, about, amiss: false, sign, thing: { what: 'existing', site }, change: 'closed' }
      }),
      ...plan.hours.map(({ site, opening_hours: hours }): Line => {
        const { name, sign, other } = existing(site)
        const words = p().changes.hours(hoursInWords(hours))
        const about = other ? p().changes.otherKind : timed ? words : `${words}。${p().changes.hoursIdle}`
        return { key: `h${site}`, name, about, amiss: false, sign, thing: { what: 'existing', site }, change: 'hours' }
      }),
      ...plan.posts.map((_, place): Line => {
        const { words, amiss } = aboutPost(place, told)
        const sign = (): SVGSVGElement => hollowSymbol(postLook)
        const thing: Thing = { what: 'post', place }
        return { key: `p${place}`, name: postName(place), about: words, amiss, sign, thing, change: 'added' }
      }),
    ]
  }

  private build(lines: readonly Line[]): void {
    const focused = this.element.contains(document.activeElement)
    const index = this.rows.findIndex(({ key }) => key === (document.activeElement as HTMLElement)?.dataset.change)
    this.rows = []
    const items = lines.map(({ key, name: words, sign, thing, change }) => {
      const name = h('span', { class: 'row-name' })
      const about = h('span', { class: 'row-about figures' })
      this.rows.push({ key, name, about })
      const label = change === 'added' ? p().changes.remove(words) : p().changes.reopen(words)
      const remove = iconButton('close', label, () => this.hands.remove(thing, change))
      remove.dataset.change = key
      return h(
        'li',
        { class: `change change-${change}` },
        button(
          () => this.hands.show(thing),
          { class: 'change-main' },
          sign(),
          h('span', { class: 'row-text' }, name, about),
        ),
        remove,
      )
    })
    replace(this.list, ...items)
    if (!focused) return
    // Whoever takes lines away one after the other finds the next one under the finger.
    const next = this.rows[Math.min(Math.max(0, index), this.rows.length - 1)]
    const button_ = next && this.list.querySelector<HTMLElement>(`[data-change="${next.key}"]`)
    button_?.focus({ preventScroll: true })
  }
}

/** Guards are no kind of the question, so their sign does not come from it. */
export const postLook = { shape: 'shield', glyph: 'shield', colour: '#854d0e' }
