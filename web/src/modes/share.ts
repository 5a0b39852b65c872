import type { ShareContent } from '../panels/find/share'
import { writeAddress } from '../state/address'
import { initial } from '../state/state'
import { f } from '../text/find/words'
import { language, t } from '../text/language'
import type { Stage } from './stage'

/** A site's own page: readable anywhere, with a way back to this map. */
export function siteLink(site: number): string {
  return new URL(`s/${site}${language() === 'en' ? '?lang=en' : ''}`, here()).href
}

/** What was looked for, so that others find the like around themselves. Where it was asked from is not in it. */
export function searchLink(stage: Stage): string {
  const { kinds, wish, language } = stage.store.state
  return here() + writeAddress({ ...initial, mode: { name: 'nearby' }, kinds, wish, language })
}

export function shareSite(stage: Stage, site: number, name: string): Promise<void> {
  return share(stage, { title: f().share.site(name), link: siteLink(site), note: '' })
}

export function shareSearch(stage: Stage): Promise<void> {
  const { search, searchNote } = f().share
  return share(stage, { title: search, link: searchLink(stage), note: searchNote })
}

async function share(stage: Stage, content: ShareContent): Promise<void> {
  try {
    const { openShare } = await import('../panels/find/share')
    openShare(content, () => void copyText(stage, content.link))
  } catch (cause) {
    stage.problem(cause, () => void share(stage, content), t().retry)
  }
}

export async function copyText(stage: Stage, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    stage.frame.toasts.mention(t().card.copied)
  } catch {
    // Not allowed without https or by the person: they can still take the text by hand.
    stage.frame.toasts.show(t().card.copyFailed, text)
  }
}

function here(): string {
  return location.href.replace(/[#?].*$/, '').replace(/[^/]*$/, '')
}
