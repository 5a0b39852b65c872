import { problemFrom } from '../../api/client'
import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { h, on } from '../../ui/dom'
import { type Field, field, summary } from '../../ui/field'

export function page(title: string, ...body: (Node | null | false)[]): HTMLElement {
  return h(
    'div',
    { class: 'office-page is-narrow' },
    h('h1', { class: 'office-title', tabindex: '-1' }, title),
    ...body,
  )
}

/** A field for a password with a box to see what is typed: phones make mistakes easy. */
export function passwordField(
  id: string,
  words: { label: string; hint?: string },
  autocomplete: 'current-password' | 'new-password',
): Field<HTMLInputElement> {
  const input = h('input', { class: 'field', type: 'password', autocomplete, maxlength: 256, required: true })
  const made = field(id, input, words)
  const see = h('input', { type: 'checkbox', id: `${id}-see` })
  on(see, {
    change: () => {
      input.type = see.checked ? 'text' : 'password'
    },
  })
  input.after(h('label', { class: 'check' }, see, r().signIn.show))
  return made
}

/** The form of a page: says what is wrong at its fields and above them, and does not send twice. */
export function smallForm(
  fields: readonly Field[],
  submitWords: string,
  run: () => Promise<void>,
  failed: (cause: unknown) => void,
): { element: HTMLFormElement; say(wrong: HTMLElement | null): void } {
  const told = h('div')
  const submit = button(() => element.requestSubmit(), { class: 'button primary wide' }, submitWords)
  const go = async (): Promise<void> => {
    if (submit.disabled) return
    told.replaceChildren()
    submit.disabled = true
    try {
      await run()
    } catch (cause) {
      failed(cause)
    } finally {
      submit.disabled = false
    }
  }
  const element: HTMLFormElement = on(
    h('form', { class: 'small-form', novalidate: true }, told, ...fields.map((one) => one.element), submit),
    {
      submit: (event) => {
        event.preventDefault()
        void go()
      },
    },
  )
  // Enter in a field sends; a button that is no submit button would swallow it.
  submit.type = 'submit'
  return {
    element,
    say: (wrong) => {
      told.replaceChildren(...(wrong ? [wrong] : []))
      wrong?.focus()
    },
  }
}

/** Marks every field that lacks something, and goes to the first. Returns whether all is well. */
export function allGiven(checks: readonly { field: Field; words: string | null }[]): boolean {
  for (const { field: one, words } of checks) one.fail(words ?? '')
  const first = checks.find(({ words }) => words !== null)
  first?.field.input.focus()
  return first === undefined
}

export function signInPage(
  note: string | null,
  signIn: (account: string, password: string) => Promise<void>,
): HTMLElement {
  const words = r().signIn
  const account = field(
    'account',
    h('input', {
      class: 'field',
      autocomplete: 'username',
      autocapitalize: 'none',
      spellcheck: 'false',
      maxlength: 80,
      required: true,
    }),
    { label: words.account },
  )
  const password = passwordField('password', { label: words.password }, 'current-password')
  const form = smallForm(
    [account, password],
    words.submit,
    async () => {
      const name = account.input.value.trim()
      const given = allGiven([
        { field: account, words: name === '' ? words.noAccount : null },
        { field: password, words: password.input.value === '' ? words.noPassword : null },
      ])
      if (given) await signIn(name, password.input.value)
    },
    (cause) => form.say(wrongSignIn(cause)),
  )
  return page(
    words.title,
    note ? h('p', { class: 'office-note', role: 'status' }, note) : h('p', { class: 'muted' }, words.intro),
    form.element,
    h('p', {}, h('a', { href: './' }, words.toMap)),
  )
}

function wrongSignIn(cause: unknown): HTMLElement {
  const words = r().signIn
  const problem = problemFrom(cause)
  if (problem.status === 401) return summary(words.wrong, [{ words: words.wrongHint, field: null }])
  if (problem.status === 429)
    return summary(words.wait(waitInWords(problem.told.wait ?? 60)), [{ words: words.wrongHint, field: null }])
  return problemSummary(cause)
}

export function waitInWords(seconds: number): string {
  const words = r().signIn
  return seconds < 90 ? words.seconds(String(Math.ceil(seconds))) : words.minutes(String(Math.ceil(seconds / 60)))
}

export function problemSummary(cause: unknown): HTMLElement {
  const problem = problemFrom(cause)
  return summary(problem.title, problem.detail ? [{ words: problem.detail, field: null }] : [])
}
