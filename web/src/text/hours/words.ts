import { language } from '../language'
import { en } from './en'
import { type HoursWords, zh } from './zh'

/** The words of opening hours in the language of the reader. */
export function hoursWords(): HoursWords {
  return language() === 'en' ? en : zh
}
