// Opening hours against the reference implementation, opening_hours.js (LGPL-3.0-only; none of it is in this repository).
//
//     mkdir -p var/compare && cd var/compare && npm init -y && npm install opening_hours@3.15.0 yaml@2
//     git clone https://github.com/opening-hours/opening_hours.js var/compare/reference
//     cargo build --release --example opening_hours
//
//     node docs/compare/opening_hours.mjs own        our own expressions, docs/compare/opening_hours.txt
//     node docs/compare/opening_hours.mjs public     every expression of the reference's own test/test.js
//     node docs/compare/opening_hours.mjs table      tests/data/opening_hours.tsv anew, what the reference makes of ours
//
// Options: --modules var/compare/node_modules, --reference var/compare/reference, --ours target/release/examples/opening_hours,
// --show N prints the first N of each class but agreement.
//
// Both get the same days as holidays: those that the reference knows for the place that a test names, and for our own
// expressions those of Baden-Württemberg, because for China it has eight fixed days and no school holidays. The hours
// themselves are the same anywhere. Times are compared as the clock on the wall shows them.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const [what = 'own', ...rest] = process.argv.slice(2)
const option = (name, usual) => (rest.includes(`--${name}`) ? rest[rest.indexOf(`--${name}`) + 1] : usual)
const modules = createRequire(resolve(option('modules', join(root, 'var/compare/node_modules')), 'x.js'))
const reference = resolve(option('reference', join(root, 'var/compare/reference')))
const oursBinary = resolve(option('ours', join(root, 'target/release/examples/opening_hours')))
const show = Number(option('show', 0))

// Berlin for the reference's own tests, as they want it; Shanghai, without summer time, for ours.
const zone = what === 'public' ? 'Europe/Berlin' : 'Asia/Shanghai'
process.env.TZ = zone
const OpeningHours = modules('opening_hours')
const version = JSON.parse(readFileSync(modules.resolve('opening_hours').replace(/build.*/, 'package.json'), 'utf8')).version

const two = (number) => String(number).padStart(2, '0')
const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
const local = (date) => `${day(date)}T${two(date.getHours())}:${two(date.getMinutes())}:00`
const stand = (lat, lon) => ({ lat, lon, address: { country_code: 'de', state: 'Baden-Württemberg' } })

/** When what begins, from one date to another. */
function changesOf(hours, from, to) {
  const changes = []
  const spans = hours.getOpenIntervals(from, to)
  let until = from
  const add = (at, kind) => {
    if (changes.at(-1)?.[1] !== kind) changes.push([local(at), kind])
  }
  for (const [start, end, unknown] of spans) {
    if (start > until) add(until, 'closed')
    add(start, unknown ? 'unknown' : 'open')
    until = end
  }
  if (until < to) add(until, 'closed')
  return changes
}

const holidayCache = new Map()
/** The days that the reference takes for holidays. */
function holidays(kind, place, from, to) {
  const key = JSON.stringify([kind, place?.address, day(from), day(to)])
  if (!holidayCache.has(key)) {
    const days = []
    try {
      const early = new Date(from.getFullYear(), from.getMonth(), from.getDate() - 8)
      const late = new Date(to.getFullYear(), to.getMonth(), to.getDate() + 8)
      for (const [start, end] of new OpeningHours(kind, place).getOpenIntervals(early, late)) {
        for (let at = new Date(start); at < end; at.setDate(at.getDate() + 1)) days.push(day(at))
      }
    } catch {
      // the reference knows none there
    }
    holidayCache.set(key, days)
  }
  return holidayCache.get(key)
}

function caseOf(expression, from, to, place, mode = 0) {
  const named = { expression, from: local(from), to: local(to), zone, lat: null, lon: null, public: [], school: [] }
  if (place?.lat !== undefined) Object.assign(named, { lat: Number(place.lat), lon: Number(place.lon) })
  if (/PH|holiday/i.test(expression)) named.public = holidays('PH', place, from, to)
  if (/SH|holiday/i.test(expression)) named.school = holidays('SH', place, from, to)
  let expected
  try {
    const hours = new OpeningHours(expression, place, mode)
    expected = changesOf(hours, from, to)
  } catch (error) {
    expected = { refused: String(error).split('\n')[0] }
  }
  return { asked: named, expected }
}

function ownExpressions() {
  const lines = readFileSync(join(root, 'docs/compare/opening_hours.txt'), 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
}

const ownFrom = new Date(2025, 0, 1)
const ownTo = new Date(2027, 0, 1)
const own = () => ownExpressions().map((text) => caseOf(text, ownFrom, ownTo, stand('36.33', '116.25')))

/** The expressions of the reference's test file, with the span of time and the place of each; its own checks are left out. */
function publicCases() {
  const text = readFileSync(join(reference, 'test/test.js'), 'utf8')
  const start = text.indexOf('// Nominatim data {{{')
  const end = text.indexOf('function opening_hours_test()')
  const cases = []
  const list = (values) => (typeof values === 'string' ? [values] : values).map((v) => (typeof v === 'string' ? v : v[0]))
  const test = {
    addTest(_name, values, from, to, _spans, _open, _unknown, _stable, place, _last, mode) {
      for (const text of list(values)) cases.push({ text, from: new Date(from), to: new Date(to), place, mode })
    },
    addShouldFail(_name, values, place, _last, mode) {
      for (const text of list(values)) cases.push({ text, fails: true, place, mode })
    },
    addShouldWarn(_name, values, place, _last, mode) {
      for (const text of list(values)) cases.push({ text, place, mode })
    },
  }
  const quiet = new Proxy(test, { get: (known, name) => known[name] ?? (() => undefined) })
  const folder = join(reference, 'src/holidays/nominatim_cache')
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => `src/holidays/nominatim_cache/${name}`)
  const glob = { sync: () => files }
  const fs = { readFileSync: (name, coding) => readFileSync(join(reference, name), coding) }
  const ignored = (value) => value
  const timekeeper = { travel() {}, freeze() {}, reset() {} }
  const given = { ignored, timekeeper, timekeeperTime: new Date(2025, 4, 23), glob, fs, YAML: modules('yaml'), test: quiet, EXPECTED_OPEN_END_MESSAGE: '', opening_hours: OpeningHours }
  const silent = { log() {}, info() {}, warn() {}, error() {} }
  new Function(...Object.keys(given), 'process', 'console', 'argv', text.slice(start, end))(
    ...Object.values(given),
    { exit() {}, env: {} },
    silent,
    { locale: 'en' },
  )
  const seen = new Set()
  return cases.flatMap(({ text, from = new Date(2025, 0, 1), to = new Date(2025, 3, 1), place, mode, fails }) => {
    // points in time are another mode of the reference, which answers another question
    const number = typeof mode === 'object' ? mode.mode : mode
    const key = JSON.stringify([text, from, to, place?.address])
    if ((number ?? 0) !== 0 || typeof text !== 'string' || seen.has(key)) return []
    seen.add(key)
    return [{ ...caseOf(text, from, to, place, 0), fails }]
  })
}

