import { w } from '../../text/scenarios/words'
import { button } from '../../ui/button'
import { openDialog } from '../../ui/dialog'
import { h } from '../../ui/dom'

/** Makes sure: what is deleted is gone for everybody who has the link. */
export function askDelete(name: string, run: () => void): void {
  const close = openDialog(
    w().open.deleteSure(name),
    h('p', {}, w().open.deleteHint),
    h(
      'div',
      { class: 'scenario-buttons' },
      button(
        () => {
          close()
          run()
        },
        { class: 'button is-danger', 'data-do': 'delete-sure' },
        w().open.deleteYes,
      ),
      button(() => close(), { class: 'button' }, w().open.keep),
    ),
  )
}
