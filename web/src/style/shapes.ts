// The outlines of the symbols, centred on 0/0, for a symbol 28 px across its rim. Shapes are evened out by area, not by
// width, so that no kind looks more important than another.

export const shapes: Readonly<Record<string, string>> = {
  circle: 'M0-12.6a12.6 12.6 0 1 1 0 25.2a12.6 12.6 0 1 1 0-25.2z',
  square: 'M-7.6-11.6h15.2a4 4 0 0 1 4 4v15.2a4 4 0 0 1-4 4h-15.2a4 4 0 0 1-4-4v-15.2a4 4 0 0 1 4-4z',
  diamond:
    'M-2.3-14.3a3.3 3.3 0 0 1 4.6 0l12 12a3.3 3.3 0 0 1 0 4.6l-12 12a3.3 3.3 0 0 1-4.6 0l-12-12a3.3 3.3 0 0 1 0-4.6z',
  hexagon:
    'M-1.7-13.4a3.4 3.4 0 0 1 3.4 0l8.9 5.1a3.4 3.4 0 0 1 1.7 3v10.6a3.4 3.4 0 0 1-1.7 3l-8.9 5.1a3.4 3.4 0 0 1-3.4 0l-8.9-5.1a3.4 3.4 0 0 1-1.7-3v-10.6a3.4 3.4 0 0 1 1.7-3z',
  shield:
    'M-1-13.6a3 3 0 0 1 2 0l9.6 3.3a2.5 2.5 0 0 1 1.7 2.4v6.7c0 7-5.3 11.9-11.2 14.6a2.6 2.6 0 0 1-2.2 0c-5.9-2.7-11.2-7.6-11.2-14.6v-6.7a2.5 2.5 0 0 1 1.7-2.4z',
}

/** Box of a symbol with rim and gold ring. */
export const symbolSize = 36

export function shapeOf(id: string): string {
  return shapes[id] ?? shapes.circle ?? ''
}
