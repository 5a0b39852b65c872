import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h, on } from '../../ui/dom'
import { field } from '../../ui/field'

/** Asks before something cannot be taken back. */
export function askSure(title: string, hint: string, yes: string, run: () => void): void {
  const close = openDialog(
    title,
    h('p', {}, hint),
    h(
      'div',
      { class: 'office-acts' },
      button(
        () => {
          close()
          run()
        },
        { class: 'button is-danger', 'data-yes': '' },
        yes,
      ),
      button(() => close(), { class: 'button' }, r().cancel),
    ),
  )
}

export type Asked = { title: string; label: string; hint: string; missing: string; yes: string; first?: string }

/** Asks for a few words, which must be given. */
export function askWords(asked: Asked, run: (words: string) => void): void {
  const input = h('textarea', { class: 'field', rows: 3, maxlength: 1000 })
  input.value = asked.first ?? ''
  const made = field('asked', input, { label: asked.label, hint: asked.hint })
  const go = (): void => {
    const words = input.value.trim()
    made.fail(words === '' ? asked.missing : '')
    if (words === '') {
      input.focus()
      return
    }
    close()
    run(words)
  }
  on(input, {
    keydown: (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go()
    },
  })
  const close = openDialog(
    asked.title,
    made.element,
    h(
      'div',
      { class: 'office-acts' },
      button(go, { class: 'button primary', 'data-yes': '' }, asked.yes),
      button(() => close(), { class: 'button' }, r().cancel),
    ),
  )
  input.focus()
}
