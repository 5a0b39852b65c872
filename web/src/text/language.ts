import { en } from './en'
import { type Words, zh } from './zh'

export type Language = 'zh' | 'en'
/** A name as the server sends it; other people's files often lack the English one. */
export type Name = { zh: string; en?: string | null }

const words: Record<Language, Words> = { zh, en }
let current: Language = 'zh'

export function language(): Language {
  return current
}

export function setLanguage(next: Language): void {
  current = next
}

/** The words of the language the person reads now. Call it where the text is made, never keep it. */
export function t(): Words {
  return words[current]
}

export function nameOf(name: Name): string {
  return (current === 'en' ? name.en : null) || name.zh || t().unnamed
}
