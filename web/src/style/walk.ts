// The colours of walking time, read from coverage.css as colours.ts reads the rest.

export type WalkColours = {
  /** 0–5, 5–10, 10–15 and more minutes: from light to dark, however the page is lit. */
  near: readonly [string, string, string, string]
  beyond: string
  /** The line around streets that lifts them off the paper. */
  edge: string
  children: string
  childrenRim: string
  way: string
  wayRim: string
  /** The other of two ways. */
  wayFaint: string
  here: string
  crossing: { safe: string; marked: string; bare: string }
  chosen: string
}

export function walkColours(): WalkColours {
  const css = getComputedStyle(document.documentElement)
  const read = (name: string): string => css.getPropertyValue(`--walk-${name}`).trim()
  return {
    near: [read('1'), read('2'), read('3'), read('4')],
    beyond: read('beyond'),
    edge: read('edge'),
    children: read('children'),
    childrenRim: read('children-rim'),
    way: read('way'),
    wayRim: read('way-rim'),
    wayFaint: read('faint'),
    here: css.getPropertyValue('--here').trim(),
    crossing: { safe: read('safe'), marked: read('marked'), bare: read('bare') },
    chosen: read('chosen'),
  }
}

/** Which of the four colours the minutes after `from` have. */
export function shade(from: number): 0 | 1 | 2 | 3 {
  return from < 5 ? 0 : from < 10 ? 1 : from < 15 ? 2 : 3
}
