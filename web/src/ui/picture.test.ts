import { expect, test } from 'vitest'
import { fitted, lightEnough } from './picture'

test('a photo keeps its proportion and never grows', () => {
  expect(fitted(4000, 3000, 2048)).toEqual({ width: 2048, height: 1536 })
  expect(fitted(300, 10, 2048)).toEqual({ width: 300, height: 10 })
  expect(fitted(5000, 1, 2048)).toEqual({ width: 2048, height: 1 })
})

/** A camera whose photos have so many bytes for each pixel of their longest side, at full quality. */
async function weigh(bytes: number): Promise<{ asked: string[]; size: number }> {
  const asked: string[] = []
  const made = await lightEnough(async (longest, quality) => {
    asked.push(`${longest} ${quality}`)
    return new Blob([new Uint8Array(Math.round(longest * bytes * quality))])
  })
  return { asked, size: made.size }
}

test('a light photo is made once, a heavy one smaller until a slow line carries it', async () => {
  expect((await weigh(200)).asked).toEqual(['2048 0.85'])
  const heavy = await weigh(690)
  expect(heavy.asked).toEqual(['2048 0.85', '2048 0.7'])
  expect(heavy.size).toBeLessThanOrEqual(1_000_000)
  expect((await weigh(850)).asked.at(-1)).toBe('1600 0.7')
})

test('one that is never light enough is sent as light as it gets', async () => {
  const { asked, size } = await weigh(5000)
  expect(asked).toHaveLength(4)
  expect(size).toBeGreaterThan(1_000_000)
})
