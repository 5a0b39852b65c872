import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeTypes, target } from '../../types.mjs'

test('types.gen.ts is what the description of the server gives; if this fails, run `npm run types`', async () => {
  expect(readFileSync(target, 'utf8')).toBe(await makeTypes())
})
