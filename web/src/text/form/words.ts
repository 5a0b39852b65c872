import { language } from '../language'
import { en } from './en'
import { type FormWords, zh } from './zh'

/** The words of this page in the language of the reader; as `t()`, but loaded only with it. */
export function f(): FormWords {
  return language() === 'en' ? en : zh
}
