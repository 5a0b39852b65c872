import { t } from '../text/language'
import { iconButton } from './button'
import { type Child, h, on } from './dom'

/** A modal dialog; Escape, the button and a press beside it close it, and focus goes back by itself. Returns how to close it. */
export function openDialog(title: string, ...body: Child[]): () => void {
  const close = (): void => dialog.close()
  const dialog: HTMLDialogElement = on(
    h(
      'dialog',
      { class: 'dialog', 'aria-labelledby': 'dialog-title' },
      h(
        'div',
        { class: 'dialog-body' },
        h(
          'div',
          { class: 'dialog-head' },
          h('h2', { id: 'dialog-title' }, title),
          iconButton('close', t().close, close),
        ),
        ...body,
      ),
    ),
    {
      click: (event) => event.target === dialog && dialog.close(),
      close: () => dialog.remove(),
    },
  )
  document.body.append(dialog)
  dialog.showModal()
  return close
}
