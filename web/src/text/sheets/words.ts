import { language } from '../language'
import { en } from './en'
import { type SheetWords, zh } from './zh'

/** The words of spreadsheets in the language of the reader; as `t()`, but loaded only with them. */
export function sheetWords(): SheetWords {
  return language() === 'en' ? en : zh
}