/** What Yimi makes of the same. */
function ours(cases) {
  const input = cases.map(({ asked }) => JSON.stringify(asked)).join('\n')
  const { stdout, status, stderr } = spawnSync(oursBinary, { input, maxBuffer: 2 ** 30, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim().split('\n').map((line) => JSON.parse(line))
}

const minutes = (at) => Date.parse(`${at}Z`) / 60_000
const kindAt = (changes, at) => changes.findLast(([from]) => minutes(from) <= at)?.[1]

/** The minutes by what the reference says and what we say. */
function compared(theirs, our, from, to) {
  const cuts = [...new Set([...theirs, ...our].map(([at]) => minutes(at)))].sort((a, b) => a - b)
  const spent = {}
  cuts.forEach((at, index) => {
    const length = (cuts[index + 1] ?? minutes(to)) - at
    const pair = `${kindAt(theirs, at)}>${kindAt(our, at)}`
    spent[pair] = (spent[pair] ?? 0) + length
  })
  return spent
}

function classOf({ asked, expected }, answer) {
  if (expected.refused) return answer.read ? 'read, though the reference refuses' : 'both refuse'
  if (!answer.read) return 'shown as written, though the reference reads it'
  const spent = compared(expected, answer.changes, asked.from, asked.to)
  const differing = Object.entries(spent).filter(([pair]) => pair.split('>')[0] !== pair.split('>')[1])
  const total = differing.reduce((sum, [, length]) => sum + length, 0)
  if (total === 0) return 'same in every minute'
  const suns = /sun|dawn|dusk/i.test(asked.expression)
  const days = (minutes(asked.to) - minutes(asked.from)) / 1440
  if (suns && total <= 8 * days) return 'same but for the sun, by minutes'
  if (differing.every(([pair]) => pair.endsWith('>unknown'))) return 'unknown, where the reference answers'
  return 'different'
}

function report(cases) {
  const answers = ours(cases)
  const classes = new Map()
  cases.forEach((one, index) => {
    const name = classOf(one, answers[index])
    classes.set(name, [...(classes.get(name) ?? []), { ...one, answer: answers[index] }])
  })
  console.log(`opening_hours.js ${version}: ${cases.length} expressions`)
  for (const [name, members] of [...classes].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`${String(members.length).padStart(6)}  ${name}`)
    if (name === 'same in every minute') continue
    for (const { asked, expected, answer } of members.slice(0, show)) {
      console.log(`          ${asked.expression}`)
      if (answer.reason) console.log(`            ours: ${answer.reason}`)
      if (expected.refused) console.log(`            reference: ${expected.refused}`)
      if (expected.refused || !answer.read) continue
      const cuts = [...new Set([...expected, ...answer.changes].map(([at]) => at))].sort()
      const at = cuts.find((cut) => kindAt(expected, minutes(cut)) !== kindAt(answer.changes, minutes(cut)))
      const pair = [expected, answer.changes].map((changes) => kindAt(changes, minutes(at)))
      console.log(`            first at ${at}: reference ${pair[0]}, ours ${pair[1]}`)
    }
  }
}

/** One letter for each moment: open, closed, unknown; a dash where the reference refuses. */
function table(cases) {
  // 83 half hours apart: all half hours of a day come, on all weekdays
  const moments = []
  for (let at = minutes(local(ownFrom)); at < minutes(local(ownTo)); at += 83 * 30) moments.push(at)
  const place = stand('36.33', '116.25')
  const lines = [
    '# Made by docs/compare/opening_hours.mjs table: what the reference implementation says of our own expressions',
    '# (docs/compare/opening_hours.txt), every 83 half hours from the start of 2025 to the end of 2026.',
    `# reference\topening_hours.js ${version}`,
    `# public\t${holidays('PH', place, ownFrom, ownTo).join(' ')}`,
    `# school\t${holidays('SH', place, ownFrom, ownTo).join(' ')}`,
  ]
  for (const { asked, expected } of cases) {
    const letters = expected.refused ? '-' : moments.map((at) => kindAt(expected, at)[0]).join('')
    lines.push(`${asked.expression}\t${letters}`)
  }
  const file = join(root, 'tests/data/opening_hours.tsv')
  writeFileSync(file, `${lines.join('\n')}\n`)
  console.log(`${file}: ${cases.length} expressions at ${moments.length} moments`)
}

if (what === 'public') report(publicCases())
else if (what === 'table') table(own())
else report(own())
