import type { Scenario, Task, Unit } from '../../api/scenarios'
import { day } from '../../text/dates'
import { count } from '../../text/numbers'
import { w } from '../../text/scenarios/words'
import { button } from '../../ui/button'
import { h, on } from '../../ui/dom'
import { icon } from '../../ui/icons'

export type TaskChoices = { hand(place: number, unit: string, note: string): Promise<void>; show(place: number): void }
export type TasksShown = { scenario: Scenario; units: readonly Unit[]; writable: boolean; unsaved: boolean }

/** The new places of a scenario, each with the unit that it was handed to, or with the form to do so. */
export function taskList({ scenario, units, writable, unsaved }: TasksShown, choices: TaskChoices): HTMLElement {
  const places = scenario.plan.add ?? []
  if (places.length === 0) return h('p', { class: 'muted' }, w().tasks.noPlaces)
  const hint = unsaved ? w().tasks.saveFirst : units.length === 0 && writable ? w().tasks.noUnits : ''
  const rows = places.map((site, place) => {
    const handed = scenario.tasks.filter((task) => task.place === place)
    const name = w().tasks.place(count(place + 1), site.name ?? w().tasks.unnamed)
    return h(
      'li',
      { class: 'task', 'data-task': place },
      button(
        () => choices.show(place),
        { class: 'task-name' },
        icon('pin', 18),
        h('span', { class: 'row-name' }, name),
      ),
      ...handed.map(handedLine),
      writable && !unsaved && units.length > 0 ? form(place, name, units, choices) : null,
    )
  })
  return h('div', {}, hint ? h('p', { class: 'muted' }, hint) : null, h('ul', { class: 'tasks' }, ...rows))
}

function handedLine({ unit, handed, state, note }: Task): HTMLElement {
  return h(
    'p',
    { class: 'task-handed' },
    icon('met', 18),
    h(
      'span',
      {},
      `${w().tasks.handed(unit, day(handed))} · ${w().tasks.state[state] ?? state}`,
      note ? h('span', { class: 'muted task-note' }, note) : null,
    ),
  )
}

function form(place: number, name: string, units: readonly Unit[], choices: TaskChoices): HTMLElement {
  const unit = h(
    'select',
    { class: 'field', 'aria-label': w().tasks.unit },
    h('option', { value: '' }, w().tasks.choose),
    ...units.map((one) => h('option', { value: one.name }, one.confirmed ? one.name : w().tasks.unconfirmed(one.name))),
  )
  const note = h('input', { class: 'field', maxlength: 500, 'aria-label': w().tasks.note, placeholder: w().tasks.note })
  const send = button(() => void run(), { class: 'button primary', disabled: true }, w().tasks.send)
  unit.addEventListener('change', () => {
    send.disabled = unit.value === ''
  })
  const run = async (): Promise<void> => {
    send.disabled = true
    try {
      await choices.hand(place, unit.value, note.value.trim())
    } finally {
      send.disabled = unit.value === ''
    }
  }
  const box: HTMLDetailsElement = on(
    h(
      'details',
      { class: 'task-form' },
      h('summary', { 'aria-label': `${w().tasks.hand}：${name}` }, w().tasks.hand),
      h('div', { class: 'task-fields' }, unit, note, send),
    ),
    { toggle: () => box.open && unit.focus({ preventScroll: true }) },
  )
  return box
}
