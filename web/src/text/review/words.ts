import { language } from '../language'
import { en } from './en'
import { type ReviewWords, zh } from './zh'

/** The words of this page in the language of the reader; as `t()`, but loaded only with it. */
export function v(): ReviewWords {
  return language() === 'en' ? en : zh
}
