/** Where to sign in and come back from: a link for pages that do not have the form. `back` is the address after #. */
export function signInLink(back: string): string {
  return `register.html#/signin?back=${encodeURIComponent(back)}`
}
