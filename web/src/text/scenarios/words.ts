import { language } from '../language'
import { en } from './en'
import { type ScenarioWords, zh } from './zh'

/** The words of scenarios in the language of the reader; as `t()`, but loaded only with them. */
export function w(): ScenarioWords {
  return language() === 'en' ? en : zh
}
