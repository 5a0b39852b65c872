import { problems, type ReportStanding, type Trouble } from '../api/reports'
import { reportWords } from '../text/report/words'
import { button } from '../ui/button'
import { openDialog } from '../ui/dialog'
import { h, on, replace } from '../ui/dom'
import { icon } from '../ui/icons'

/** Sends what was chosen; rejects with words for the person. */
export type SendReport = (what: Trouble, text: string) => Promise<void>

/** A small form about one place, without an account; and what came of what was reported from here before. */
export function openReport(name: string, earlier: Promise<readonly ReportStanding[]>, send: SendReport): void {
  const words = reportWords()
  const radios = problems.map((id) => h('input', { type: 'radio', name: 'what', value: id, id: `what-${id}` }))
  const text = h('textarea', { class: 'field', id: 'report-text', rows: 2, maxlength: 500 })
  const wrong = h('p', { class: 'report-wrong', role: 'alert' })
  const submit = button(() => form.requestSubmit(), { class: 'button primary wide', id: 'report-send' }, words.send)
  const before = h('div')
  const go = async (): Promise<void> => {
    const what = radios.find(({ checked }) => checked)?.value as Trouble | undefined
    const said = text.value.trim()
    wrong.textContent = !what ? words.noWhat : what === 'other' && said === '' ? words.noText : ''
    if (!what) radios[0]?.focus()
    if (!what || wrong.textContent) return
    submit.disabled = true
    try {
      await send(what, said)
      const thanks = h('p', { class: 'report-sent', tabindex: '-1' }, icon('met'), h('strong', {}, words.sent))
      replace(form, thanks, h('p', {}, words.sentHint))
      thanks.focus()
    } catch (cause) {
      wrong.textContent = cause instanceof Error ? cause.message : String(cause)
    } finally {
      submit.disabled = false
    }
  }
  const form: HTMLFormElement = on(
    h(
      'form',
      { class: 'report-form', novalidate: true },
      h(
        'fieldset',
        { class: 'report-what' },
        h('legend', {}, words.intro(name)),
        ...radios.map((radio) => h('label', {}, radio, words.what[radio.value] ?? radio.value)),
      ),
      h('label', { for: 'report-text' }, words.text),
      text,
      h('p', { class: 'muted' }, words.textHint),
      wrong,
      submit,
    ),
    {
      submit: (event) => {
        event.preventDefault()
        void go()
      },
    },
  )
  openDialog(words.title, form, before)
  void earlier.then((known) => replace(before, known.length > 0 && standings(known)))
}

function standings(known: readonly ReportStanding[]): HTMLElement {
  const words = reportWords()
  return h(
    'section',
    { class: 'report-earlier' },
    h('h3', {}, words.earlier),
    h(
      'ul',
      {},
      ...known.map(({ what, state, answer }) =>
        h(
          'li',
          {},
          `${words.what[what] ?? what}: `,
          h('strong', {}, words.state[state] ?? state),
          answer ? h('p', { class: 'muted' }, answer) : null,
        ),
      ),
    ),
  )
}
