import type { Report } from '../../api/reports'
import { moment } from '../../text/moments'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { h, on, replace } from '../../ui/dom'
import { field, select } from '../../ui/field'
import { notice } from '../../ui/notice'
import { badge, loadingNote } from './rows'

export type ReportChoices = {
  filter(state: string): void
  more(): void
  answer(report: Report, state: 'done' | 'dismissed', words: string): Promise<void>
}

/** What people reported about places, and what is answered to them. */
export class ReportsPanel {
  readonly element: HTMLElement
  private readonly list = h('div', { class: 'report-list' })

  constructor(
    private readonly mayAmend: boolean,
    private readonly choices: ReportChoices,
  ) {
    const words = r().reports
    const options = [...Object.entries(words.state).map(([id, name]) => ({ id, name })), { id: '', name: r().any }]
    const state = select(options, 'open', { 'aria-label': r().desk.state })
    on(state, { change: () => choices.filter(state.value) })
    this.element = h(
      'div',
      { class: 'office-page is-narrow' },
      h('h1', { class: 'office-title', tabindex: '-1' }, words.title),
      h('p', { class: 'muted' }, words.intro),
      h('div', { class: 'filters' }, state),
      this.list,
    )
  }

  update(reports: readonly Report[] | null, more: boolean): void {
    const words = r().reports
    if (reports === null) replace(this.list, loadingNote())
    else if (reports.length === 0) replace(this.list, notice(words.none, [words.noneHint]))
    else
      replace(
        this.list,
        ...reports.map((report) => this.report(report)),
        more && button(this.choices.more, { class: 'button wide' }, r().more),
      )
  }

  private report(report: Report): HTMLElement {
    const words = r().reports
    const name = report.site_name || String(report.site)
    return h(
      'article',
      { class: 'report', 'data-report': report.id },
      h('div', { class: 'report-head' }, h('h2', {}, words.what[report.what] ?? report.what), badge(report.state)),
      h(
        'p',
        {},
        h('a', { href: `./#site=${report.site}` }, name),
        h('span', { class: 'muted' }, ` · ${moment(report.made)}`),
      ),
      report.text ? h('p', { class: 'report-text' }, report.text) : null,
      report.answer ? h('p', { class: 'office-note' }, `${words.answer}: ${report.answer}`) : null,
      report.state === 'open' ? this.answer(report) : null,
    )
  }

  private answer(report: Report): HTMLElement {
    const words = r().reports
    const input = h('textarea', { class: 'field', rows: 2, maxlength: 500 })
    const made = field(`answer-${report.id}`, input, { label: words.answer, hint: words.answerHint })
    const send = (state: 'done' | 'dismissed') => (): void => {
      const said = input.value.trim()
      made.fail(said === '' ? words.noAnswer : '')
      if (said === '') input.focus()
      else void this.choices.answer(report, state, said)
    }
    return h(
      'div',
      { class: 'report-answer' },
      made.element,
      h(
        'div',
        { class: 'office-acts' },
        button(send('done'), { class: 'button primary', 'data-done': '' }, words.done),
        button(send('dismissed'), { class: 'button', 'data-dismiss': '' }, words.dismiss),
        this.mayAmend && h('a', { class: 'button is-plain', href: `#/amend/${report.site}` }, words.amend),
      ),
    )
  }
}
