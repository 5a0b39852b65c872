// How the base map looks: what is drawn in which order, in which colour, how wide at which zoom. Quiet, so that sites and
// children come first: one pale colour a meaning, roads in two greys, houses barely seen.

export type Stroke = { key: string; colour: string; width: number; dash?: readonly number[]; faint?: boolean }
export type Fill = { key: string; colour: string }

/** Areas from below; a key is layer/kind of the tiles, a colour one of the stylesheet. */
export const fills: readonly Fill[] = [
  { key: 'land/farmland', colour: 'farmland' },
  { key: 'land/built', colour: 'built' },
  { key: 'land/sand', colour: 'sand' },
  { key: 'land/school', colour: 'school' },
  { key: 'green/grass', colour: 'grass' },
  { key: 'green/orchard', colour: 'orchard' },
  { key: 'green/wood', colour: 'wood' },
  { key: 'green/park', colour: 'park' },
  { key: 'green/pitch', colour: 'pitch' },
  { key: 'water/water', colour: 'water' },
]
/** Houses lie on all areas and under the roads. */
export const buildings: Fill = { key: 'buildings/building', colour: 'building' }

type Stops = readonly (readonly [zoom: number, width: number])[]

/** Between stops a width grows by the same factor with every zoom; beyond the first and the last it stays. */
export function widthAt(stops: Stops, zoom: number): number {
  const [first, last] = [stops[0], stops[stops.length - 1]]
  if (!first || !last || zoom <= first[0]) return first?.[1] ?? 0
  for (let i = 1; i < stops.length; i++) {
    const [from, to] = [stops[i - 1], stops[i]]
    if (!from || !to || zoom > to[0]) continue
    const share = (zoom - from[0]) / (to[0] - from[0])
    return from[1] * (to[1] / from[1]) ** share
  }
  return last[1]
}

const waters: readonly [kind: string, stops: Stops][] = [
  [
    'ditch',
    [
      [14, 0.8],
      [18, 3],
    ],
  ],
  [
    'stream',
    [
      [12, 0.8],
      [18, 5],
    ],
  ],
  [
    'canal',
    [
      [10, 1],
      [14, 2.2],
      [18, 12],
    ],
  ],
  [
    'river',
    [
      [8, 1.2],
      [12, 2.4],
      [18, 18],
    ],
  ],
]

export function waterways(zoom: number): Stroke[] {
  return waters.map(([kind, stops]) => ({ key: `waterways/${kind}`, colour: 'water', width: widthAt(stops, zoom) }))
}

type Road = { kind: string; from: number; stops: Stops; major: boolean }

const roads: readonly Road[] = [
  {
    kind: 'service',
    from: 13.5,
    major: false,
    stops: [
      [13, 0.8],
      [16, 3.2],
      [18, 9],
    ],
  },
  {
    kind: 'street',
    from: 0,
    major: false,
    stops: [
      [12, 0.8],
      [14, 1.8],
      [16, 6],
      [18, 15],
    ],
  },
  {
    kind: 'tertiary',
    from: 0,
    major: false,
    stops: [
      [10, 0.9],
      [13, 2],
      [16, 8],
      [18, 19],
    ],
  },
  {
    kind: 'secondary',
    from: 0,
    major: true,
    stops: [
      [8, 0.9],
      [11, 1.5],
      [13, 2.6],
      [16, 9.5],
      [18, 22],
    ],
  },
  {
    kind: 'primary',
    from: 0,
    major: true,
    stops: [
      [8, 1],
      [11, 1.8],
      [13, 3],
      [16, 10.5],
      [18, 24],
    ],
  },
  {
    kind: 'trunk',
    from: 0,
    major: true,
    stops: [
      [6, 1],
      [11, 2.1],
      [13, 3.4],
      [16, 11.5],
      [18, 26],
    ],
  },
  {
    kind: 'motorway',
    from: 0,
    major: true,
    stops: [
      [6, 1],
      [11, 2.2],
      [13, 3.6],
      [16, 12],
      [18, 27],
    ],
  },
]
/** From here on a road has two edges and a surface; before it is one line. */
const casedFrom = 13.5

/** Roads from below: edges of all, then surfaces of all, so that they join where they meet. */
export function roadStrokes(zoom: number): Stroke[] {
  const shown = roads.filter(({ from }) => zoom >= from)
  const grey = ({ major }: Road): string => (major ? 'major' : 'minor')
  if (zoom < casedFrom) {
    return shown.map((road) => ({ key: `roads/${road.kind}`, colour: grey(road), width: widthAt(road.stops, zoom) }))
  }
  const edge = widthAt(
    [
      [13.5, 1.2],
      [16, 2],
      [18, 2.6],
    ],
    zoom,
  )
  const strokes: Stroke[] = []
  const levels = ['/tunnel', '', '/bridge']
  for (const level of levels) {
    for (const inner of [false, true]) {
      for (const road of shown) {
        const width = widthAt(road.stops, zoom)
        const key = `roads/${road.kind}${level}`
        const colour = inner ? 'road' : grey(road)
        strokes.push({ key, colour, width: inner ? width : width + edge, faint: level === '/tunnel' })
      }
    }
  }
  return strokes
}

/** Railways, field tracks and footpaths: thin and broken, under the roads. */
export function thinStrokes(zoom: number): Stroke[] {
  const strokes: Stroke[] = []
  const add = (kind: string, width: number, dash: readonly number[], colour = 'path'): void => {
    for (const level of ['', '/bridge']) strokes.push({ key: `roads/${kind}${level}`, colour, width, dash })
  }
  if (zoom >= 14)
    add(
      'path',
      widthAt(
        [
          [14, 0.9],
          [18, 2.2],
        ],
        zoom,
      ),
      [3, 3],
    )
  if (zoom >= 13)
    add(
      'track',
      widthAt(
        [
          [13, 0.8],
          [18, 2.6],
        ],
        zoom,
      ),
      [6, 3],
    )
  add(
    'rail',
    widthAt(
      [
        [9, 0.8],
        [14, 1.6],
        [18, 3],
      ],
      zoom,
    ),
    [8, 3],
    'major',
  )
  return strokes
}
