import { signInLink } from '../api/session'
import { t } from '../text/language'
import { h } from '../ui/dom'

/** Where somebody signs in who is to come back to what they see now; all of it stands in the address. */
export function signInHere(): string {
  return signInLink(location.hash.replace(/^#/, ''))
}

/** What to do about an answer of 401: why, and the way there. Nothing for any other answer. */
export function signInHint(status: number): HTMLElement | null {
  if (status !== 401) return null
  return h('p', { class: 'sign-in-hint' }, t().signIn.why, ' ', h('a', { href: signInHere() }, t().signIn.go))
}
