// The signs of crossings, once for the map's canvas and once for words beside it: told apart by shape as well as colour.

/** Safe: lights or a guard. Bare: nothing helps. */
export type Protection = 'safe' | 'marked' | 'bare'

export function protectionOf(word: string): Protection {
  if (word === 'marked') return 'marked'
  return word === 'unmarked' || word === 'none' ? 'bare' : 'safe'
}

export const crossingPaths: Readonly<Record<Protection, string>> = {
  safe: 'M0-6a6 6 0 1 1 0 12a6 6 0 1 1 0-12z',
  marked: 'M-5.5-5.5h11v11h-11z',
  bare: 'M0-7.5L7 5H-7z',
}
