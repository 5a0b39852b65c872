// Colours that the canvas needs as values. They live in tokens.css, once for light and once for dark; this reads them,
// so that map and page cannot drift apart.

export type Palette = {
  surface: string
  ink: string
  muted: string
  halo: string
  accent: string
  gold: string
  rim: string
}

export function palette(): Palette {
  const css = getComputedStyle(document.documentElement)
  const read = (name: string): string => css.getPropertyValue(name).trim()
  return {
    surface: read('--surface'),
    ink: read('--ink'),
    muted: read('--map-label'),
    halo: read('--land'),
    accent: read('--accent'),
    gold: read('--gold'),
    rim: read('--rim'),
  }
}

/** A colour that someone's catalogue names; anything that is not a plain hex colour falls back to grey. */
export function kindColour(colour: string): string {
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : '#57534e'
}

/** The colours of the base map that this server draws, by what is drawn. */
export type GroundPalette = Readonly<Record<string, string>>

const groundNames = [
  'farmland',
  'built',
  'sand',
  'school',
  'grass',
  'orchard',
  'wood',
  'park',
  'pitch',
  'water',
  'building',
  'road',
  'minor',
  'major',
  'path',
  'name',
  'water-name',
  'green-name',
]

export function groundPalette(): GroundPalette {
  const css = getComputedStyle(document.documentElement)
  const read = (name: string): string => css.getPropertyValue(name).trim()
  return { ...Object.fromEntries(groundNames.map((name) => [name, read(`--ground-${name}`)])), halo: read('--land') }
}
