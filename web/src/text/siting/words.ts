import { language } from '../language'
import { en } from './en'
import { type SitingWords, zh } from './zh'

/** The words of siting in the language of the reader; as `t()`, but loaded only with it. */
export function s(): SitingWords {
  return language() === 'en' ? en : zh
}
