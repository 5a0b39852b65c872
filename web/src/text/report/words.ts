import { language } from '../language'
import { en } from './en'
import { type ReportWords, zh } from './zh'

/** The words of reports in the language of the reader; as `t()`, but loaded only with them. */
export function reportWords(): ReportWords {
  return language() === 'en' ? en : zh
}
