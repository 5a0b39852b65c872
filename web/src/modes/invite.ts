import { invitation, type Refusal, refusal } from '../panels/find/invitation'
import { momentInWords, needsOf } from '../panels/find/needs'
import { placeRow } from '../panels/rows'
import { readFavourites } from '../state/favourites'
import { noWish } from '../state/wish'
import { f } from '../text/find/words'
import { t } from '../text/language'
import { count } from '../text/numbers'
import { h, replace } from '../ui/dom'
import { device } from './device'
import { offerInstall } from './install'
import { seekStart } from './origin'
import type { Stage } from './stage'
import { bigType, toggleBigType } from './type_size'

/** The first screen, with what is kept on this device below it. */
export function showInvitation(stage: Stage, refused: Refusal | null, findMe: () => void): void {
  const chosen = stage.store.state.kinds
  // A shared search brings its own kinds; else it is what this county lists first.
  const wanted = chosen.length > 0 ? chosen : stage.county.pointKinds.slice(0, 1).map(({ id }) => id)
  const choices = {
    choose: (id: number) => stage.openCard(id),
    point: (pointed: number | null) => stage.store.set({ pointed }),
  }
  const rows = readFavourites(device()).map((place) => placeRow(place, stage.county, choices))
  const asked = conditions(stage, wanted)
  const element = invitation(
    {
      find: wanted.length > 0 ? findWords(stage, wanted) : null,
      locate: (open) => {
        const { wish } = stage.store.state
        stage.store.set(
          open ? { kinds: wanted, wish: { ...wish, open } } : { kinds: [], wish: { ...noWish, at: wish.at } },
        )
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
    asked.length > 0 && h('p', { class: 'invite-note', id: 'asked' }, f().invite.asked(asked.join(t().join))),
    rows.length > 0 && h('h3', {}, f().keep.title),
    rows.length > 0 && h('ul', { class: 'rows rows-inset' }, ...rows),
  )
  replace(stage.frame.body, element)
}

/** What a link or an earlier look asks for besides kinds, which the first button keeps. */
function conditions({ store, county }: Stage, kinds: readonly string[]): string[] {
  const { age, needs } = store.state.wish
  const labels = needsOf(county, kinds).filter(({ id }) => needs.includes(id))
  return [age === null ? '' : f().needs.ageOf(count(age)), ...labels.map(({ label }) => label)].filter(Boolean)
}

/** 找现在开放的阅读空间 · 找周六 20:00 开放的学校. */
function findWords({ store, county }: Stage, kinds: readonly string[]): string {
  const { at } = store.state.wish
  const name = kinds.length > 2 ? f().invite.some : kinds.map((id) => county.kindName(id)).join(t().join)
  return at ? f().invite.kindThen(name, momentInWords(at)) : f().invite.kind(name)
}
