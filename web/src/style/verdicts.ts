// The colours of right, doubtful and wrong rows, read from tokens.css for the canvas.

export type VerdictColours = Record<'green' | 'amber' | 'red' | 'rim', string>

export function verdictColours(): VerdictColours {
  const css = getComputedStyle(document.documentElement)
  const read = (name: string): string => css.getPropertyValue(name).trim()
  return { green: read('--green'), amber: read('--amber'), red: read('--red'), rim: read('--rim') }
}
