import type { County } from '../api/county'
import type { Place } from '../api/places'
import { nameOf, t } from '../text/language'
import { count } from '../text/numbers'
import { h } from '../ui/dom'
import { symbol } from '../ui/symbol'
import type { Group } from './clusters'

/** The small name tag under a mouse pointer. Touch has the card instead. */
export class Tip {
  private readonly element = h('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' })

  constructor(
    container: HTMLElement,
    private readonly county: County,
  ) {
    container.append(this.element)
  }

  place(place: Place, x: number, y: number): void {
    const detail = [this.county.kindName(place.kind), this.county.areaName(place.area)].filter(Boolean).join(' · ')
    this.show(x, y, [h('strong', {}, nameOf(place.name)), h('span', {}, detail)])
  }

  group(group: Group, x: number, y: number): void {
    const rows = this.county.pointKinds
      .filter((kind) => group.counts[kind.id])
      .sort((a, b) => (group.counts[b.id] ?? 0) - (group.counts[a.id] ?? 0))
      .slice(0, 5)
      .map((kind) =>
        h(
          'span',
          { class: 'tip-row' },
          symbol(kind, { size: 18 }),
          `${nameOf(kind.name)} ${count(group.counts[kind.id] ?? 0)}`,
        ),
      )
    this.show(x, y, [h('strong', {}, t().map.clusterOf(count(group.count))), ...rows])
  }

  hide(): void {
    this.element.hidden = true
  }

  remove(): void {
    this.element.remove()
  }

  private show(x: number, y: number, content: HTMLElement[]): void {
    this.element.replaceChildren(...content)
    this.element.hidden = false
    placeTip(this.element, x, y)
  }
}

/** Above a point, or below it where there is no room, and never over the edge of the map. */
export function placeTip(tip: HTMLElement, x: number, y: number): void {
  const room = tip.parentElement?.clientWidth ?? 0
  const left = Math.min(Math.max(8, x - tip.offsetWidth / 2), room - tip.offsetWidth - 8)
  const above = y - tip.offsetHeight - 26
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(above < 8 ? y + 26 : above)}px)`
}
