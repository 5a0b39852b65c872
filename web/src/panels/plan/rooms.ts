import { h, on } from '../../ui/dom'

export type RoomName = 'changes' | 'siting' | 'scenarios'
type Room = { name: RoomName; words: string; element: HTMLElement }

/** The parts of planning, one of them open: tabs that arrow keys walk through. */
export class Rooms {
  readonly element: HTMLElement
  private readonly tabs: HTMLButtonElement[]

  constructor(
    label: string,
    private readonly rooms: readonly Room[],
    private readonly opened: (name: RoomName) => void,
  ) {
    this.tabs = rooms.map(({ name, words }) =>
      on(
        h(
          'button',
          { type: 'button', class: 'room-tab', role: 'tab', id: `room-tab-${name}`, 'aria-controls': `room-${name}` },
          words,
        ),
        { click: () => this.choose(name), keydown: (event) => this.key(event, name) },
      ),
    )
    for (const { name, element } of rooms) {
      element.id = `room-${name}`
      element.setAttribute('role', 'tabpanel')
      element.setAttribute('aria-labelledby', `room-tab-${name}`)
    }
    this.element = h(
      'div',
      { class: 'rooms' },
      h('div', { class: 'room-tabs', role: 'tablist', 'aria-label': label }, ...this.tabs),
      ...rooms.map(({ element }) => element),
    )
    this.show('changes')
  }

  /** Opens a room and tells of it. */
  choose(name: RoomName): void {
    this.show(name)
    this.opened(name)
  }

  private show(name: RoomName): void {
    this.rooms.forEach((room, i) => {
      const here = room.name === name
      room.element.hidden = !here
      this.tabs[i]?.setAttribute('aria-selected', String(here))
      this.tabs[i]?.setAttribute('tabindex', here ? '0' : '-1')
    })
  }

  private key(event: KeyboardEvent, name: RoomName): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const { length } = this.rooms
    const next = (this.rooms.findIndex((room) => room.name === name) + by + length) % length
    this.choose(this.rooms[next]?.name ?? name)
    this.tabs[next]?.focus()
  }
}
