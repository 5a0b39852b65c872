// The language of the second door, kept on the device; the public page has it in its address.
import type { Language } from '../text/language'

const place = 'yimi.language'

export function keptLanguage(): Language {
  try {
    return localStorage.getItem(place) === 'en' ? 'en' : 'zh'
  } catch {
    // A browser that keeps nothing reads Chinese first, as everybody does.
    return 'zh'
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(place, language)
  } catch {
    // The choice then lasts as long as the page.
  }
}
