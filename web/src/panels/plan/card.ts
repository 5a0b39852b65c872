import type { County } from '../../api/county'
import type { Place } from '../../api/places'
import type { Plan, Proposed } from '../../state/plan'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { p } from '../../text/plan/words'
import { button, iconButton } from '../../ui/button'
import { type Child, h, on, replace } from '../../ui/dom'
import { hollowSymbol } from '../../ui/hollow'
import { symbol } from '../../ui/symbol'
import type { Asked } from '../coverage/asked'
import { postLook, type Thing } from './changes'
import { hoursForm, hoursInWords } from './hours'
import { type About, aboutPost, aboutSite, postName, siteName, type Told } from './told'

export type CardHands = {
  leave(): void
  toggleClosed(site: number): void
  details(site: number): void
  /** null takes the change back. */
  hours(thing: Thing, hours: string | null): void
  name(id: number, name: string): void
  remove(thing: Thing): void
}

export type CardShown = {
  chosen: Thing | null
  plan: Plan
  told: Told | null
  asked: Asked
  place: Place | null
  /** Of an existing site: whether it counts now. */
  counts: boolean
}

/** What is chosen on the map, with what can be done about it. Its words follow a drag; its fields stand still. */
export class ChosenCard {
  readonly element = h('div', { class: 'chosen' })
  private readonly about = h('p', { class: 'chosen-about figures' })
  private drawn = ''

  constructor(
    private readonly county: County,
    private readonly hands: CardHands,
  ) {}

  update(shown: CardShown): void {
    const { words, amiss } = this.words(shown)
    this.about.textContent = words
    this.about.classList.toggle('is-amiss', amiss)
    const key = this.key(shown)
    if (key === this.drawn) return
    const before = this.drawn
    this.drawn = key
    const focused = this.element.contains(document.activeElement) && document.activeElement?.getAttribute('data-act')
    replace(this.element, shown.chosen && this.card(shown.chosen, shown))
    if (focused && before) this.element.querySelector<HTMLElement>(`[data-act="${focused}"]`)?.focus()
  }

  focus(): void {
    this.element.querySelector<HTMLElement>('.service-name')?.focus({ preventScroll: true })
  }

  /** What the card is built from; everything else about it changes in place. */
  private key({ chosen, plan, asked, place, counts }: CardShown): string {
    if (!chosen) return ''
    const site = chosen.what === 'site' ? found(plan, chosen.id) : null
    const rest = site ? [site.name, site.hours] : []
    const closed = chosen.what === 'existing' && plan.remove.includes(chosen.site)
    const hours = chosen.what === 'existing' && newHours(plan, chosen.site)
    return JSON.stringify([chosen, rest, closed, hours, asked.at, asked.kind, place?.id, counts])
  }

  private words({ chosen, plan, told, counts }: CardShown): Pick<About, 'words' | 'amiss'> {
    if (!chosen) return { words: '', amiss: false }
    if (chosen.what === 'site') return aboutSite(chosen.id, told)
    if (chosen.what === 'post') return aboutPost(chosen.place, told)
    const lost = told?.answer.remove.find(({ site }) => site === chosen.site)
    if (plan.remove.includes(chosen.site)) {
      return { words: lost ? p().changes.closed(count(lost.children)) : p().card.closedNow, amiss: false }
    }
    return { words: counts ? '' : p().card.notOpen, amiss: !counts }
  }

  private card(chosen: Thing, shown: CardShown): HTMLElement | null {
    if (chosen.what === 'existing') return this.existing(chosen.site, shown)
    if (chosen.what === 'post') {
      const remove = this.remove(chosen)
      return this.frame(hollowSymbol(postLook, 40), postName(chosen.place), '', this.about, this.keys(), remove)
    }
    const site = found(shown.plan, chosen.id)
    return site ? this.proposed(site, chosen, shown.asked) : null
  }

  private proposed(site: Proposed, chosen: Thing, asked: Asked): HTMLElement {
    const kind = this.county.kind(asked.kind)
    const name = on(
      h('input', {
        class: 'field',
        type: 'text',
        maxlength: 60,
        value: site.name ?? '',
        placeholder: siteName({ ...site, name: '' }),
        'data-act': 'name',
      }),
      { change: () => this.hands.name(site.id, name.value.trim()) },
    )
    return this.frame(
      hollowSymbol(kind ?? postLook, 40),
      siteName(site),
      this.county.kindName(asked.kind),
      this.about,
      h('label', { class: 'chosen-field' }, h('span', {}, p().card.name), name),
      asked.at && this.hours(chosen, site.hours ?? null),
      this.keys(),
      this.remove(chosen),
    )
  }

  private existing(site: number, { plan, asked, place }: CardShown): HTMLElement {
    const kind = this.county.kind(place?.kind ?? asked.kind)
    const sign = symbol(kind ?? postLook, { size: 40 })
    const closed = plan.remove.includes(site)
    const name = place ? nameOf(place.name) : p().changes.unnumbered(String(site))
    const about = [kind && nameOf(kind.name), this.county.areaName(place?.area)].filter(Boolean).join(' · ')
    const hands = this.hands
    if (closed) sign.classList.add('symbol-closed')
    return this.frame(
      sign,
      name,
      about,
      this.about,
      h(
        'div',
        { class: 'chosen-acts' },
        button(
          () => hands.toggleClosed(site),
          { class: closed ? 'button' : 'button primary', 'data-act': 'close' },
          closed ? p().card.reopen : p().card.close,
        ),
        button(() => hands.details(site), { class: 'button', 'data-act': 'details' }, p().card.details),
      ),
      !closed && this.hoursOf(site, newHours(plan, site), asked),
    )
  }

  private hoursOf(site: number, hours: string | null, asked: Asked): HTMLElement {
    const content = asked.at
      ? this.hours({ what: 'existing', site }, hours)
      : h('p', { class: 'muted' }, p().hours.needTime)
    return h('details', { class: 'chosen-hours', open: hours !== null }, h('summary', {}, p().hours.title), content)
  }

  private hours(thing: Thing, hours: string | null): HTMLElement {
    return h(
      'div',
      {},
      hours && h('p', {}, p().changes.hours(hoursInWords(hours))),
      hoursForm(hours, (given) => this.hands.hours(thing, given)),
      hours &&
        button(() => this.hands.hours(thing, null), { class: 'text-button', 'data-act': 'back' }, p().hours.back),
    )
  }

  private keys(): HTMLElement {
    return h('p', { class: 'muted chosen-keys' }, p().card.keys)
  }

  private remove(thing: Thing): HTMLElement {
    return button(() => this.hands.remove(thing), { class: 'button', 'data-act': 'remove' }, p().card.remove)
  }

  private frame(sign: SVGSVGElement, name: string, about: string, ...content: Child[]): HTMLElement {
    return h(
      'section',
      { class: 'service chosen-card', 'aria-label': name },
      h(
        'div',
        { class: 'service-head' },
        sign,
        h(
          'div',
          { class: 'row-text' },
          h('h2', { class: 'service-name', tabindex: '-1' }, name),
          about ? h('p', { class: 'row-about' }, about) : null,
        ),
        iconButton('close', p().card.leave, () => this.hands.leave()),
      ),
      ...content,
    )
  }
}

function found(plan: Plan, id: number): Proposed | null {
  return plan.add.find((site) => site.id === id) ?? null
}

function newHours(plan: Plan, site: number): string | null {
  return plan.hours.find((one) => one.site === site)?.opening_hours ?? null
}
