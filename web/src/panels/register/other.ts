import { r } from '../../text/register/words'
import { button } from '../../ui/button'
import { notice } from '../../ui/notice'

/** Somebody else signed in at this browser while a tab of the former one was open. */
export function otherPage(former: string, now: string, goOn: () => void): HTMLElement {
  const words = r().other
  const on = button(goOn, { class: 'button primary', id: 'go-on' }, words.goOn(now))
  const page = notice(words.title(now), [words.body(former)], on)
  page.setAttribute('role', 'status')
  return page
}
