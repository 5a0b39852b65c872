import type { PlanWords } from './zh'

const thin = '\u2009'
const children = (n: string): string => (n === '1' ? '1 child' : `${n} children`)

export const en: PlanWords = {
  title: 'What if',
  onMap: 'New places and guards of the plan',

  rooms: { label: 'Parts of planning', changes: 'Changes', siting: 'Where next', scenarios: 'Scenarios' },

  tools: {
    label: 'Planning tools',
    site: 'Add place',
    post: 'Add guard',
    undo: 'Undo',
    redo: 'Redo',
    placeSite: 'Press the map to put the new place there',
    placePost: 'Press a crossing to put the guard there',
    cancel: 'Cancel',
    most: (n) => `A plan holds at most ${n}`,
    placed: 'Put in the middle of the map; move it with the arrow keys',
  },

  view: { label: 'What the map shows', after: 'After', before: 'Today', difference: 'Change' },

  figure: {
    of: 'of children get there',
    today: (share) => `Today ${share}`,
    change: (n) => `${n} children`,
    same: 'No change',
    sentence: (total, ages, minutes, kind) =>
      `Of ${total} children ${ages}, within ${minutes} of the nearest ${kind.toLowerCase()}:`,
    count: (n) => n,
    counts: (before, after) => `${before} → ${after}`,
    both: (gained, lost) => `${gained} more, ${lost} fewer`,
    start:
      'Add a place, close one, or add a school guard, and see how many more children get there. Nothing is saved, and everything can be undone.',
    said: (after, change) => `${children(after)} get there then, ${change}`,
    more: (n) => `${n} more than today`,
    fewer: (n) => `${n} fewer than today`,
    equal: 'as many as today',
  },

  changes: {
    title: 'Changes',
    clear: 'Clear all',
    site: (n) => `New place ${n}`,
    post: (n) => `New guard ${n}`,
    reaches: (n, alone) => `${children(n)} in reach, ${alone} with no other place`,
    reachesNobodyNew: (n) => `${children(n)} in reach, all with another place`,
    nobodyNew: 'All have another place',
    alone: (n) => `${children(n)} with no other place`,
    shut: 'Not open then, so it does not count',
    away: (metres) => `${metres} from the nearest street: out of reach`,
    nowhere: 'No street near: out of reach',
    closed: (n) => `Closed; ${children(n)} have no other place`,
    closedPlain: 'Closed in this plan',
    otherKind: 'Another kind of place, not counted here',
    hours: (hours) => `Open ${hours} instead`,
    hoursIdle: 'No time is asked about, so this changes nothing',
    guards: (n) => (n === '1' ? 'Guards 1 crossing' : `Guards ${n} crossings`),
    guardsNone: 'No crossing within 50\u2009m: changes nothing',
    counting: 'Counting…',
    remove: (name) => `Remove ${name}`,
    reopen: (name) => `Restore ${name}`,
    unnumbered: (id) => `Place ${id}`,
  },

  card: {
    leave: 'Close this card',
    close: 'Suppose it closes',
    reopen: 'Keep it open',
    details: 'See details',
    serves: (n) => `Without it, ${children(n)} have no other place`,
    closedNow: 'Closed in this plan',
    notOpen: 'Not open then, or hours not recorded',
    name: 'Name',
    remove: 'Remove',
    keys: 'Drag it, or move it with the arrow keys; Delete removes it.',
    at: (place) => `In ${place}`,
  },

  hours: {
    title: 'Other opening hours',
    needTime: 'Choose a time in the question above first, so that it makes a difference.',
    needsTime: 'Choose a time',
    days: 'Days',
    daily: 'Every day',
    weekdays: 'Monday to Friday',
    weekend: 'Saturday and Sunday',
    from: 'From',
    to: 'To',
    use: 'Use these hours',
    back: 'Back to its own hours',
    wrong: 'The end has to be later than the start.',
  },

  towns: {
    title: 'Towns',
    order: 'Most in need today first; the line is today',
    gained: (n) => `${n} more`,
    lost: (n) => `${n} fewer`,
  },

  gaps: { after: 'Gaps that remain', order: 'Most children first' },

  legend: {
    difference: 'After the change',
    gained: (n) => `Now in reach: ${children(n)}`,
    lost: (n) => `No longer in reach: ${children(n)}`,
    streets: 'Lines are the streets',
    signs: 'Of the plan',
    proposed: 'New place',
    closed: 'Closed, or not open then',
    post: 'New guard',
  },

  metres: (n) => `${n}${thin}m`,
}
