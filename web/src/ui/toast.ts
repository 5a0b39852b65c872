import { t } from '../text/language'
import { button, iconButton } from './button'
import { h } from './dom'

export type ToastAction = { label: string; run: () => void }

/** Short messages above everything else. One at a time: a newer one says what is true now. */
export class Toasts {
  readonly element = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' })

  show(title: string, detail = '', action?: ToastAction): void {
    const close = (): void => this.element.replaceChildren()
    const act = action
      ? button(
          () => {
            close()
            action.run()
          },
          { class: 'button' },
          action.label,
        )
      : null
    this.element.replaceChildren(
      h(
        'div',
        { class: 'toast' },
        h('p', {}, h('strong', {}, title), detail ? h('span', {}, detail) : null),
        act,
        iconButton('close', t().close, close),
      ),
    )
  }

  /** A message that goes by itself; only for things that need no answer. */
  mention(title: string): void {
    this.show(title)
    const shown = this.element.firstChild
    setTimeout(() => {
      if (this.element.firstChild === shown) this.element.replaceChildren()
    }, 4000)
  }
}
