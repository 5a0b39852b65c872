import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { dropDraft, emptyDraft, keepDraft, keptDraft, keptDrafts, newKey } from './drafts'

test('a draft is kept whole, and only its own account sees it', async () => {
  const draft = { ...emptyDraft('li', 'school'), name: '实验小学', attributes: { capacity: '900' } }
  await keepDraft(draft)
  await keepDraft({ ...emptyDraft('wang', 'school'), name: '别人的' })
  expect(await keptDrafts('li')).toEqual([draft])
  expect(await keptDraft(draft.key)).toEqual(draft)
  await dropDraft(draft.key)
  expect(await keptDrafts('li')).toEqual([])
})

test('the latest draft comes first, and keeping it again makes no second one', async () => {
  const old = { ...emptyDraft('zhao', 'school'), saved: '2026-11-01T00:00:00Z' }
  const late = { ...emptyDraft('zhao', 'school'), saved: '2026-11-02T00:00:00Z' }
  await keepDraft(old)
  await keepDraft(late)
  await keepDraft({ ...late, name: 'b' })
  expect((await keptDrafts('zhao')).map(({ name, key }) => [name, key])).toEqual([
    ['b', late.key],
    ['', old.key],
  ])
})

test('keys are of 32 letters and never the same', () => {
  const keys = new Set(Array.from({ length: 200 }, newKey))
  expect(keys.size).toBe(200)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/)
})
