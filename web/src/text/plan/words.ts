import { language } from '../language'
import { en } from './en'
import { type PlanWords, zh } from './zh'

/** The words of planning in the language of the reader; as `t()`, but loaded only with the mode. */
export function p(): PlanWords {
  return language() === 'en' ? en : zh
}
