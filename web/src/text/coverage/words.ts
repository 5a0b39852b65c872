import { language } from '../language'
import { en } from './en'
import { type CoverageWords, zh } from './zh'

/** The words of coverage in the language of the reader; as `t()`, but loaded only with the mode. */
export function c(): CoverageWords {
  return language() === 'en' ? en : zh
}
