import type { County } from '../../api/county'
import type { Attribute } from '../../api/types'
import type { Moment } from '../../state/state'
import { oldest, toggled, type Wish } from '../../state/wish'
import { f } from '../../text/find/words'
import { hoursWords } from '../../text/hours/words'
import { nameOf } from '../../text/language'
import { count } from '../../text/numbers'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h, on, replace } from '../../ui/dom'
import { field, select } from '../../ui/field'
import { icon } from '../../ui/icons'

/** Kinds that are the thing itself: nobody looks for a reading space with a reading corner. */
const themselves = new Map([['reading_corner', 'reading_space']])

/** Something that a place must have, and what the server is asked for it. */
export type Need = { id: string; label: string; value: string }

/** Marks of honour help planners to count; no parent needs one. */
const noNeeds = new Set(['demonstration'])

const wheels = ['accessibility', 'wheelchair']
/**
 * Of the choices that an attribute has, those that somebody with a child asks for. What is partly step-free helps a pram,
 * and whoever asks sees which it is on the card.
 */
const helps = new Map<string, readonly string[]>([
  ...wheels.map((id) => [id, ['yes', 'limited']] as const),
  ['fee', ['no']],
])

/** What every place may have, and what the chosen kinds may: as the catalogue knows it. */
export function needsOf(county: County, kinds: readonly string[]): Need[] {
  const own = kinds.flatMap((id) => county.kind(id)?.attributes ?? [])
  const known = new Map<string, Need>()
  for (const attribute of [...county.sharedAttributes, ...own]) {
    const need = needOf(attribute)
    const itself = kinds.length > 0 && kinds.every((kind) => kind === themselves.get(attribute.id))
    if (need && !itself && !known.has(need.id)) known.set(need.id, need)
  }
  return [...known.values()]
}

function needOf({ id, name, type, choices }: Attribute): Need | null {
  if (noNeeds.has(id)) return null
  if (type === 'bool') return { id, label: nameOf(name), value: 'true' }
  const helpful = (choices ?? []).filter((choice) => helps.get(id)?.includes(choice.id))
  const [first] = helpful
  if (type !== 'choice' || !first) return null
  const label = wheels.includes(id) ? f().needs.wheels : nameOf(first.name)
  return { id, label, value: helpful.map((choice) => choice.id).join(',') }
}

/** Whether somebody comes on wheels that take no steps. */
export function onWheels({ needs }: Wish): boolean {
  return needs.some((need) => wheels.includes(need))
}

/** The chips of what a parent needs; each change is told at once. */
export function needsRow(wish: Wish, needs: readonly Need[], change: (wish: Wish) => void): HTMLElement {
  const words = f().needs
  const chip = (id: string, label: string, pressed: boolean, press: () => void): HTMLElement =>
    button(press, { class: 'need', 'data-need': id, 'aria-pressed': String(pressed) }, label)
  return h(
    'div',
    { class: 'needs', role: 'group', 'aria-label': words.label },
    chip('open', wish.at ? words.openThen : words.open, wish.open, () => change({ ...wish, open: !wish.open })),
    button(
      () => askWhen(wish.at, (at) => change({ ...wish, at, open: at ? true : wish.open })),
      { class: 'need', 'data-need': 'when', 'aria-haspopup': 'dialog', 'data-set': wish.at ? '' : null },
      icon('clock', 16),
      wish.at ? momentInWords(wish.at) : words.now,
    ),
    ageChoice(wish, change),
    ...needs.map(({ id, label }) =>
      chip(id, label, wish.needs.includes(id), () => change({ ...wish, needs: toggled(wish.needs, id) })),
    ),
  )
}

function ageChoice(wish: Wish, change: (wish: Wish) => void): HTMLElement {
  const words = f().needs
  const ages = Array.from({ length: oldest + 1 }, (_, age) => ({ id: String(age), name: words.ageOf(count(age)) }))
  const chosen = wish.age === null ? '' : String(wish.age)
  const attributes = { class: 'need need-age', 'data-need': 'age', 'aria-label': words.age }
  const element = select([{ id: '', name: words.anyAge }, ...ages], chosen, attributes)
  if (wish.age !== null) element.dataset.set = ''
  return on(element, { change: () => change({ ...wish, age: element.value === '' ? null : Number(element.value) }) })
}

export function momentInWords({ day, time }: Moment): string {
  return f().needs.at(hoursWords().weekdays[day] ?? '', time)
}

/** The next seven days and any time; the day is a weekday, so that a link still means something next week. */
function askWhen(at: Moment | null, done: (at: Moment | null) => void): void {
  const words = f().needs
  const now = new Date()
  const today = (now.getDay() + 6) % 7
  const days = Array.from({ length: 7 }, (_, i) => (today + i) % 7)
  const name = (day: number, i: number): string => {
    const weekday = hoursWords().weekdays[day] ?? ''
    return i === 0 ? `${words.today} · ${weekday}` : i === 1 ? `${words.tomorrow} · ${weekday}` : weekday
  }
  const options = days.map((day, i) => ({ id: String(day), name: name(day, i) }))
  const day = field('when-day', select(options, String(at?.day ?? today)), { label: words.day })
  const hour = `${String(Math.min(23, now.getHours() + 1)).padStart(2, '0')}:00`
  const time = field(
    'when-time',
    h('input', { type: 'time', class: 'field', value: at?.time ?? hour, required: true }),
    {
      label: words.time,
    },
  )
  const body = h('div', { class: 'when' }, day.element, time.element)
  const close = openDialog(words.atTitle, body)
  const finish = (chosen: Moment | null): void => {
    close()
    done(chosen)
  }
  const then = (): void => {
    if (time.input.reportValidity()) finish({ day: Number(day.input.value), time: time.input.value })
  }
  replace(
    body,
    day.element,
    time.element,
    h(
      'div',
      { class: 'when-buttons' },
      button(() => finish(null), { class: 'button' }, words.useNow),
      button(then, { class: 'button primary' }, words.useThen),
    ),
  )
}
