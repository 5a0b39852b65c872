// The pictures inside the symbols, on a 16 × 16 grid, white on the colour of the kind. One definition feeds both the
// canvas of the map and the SVG of list, chips and legend, so that they cannot come to differ.

/** Scale of the 16 × 16 grid inside a shape. */
export const glyphScale = 0.92

export type Stroke = { d: string; width?: number }

export const glyphs: Readonly<Record<string, readonly Stroke[]>> = {
  book: [
    { d: 'M7.35 4.7C5.9 3.6 4 3.15 1.5 3.2v8.9c2.5-.05 4.4.4 5.85 1.5z' },
    { d: 'M8.65 4.7c1.45-1.1 3.35-1.55 5.85-1.5v8.9c-2.5-.05-4.4.4-5.85 1.5z' },
  ],
  school: [
    { d: 'M8 .8v3.6', width: 1.1 },
    { d: 'M8 .6l3.6 1.3L8 3.2z' },
    { d: 'M8 4L1.6 7.5v6.7h4.7v-3.7h3.4v3.7h4.7V7.5z' },
  ],
  blocks: [{ d: 'M5.1 1.6h5.8v5.7H5.1z' }, { d: 'M1.5 8.5h5.8v5.7H1.5z' }, { d: 'M8.7 8.5h5.8v5.7H8.7z' }],
  cross: [{ d: 'M5.9 1.6h4.2v4.3h4.3v4.2h-4.3v4.3H5.9v-4.3H1.6V5.9h4.3z' }],
  shield: [{ d: 'M3.2 8.3l3.3 3.3 6.3-6.8', width: 2.3 }],
  family: [
    { d: 'M5.4 1.6a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z' },
    { d: 'M1.6 14.2V9.9c0-2 1.5-3.1 3.8-3.1s3.8 1.1 3.8 3.1v4.3z' },
    { d: 'M12.2 5.6a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5z' },
    { d: 'M10 14.2v-2.1c0-1.5.8-2.3 2.2-2.3s2.3.8 2.3 2.3v2.1z' },
  ],
  heart: [
    {
      d: 'M8 14.2S1.3 10.4 1.3 5.9C1.3 3.7 3 2.1 5 2.1c1.3 0 2.4.7 3 1.8.6-1.1 1.7-1.8 3-1.8 2 0 3.7 1.6 3.7 3.8 0 4.5-6.7 8.3-6.7 8.3z',
    },
  ],
  slide: [
    { d: 'M3 1.8v12.4M6.8 1.8v12.4', width: 1.5 },
    { d: 'M3 5.4h3.8M3 9h3.8M3 12.4h3.8', width: 1.2 },
    { d: 'M6.8 3.2c3.4.3 3 9.6 8 10.2', width: 2 },
  ],
  bottle: [
    { d: 'M8 .7c1.1 0 1.8.8 1.8 1.8v.9H6.2v-.9C6.2 1.5 6.9.7 8 .7z' },
    { d: 'M4.9 3.9h6.2v1.7H4.9z' },
    { d: 'M5 6.3h6v6.4c0 1.3-.9 2.1-2.1 2.1H7.1C5.9 14.8 5 14 5 12.7z' },
  ],
  hand: [
    { d: 'M5 8.8V4.3M7.2 8V2.4M9.4 8V2.7M11.6 8.8V4.4', width: 1.75 },
    { d: 'M2.3 9.2l2.4 2.7', width: 1.9 },
    { d: 'M4.15 7.6h8.3v2.9c0 2.5-1.7 4.3-4.2 4.3-2 0-3.3-.9-4.1-2.5z' },
  ],
  home: [{ d: 'M8 1.8L1 7.9h1.9v6.3h3.7V9.9h2.8v4.3h3.7V7.9H15z' }],
  // A kind whose glyph this page does not know still gets a symbol of its own colour and shape.
  dot: [{ d: 'M8 4.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6z' }],
}

export function glyphOf(id: string): readonly Stroke[] {
  return glyphs[id] ?? glyphs.dot ?? []
}
