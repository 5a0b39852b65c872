import type { ReportWords } from './zh'

export const en: ReportWords = {
  title: 'Report a problem',
  intro: (name) => `What is wrong with “${name}”?`,
  what: {
    closed: 'It is closed',
    moved: 'It is somewhere else',
    hours: 'The opening hours are wrong',
    crossing: 'Crossing the street here is dangerous',
    other: 'Something else',
  },
  text: 'A few more words (optional)',
  textHint: 'No names or phone numbers are needed, neither yours nor those of others.',
  noWhat: 'Please choose one',
  noText: 'Please say in a sentence what is wrong',
  send: 'Send',
  sent: 'Thank you, it has arrived',
  sentHint: 'The responsible unit will see it. Open this again on this device to see what came of it.',
  earlier: 'What you reported',
  state: { open: 'Waiting', done: 'Dealt with', dismissed: 'Checked, nothing changed' },
  wait: (time) => `Too many reports. Please wait ${time} and try again`,
  minutes: (n) => (n === '1' ? '1 minute' : `${n} minutes`),
}
