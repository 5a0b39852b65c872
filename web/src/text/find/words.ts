import { language } from '../language'
import { en } from './en'
import { type FindWords, zh } from './zh'

/** The words of finding a place, in the language of the reader. */
export function f(): FindWords {
  return language() === 'en' ? en : zh
}
