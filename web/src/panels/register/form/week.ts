import { f } from '../../../text/form/words'
import { t } from '../../../text/language'
import { readWeek, type Span, type Week, writeWeek } from '../../../text/week'
import { button, iconButton } from '../../../ui/button'
import { h, on, replace } from '../../../ui/dom'

const usual: Span = { from: '09:00', to: '17:00' }
const second: Span = { from: '14:00', to: '18:00' }
const mostSpans = 4

/** The hours of a place as a table of the week that writes OSM's syntax, and the text itself for what no table can say. */
export class WeekField {
  readonly element: HTMLElement
  private week: Week
  private readonly body = h('div', { class: 'week' })
  private readonly text: HTMLInputElement
  private readonly wrong = h('p', { class: 'field-wrong', role: 'alert', hidden: true })
  private asText: boolean

  constructor(
    private readonly id: string,
    label: string,
    private value: string,
    private readonly changed: (value: string) => void,
  ) {
    const read = readWeek(value)
    this.asText = value !== '' && read === null
    this.week = read ?? emptyWeek()
    this.text = on(h('input', { class: 'field', id: `${id}-text`, maxlength: 255, value, spellcheck: 'false' }), {
      input: () => this.write(this.text.value),
    })
    this.element = h('fieldset', { class: 'form-field week-field', id }, h('legend', {}, label), this.body, this.wrong)
    this.element.tabIndex = -1
    this.draw()
  }

  fail(words: string): void {
    this.wrong.textContent = words
    this.wrong.hidden = words === ''
    this.element.classList.toggle('is-wrong', words !== '')
  }

  private write(value: string): void {
    this.value = value
    this.text.value = value
    this.changed(value)
  }

  private set(week: Week): void {
    this.week = week
    this.fail(wrongSpan(week) ? f().spanWrong : '')
    this.write(writeWeek(week))
  }

  private draw(): void {
    const ways = h(
      'div',
      { class: 'two-ways', role: 'group' },
      this.way(false, f().hoursTable),
      this.way(true, f().hoursText),
    )
    replace(this.body, ways, ...(this.asText ? this.drawText() : this.drawTable()))
  }

  private way(asText: boolean, words: string): HTMLElement {
    return button(
      () => {
        const read = readWeek(this.value)
        if (!asText && this.value !== '' && !read) {
          this.fail(f().hoursBad)
          return
        }
        this.week = read ?? emptyWeek()
        this.asText = asText
        this.fail('')
        this.draw()
      },
      { class: 'way', 'aria-pressed': String(this.asText === asText) },
      words,
    )
  }

  private drawText(): HTMLElement[] {
    this.text.setAttribute('aria-label', f().hoursText)
    return [this.text, h('p', { class: 'field-hint' }, f().hoursTextHint)]
  }

  private drawTable(): HTMLElement[] {
    const days = t().hours.days.map((name, index) => this.day(name, index))
    return [
      h('div', { class: 'week-days' }, ...days, this.holidays()),
      h(
        'div',
        { class: 'week-acts' },
        button(() => this.copyDown(), { class: 'text-button' }, f().copyDown),
        button(() => this.everyDay(), { class: 'text-button' }, f().always),
        this.value !== '' && button(() => this.clear(), { class: 'text-button' }, f().unset),
      ),
    ]
  }

  private day(name: string, index: number): HTMLElement {
    const spans = this.week.days[index] ?? []
    const put = (next: Span[], redraw: boolean): void => {
      this.set({ ...this.week, days: this.week.days.map((old, i) => (i === index ? next : old)) })
      if (redraw) this.redraw(`day-${index}`)
    }
    return this.row(name, `day-${index}`, spans, put)
  }

