import { invitation, type Refusal, refusal } from '../panels/find/invitation'
import { placeRow } from '../panels/rows'
import { readFavourites } from '../state/favourites'
import { f } from '../text/find/words'
import { nameOf } from '../text/language'
import { h, replace } from '../ui/dom'
import { device } from './device'
import { offerInstall } from './install'
import { seekStart } from './origin'
import type { Stage } from './stage'
import { bigType, toggleBigType } from './type_size'

/** The first screen, with what is kept on this device below it. */
export function showInvitation(stage: Stage, refused: Refusal | null, findMe: () => void): void {
  const first = stage.county.pointKinds[0]
  const choices = {
    choose: (id: number) => stage.openCard(id),
    point: (pointed: number | null) => stage.store.set({ pointed }),
  }
  const rows = readFavourites(device()).map((place) => placeRow(place, stage.county, choices))
  const element = invitation(
    {
      kind: first ? nameOf(first.name) : null,
      locate: (onlyFirst) => {
        const { wish } = stage.store.state
        if (onlyFirst && first) stage.store.set({ kinds: [first.id], wish: { ...wish, open: true } })
        findMe()
      },
      type: () => seekStart(stage),
      big: bigType(),
      toggleBig: () => {
        toggleBigType()
        showInvitation(stage, refused, findMe)
        stage.frame.body.querySelector<HTMLElement>('#big-type')?.focus()
      },
      install: offerInstall(),
    },
    refused && refusal(refused),
    rows.length > 0 && h('h3', {}, f().keep.title),
    rows.length > 0 && h('ul', { class: 'rows rows-inset' }, ...rows),
  )
  replace(stage.frame.body, element)
}
