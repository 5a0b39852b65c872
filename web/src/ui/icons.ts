import { svg } from './dom'

// Line icons of the page itself on a 24 × 24 grid; always beside a word or under an aria-label, so hidden from readers.
const paths = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L20.5 20.5',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  down: 'M6 9.5l6 6 6-6',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M16 5l4 4-4 4M20 9H10a6 6 0 0 0 0 12h3',
  guard: 'M12 3.5l7 2.5v5.5c0 4.6-3 7.6-7 9.5-4-1.9-7-4.9-7-9.5V6zM12 8.5v7M8.5 12h7',
  whole: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  legend: 'M4 6h3v3H4zM4 15h3v3H4zM11 7.5h9M11 16.5h9',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2',
  pin: 'M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 7.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6z',
  phone:
    'M6 3.5h3.2l1.6 4.2-2 1.5a12 12 0 0 0 6 6l1.5-2 4.2 1.6V18a2.5 2.5 0 0 1-2.7 2.5C10.5 19.8 4.2 13.5 3.5 6.2A2.5 2.5 0 0 1 6 3.5z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7L12 17.7',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  met: 'M4.5 12.5l5 5 10-11',
  on_track: 'M4 17l5.5-5.5 4 4L20 8M14.5 8H20v5.5',
  at_risk: 'M12 4L2.5 20h19zM12 10v4.5M12 17v.5',
  late: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5v5.5M12 16v.5',
  camera:
    'M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM12 9.7a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6z',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 8.2a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4z',
  locate: 'M12 7.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3',
  flag: 'M6 21V4M6 4.5h11l-2.5 3.7L17 12H6',
  pen: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5',
  device: 'M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2',
  star: 'M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z',
  share: 'M12 15V4M8 7.5L12 3.5l4 4M6 11H5v9h14v-9h-1',
  walk: 'M13 3.2a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM9 21l2-6.5-2.5-2.3L9.7 8l2.6-.4 2.2 3.2 3 1.2M11 14.5l2.8 2.2L15 21M8.6 12.2L6.5 11l.8-2.5 2.4-.9',
  big: 'M3 19L8.5 5h1L15 19M5 14.5h8M16 19v-8M13.5 11h5',
  info: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.5v.5',
} as const

export type IconName = keyof typeof paths

export function icon(name: IconName, size = 20): SVGSVGElement {
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: paths[name] }),
  )
}
