import { language } from '../language'
import { en } from './en'
import { type AdminWords, zh } from './zh'

/** The words of the administrator's pages in the language of the reader; as `t()`, but loaded only with them. */
export function adminWords(): AdminWords {
  return language() === 'en' ? en : zh
}
