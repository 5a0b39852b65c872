import { problemFrom } from '../../api/client'
import { w } from '../../text/scenarios/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h, on, replace } from '../../ui/dom'
import { signInHint } from '../sign_in'

export type Named = { name: string; note: string }

/** Asks for a name and a note. What the server refuses is said in the dialog, and nothing typed is lost. */
export function askName(first: Named, save: (named: Named) => Promise<void>): void {
  const words = w().save
  const name = h('input', {
    class: 'field',
    id: 'scenario-name',
    value: first.name,
    maxlength: 80,
    autocomplete: 'off',
  })
  name.placeholder = words.nameHint
  const note = h('textarea', { class: 'field', id: 'scenario-note', rows: 3, maxlength: 2000 })
  note.value = first.note
  const wrong = h('p', { class: 'scenario-wrong', role: 'alert' })
  const submit = button(() => form.requestSubmit(), { class: 'button primary' }, words.save)
  const run = async (): Promise<void> => {
    const named = { name: name.value.trim(), note: note.value.trim() }
    wrong.textContent = named.name === '' ? words.noName : ''
    if (named.name === '') {
      name.focus()
      return
    }
    submit.disabled = true
    try {
      await save(named)
      close()
    } catch (cause) {
      const problem = problemFrom(cause)
      replace(wrong, `${problem.title} ${problem.detail}`.trim(), signInHint(problem.status))
    } finally {
      submit.disabled = false
    }
  }
  const form: HTMLFormElement = on(
    h(
      'form',
      { class: 'scenario-form', novalidate: true },
      h('label', { for: 'scenario-name' }, words.name),
      name,
      h('label', { for: 'scenario-note' }, words.note),
      note,
      wrong,
      submit,
    ),
    {
      submit: (event) => {
        event.preventDefault()
        void run()
      },
    },
  )
  const close = openDialog(words.title, form)
  name.focus()
  name.select()
}
