import type { HoursWords } from './zh'

const thin = '\u2009'
const monthNames = 'January February March April May June July August September October November December'.split(' ')

export const en: HoursWords = {
  always: 'Open',
  openThen: 'Open',
  openUntil: (when) => `Open, closes ${when}`,
  openPerhapsLonger: (when) => `Open, uncertain after ${when}`,
  closesSoon: (when) => `Closes soon, ${when}`,

  closed: 'Closed',
  opensInMinutes: (n) => `Opens in ${n}${thin}min`,
  opensAt: (when) => `Closed, opens ${when}`,
  perhapsFrom: (when) => `Closed, uncertain from ${when}`,
  notSoon: 'Closed for the next two weeks',

  unknown: {
    unreadable: 'Opening hours as written; they could not be read',
    said: 'May be open',
    open_end: 'Opened; no closing time is written',
    public_holidays: 'Uncertain: public holidays of that year are not announced',
    school_holidays: 'Uncertain: school holidays are not confirmed',
    worked_day: 'Uncertain: a weekend day that is worked',
    sun: 'Follows the sun; cannot be worked out',
  },
  withComment: (state, comment) => `${state} (${comment})`,

  at: {
    today: (time) => time,
    tomorrow: (time) => `tomorrow ${time}`,
    weekday: (weekday, time) => `${weekday} ${time}`,
    date: (month, day, time) => `${day} ${monthNames[month - 1]}, ${time}`,
    midnight: 'midnight',
  },
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  nextDay: (time) => `${time} the next day`,
  span: (from, to) => `${from}–${to}`,
  openEnd: (from) => `from ${from}, no closing time written`,
  wholeDay: 'Open all day',
  rest: 'Closed',
  rests: (days) => `Closed ${days}`,
  uncertain: (span) => `${span} uncertain`,
  join: ', ',

  note: {
    holiday: (name) => `Holiday: ${name}`,
    holidayUnsaid: (name) => `Holiday: ${name}; the hours do not say whether it is open`,
    worked: (weekday) => `Worked in exchange, as a ${weekday}`,
    school: (name) => name,
    schoolUnsure: (name) => `Perhaps ${name}; dates not confirmed`,
    publicUnknown: 'Public holidays not announced yet',
  },
}