  private holidays(): HTMLElement {
    const { holidays } = this.week
    const choice = on(
      h(
        'select',
        { class: 'field', 'aria-label': t().hours.holidays, id: `${this.id}-holidays` },
        h('option', { value: 'usual' }, f().holidaysSame),
        h('option', { value: 'off' }, f().closed),
        h('option', { value: 'open' }, f().open),
      ),
      {
        change: () => {
          const chosen = choice.value
          this.set({ ...this.week, holidays: chosen === 'usual' ? null : chosen === 'off' ? [] : [usual] })
          this.redraw('holidays')
        },
      },
    )
    choice.value = holidays === null ? 'usual' : holidays.length === 0 ? 'off' : 'open'
    const put = (next: Span[], redraw: boolean): void => {
      this.set({ ...this.week, holidays: next })
      if (redraw) this.redraw('holidays')
    }
    const spans = holidays && holidays.length > 0 ? this.spans(t().hours.holidays, holidays, put) : null
    return h(
      'div',
      { class: 'week-day', 'data-row': 'holidays' },
      h('span', { class: 'week-name' }, t().hours.holidays),
      choice,
      spans,
    )
  }

  private row(name: string, row: string, spans: Span[], put: (next: Span[], redraw: boolean) => void): HTMLElement {
    const open = on(h('input', { type: 'checkbox', checked: spans.length > 0, id: `${this.id}-${row}` }), {
      change: () => put(open.checked ? [usual] : [], true),
    })
    return h(
      'div',
      { class: 'week-day', 'data-row': row },
      h('label', { class: 'check week-name' }, open, name),
      spans.length > 0 ? this.spans(name, spans, put) : h('span', { class: 'muted week-closed' }, f().closed),
    )
  }

  private spans(name: string, spans: Span[], put: (next: Span[], redraw: boolean) => void): HTMLElement {
    const edit = (index: number, change: Partial<Span>): void =>
      put(
        spans.map((old, i) => {
          if (i === index) Object.assign(old, change)
          return old
        }),
        false,
      )
    const rows = spans.map((span, index) =>
      h(
        'div',
        { class: 'week-span' },
        timeInput(f().from(name), span.from, (from) => edit(index, { from })),
        h('span', { 'aria-hidden': 'true' }, '–'),
        timeInput(f().to(name), span.to, (to) => edit(index, { to: to === '00:00' ? '24:00' : to })),
        spans.length > 1
          ? iconButton('close', f().dropSpan(name), () =>
              put(
                spans.filter((_, i) => i !== index),
                true,
              ),
            )
          : null,
        index === spans.length - 1 && spans.length < mostSpans
          ? iconButton('plus', f().addSpan(name), () => put([...spans, { ...second }], true))
          : null,
      ),
    )
    return h('div', { class: 'week-spans' }, ...rows)
  }

  private redraw(row: string): void {
    this.draw()
    this.body.querySelector<HTMLElement>(`[data-row="${row}"] :is(input, select)`)?.focus({ preventScroll: true })
  }

  private copyDown(): void {
    const monday = this.week.days[0] ?? []
    const first = monday.length > 0 ? monday : [usual]
    const copy = (): Span[] => first.map((span) => ({ ...span }))
    this.set({ ...this.week, days: this.week.days.map((old, i) => (i < 5 ? copy() : old)) })
    this.redraw('day-0')
  }

  private everyDay(): void {
    const all = (): Span[] => [{ from: '00:00', to: '24:00' }]
    this.set({ days: this.week.days.map(all), holidays: null, schoolHolidays: null })
    this.redraw('day-0')
  }

  private clear(): void {
    this.set(emptyWeek())
    this.redraw('day-0')
  }
}

function timeInput(label: string, value: string, changed: (value: string) => void): HTMLInputElement {
  // A time field knows no 24:00; midnight at the end of a day is written 00:00 there.
  const input = h('input', {
    class: 'field',
    type: 'time',
    'aria-label': label,
    value: value === '24:00' ? '00:00' : value,
  })
  return on(input, { change: () => /^\d\d:\d\d$/.test(input.value) && changed(input.value) })
}

function emptyWeek(): Week {
  return { days: Array.from({ length: 7 }, () => []), holidays: null, schoolHolidays: null }
}

function wrongSpan({ days, holidays }: Week): boolean {
  return [...days, holidays ?? []].flat().some(({ from, to }) => to <= from)
}
