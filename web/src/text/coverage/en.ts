import type { CoverageWords } from './zh'

const thin = '\u2009'
const children = (n: string): string => (n === '1' ? '1 child' : `${n} children`)
const sites = (n: string): string => (n === '1' ? '1 place' : `${n} places`)

export const en: CoverageWords = {
  title: 'How far children have to walk',
  minutes: (n) => `${n}${thin}min`,

  question: {
    label: 'The question',
    kind: 'Walk to which kind of place',
    walk: (minutes) => `${minutes} walk`,
    minutes: 'Walking time',
    profile: 'Who walks',
    pace: (metres) => `${metres}${thin}m a second`,
    paceFrom: (source) => `The pace rests on: ${source}`,
    paceWorking: (source) => `The pace is a working figure: ${source}`,
    at: 'When',
    anyTime: 'Any time',
    someTime: 'At a given time',
    day: 'Day',
    time: 'Time',
    atHint:
      'Only places known to be open then count; those without recorded hours are left out and named below. A school guard on duty shortens the wait at a crossing.',
    ages: 'Which children are counted',
    agesOf: (from, to) => `ages ${from}–${to}`,
    aged: (from, to) => `aged ${from}–${to}`,
    allAges: 'all',
    only: 'Which places count',
    allSites: 'All places',
    every: 'Any',
    done: 'Done',
  },

  share: {
    of: 'of children get there',
    sentence: (covered, total, ages, minutes, kind) =>
      `The nearest ${kind.toLowerCase()} is within ${minutes} for ${covered} of ${total} children ${ages}`,
    said: (share, minutes) => `${minutes}: ${share} of children get there`,
    exact: (n) => `Exactly ${n}`,
    network: 'Along walkable streets, with waits at crossings',
    openThen: 'Only places open then',
    method: {
      given: 'Children as registered',
      rounded: 'Children rounded',
      raster: 'Children from a population raster',
      spread: 'Children spread from totals over settlements',
    },
    demonstration: 'Demonstration data, not real people',
    half: (minutes) => `Half walk ${minutes} or less`,
    tenth: (minutes) => `the farthest tenth over ${minutes}`,
    straight: (metres, share) => `Circles of ${metres} drawn on a map would say ${share}`,
  },

  classes: {
    to: (from, to) => `${from}–${to}${thin}min`,
    beyond: (from) => `over ${from}${thin}min`,
    children: (n) => n,
    bar: 'Children by walking time',
  },

  curve: {
    title: 'What more time would add',
    label: (minutes, share) => `Walking time and the share of children who get there. ${share} at ${minutes}`,
    table: 'The numbers',
    minutes: 'Minutes',
    children: 'Children',
    share: 'Share',
  },

  towns: {
    title: 'Towns',
    order: 'most in need first',
    missing: (n) => `${n} cannot get there`,
    all: 'All get there',
    noChildren: 'No children recorded',
    show: (name) => `Show ${name} on the map`,
  },

  gaps: {
    title: 'Where the gaps are',
    order: 'most children first',
    none: 'No gaps: everyone gets there.',
    left: (n) => `${children(n)} left out`,
    walk: (minutes) => `${minutes} to the nearest`,
    noWay: 'no way gets there',
    more: (n) => `Show ${n} more`,
  },

  more: {
    title: 'More measures',
    gini: 'How uneven',
    giniIs: (n) => `${n} (Gini: 0 is equally near for all, 1 is most uneven)`,
    places: 'Room enough',
    placesAre: (per, total, n) =>
      `${per} seats per 1,000 children within reach; ${sites(n)} with a recorded capacity, ${total} seats in all (two-step floating catchment)`,
    without: (n) => `${children(n)} have no seat within reach`,
    mean: 'Mean walking time',
    unreached: 'Children with no way to any of them',
    settings: 'Where the nearest place is, for children who get there',
    circles: 'What circles on a map would say',
    circle: (metres) => `Within ${metres}`,
  },

  out: {
    title: (n) => `Left out: ${n}`,
    unsnapped: (n) => `${sites(n)} too far from any street`,
    unknownHours: (n) => `${sites(n)} without recorded hours`,
    notOpen: (n) => `${sites(n)} closed then`,
    children: (n) => `${children(n)} with no street near`,
    hint: 'They count once streets are added or positions mended. Press one to see it on the map.',
    cell: (n) => `Settlement, ${children(n)}`,
  },

  here: {
    walk: (kind, minutes) => `${minutes} to the nearest ${kind.toLowerCase()}`,
    second: (name, minutes) => `Next: ${name}, ${minutes}`,
    crossing: { safe: 'lights or a guard', marked: 'zebra', bare: 'nothing to help' },
    times: (words, n) => `${words} ×${n}`,
    noCrossings: 'No large road to cross',
    middle: 'Enter tells the walk from its middle',
    label: 'The walk from here',
  },

  service: {
    children: (n, ages) => `${children(n)} ${ages}`,
    within: (minutes) => `get here within ${minutes}`,
    open: 'Details',
    leave: 'All places',
    of: (share) => `${share} of all`,
  },

  legend: {
    streets: 'Streets: time to the nearest',
    cells: 'Squares: time to the nearest',
    beyondStreets: 'Streets farther away',
    people: (minutes) => `Children beyond ${minutes}: the larger the more`,
    dot: (n) => n,
    way: 'Way to the nearest',
  },

  none: {
    sites: (kind) => `No ${kind.toLowerCase()} to count`,
    sitesHint: 'Choose another kind, or ask for less.',
    relax: 'Drop the conditions',
    children: 'No children recorded yet',
    childrenHint: 'Choose other ages.',
  },
}
