import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'

// main, register → modes → panels, layers → map, state, api, ui → text, style. A room imports only from a lower band or itself.
const bands = [['main', 'register'], ['modes'], ['panels', 'layers'], ['map', 'state', 'api', 'ui'], ['text', 'style']]
const src = import.meta.dirname

type Import = { from: string; to: string }

function findImports(file: string, source: string): Import[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"]*?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]/g,
  )
  return [...found].map((match) => ({ from: file, to: normalize(join(dirname(file), match[1] ?? match[2] ?? '')) }))
}

function room(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : path.replace(/\.ts$/, '')
}

function band(path: string): number {
  return bands.findIndex((rooms) => rooms.includes(room(path)))
}

function wrong({ from, to }: Import): boolean {
  return room(from) !== room(to) && band(to) <= band(from)
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => relative('.', file))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
const imports = files.flatMap((file) => findImports(file, readFileSync(join(src, file), 'utf8')))

test('every file belongs to a room of the house', () => {
  expect(files.filter((file) => band(file) < 0)).toEqual([])
  expect(files.length).toBeGreaterThan(40)
})

test('imports only point down', () => {
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.filter(wrong).map(({ from, to }) => `${from} → ${to}`)).toEqual([])
})

test('an upward, a sideways and a dynamic upward import would be found', () => {
  const source =
    "import { a } from '../modes/stage'\nimport type { B } from '../layers/sites'\nvoid import('../main')\n"
  expect(findImports('panels/x.ts', source).filter(wrong)).toHaveLength(3)
  expect(findImports('panels/x.ts', "import './y'\nimport { t } from '../text/language'\n").filter(wrong)).toEqual([])
})

test('files stay small enough to read', () => {
  const written = files.filter((file) => !file.endsWith('.gen.ts'))
  const long = written.filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 300)
  expect(long).toEqual([])
})

test('nothing turns text into markup', () => {
  const risky = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/
  expect(files.filter((file) => risky.test(readFileSync(join(src, file), 'utf8')))).toEqual([])
})
