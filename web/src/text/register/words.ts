import { language } from '../language'
import { en } from './en'
import { type RegisterWords, zh } from './zh'

/** The words of this page in the language of the reader; as `t()`, but loaded only with it. */
export function r(): RegisterWords {
  return language() === 'en' ? en : zh
}
