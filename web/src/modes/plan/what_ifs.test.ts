import { expect, test } from 'vitest'
import type { WhatIf, WhatIfRequest } from '../../api/what_if'
import { WhatIfs } from './what_ifs'

const request = (lon: number): WhatIfRequest => ({
  kind: 'school',
  add: [{ lon, lat: 0 }],
  remove: [],
  hours: [],
  posts: [],
  cells: true,
  streets: false,
  gaps: false,
})

type Asked = { lon: number; answer(): Promise<void>; fail(): Promise<void>; signal: AbortSignal }

function server(): { asked: Asked[]; arrived: number[]; failed: unknown[]; whatIfs: WhatIfs } {
  const asked: Asked[] = []
  const arrived: number[] = []
  const failed: unknown[] = []
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }
  const whatIfs = new WhatIfs(
    {
      arrived: ({ add }) => arrived.push(add[0]?.lon ?? 0),
      failed: (cause) => failed.push(cause),
    },
    ({ add }, signal) =>
      new Promise((done, refused) => {
        asked.push({
          lon: add[0]?.lon ?? 0,
          signal,
          answer: () => {
            done({} as WhatIf)
            return settle()
          },
          fail: () => {
            refused(new Error('no'))
            return settle()
          },
        })
      }),
  )
  return { asked, arrived, failed, whatIfs }
}

test('one question is under way, and of those that come meanwhile the newest is asked next', async () => {
  const { asked, arrived, whatIfs } = server()
  for (const lon of [1, 2, 3, 4]) whatIfs.want(request(lon))
  expect(asked.map(({ lon }) => lon)).toEqual([1])
  await asked[0]?.answer()
  expect(asked.map(({ lon }) => lon)).toEqual([1, 4])
  expect(arrived).toEqual([1])
  await asked[1]?.answer()
  expect(arrived).toEqual([1, 4])
  expect(whatIfs.waiting).toBe(false)
})

test('the same question is not asked twice, neither while it is under way nor after', async () => {
  const { asked, whatIfs } = server()
  whatIfs.want(request(1))
  whatIfs.want(request(2))
  whatIfs.want(request(1))
  await asked[0]?.answer()
  whatIfs.want(request(1))
  expect(asked).toHaveLength(1)
})

test('a failure is told unless a newer question is asked, and may be asked again', async () => {
  const { asked, failed, arrived, whatIfs } = server()
  whatIfs.want(request(1))
  whatIfs.want(request(2))
  await asked[0]?.fail()
  expect(failed).toHaveLength(0)
  await asked[1]?.fail()
  expect(failed).toHaveLength(1)
  whatIfs.want(request(2))
  await asked[2]?.answer()
  expect(arrived).toEqual([2])
})

test('what was dropped neither arrives nor fails', async () => {
  const { asked, failed, arrived, whatIfs } = server()
  whatIfs.want(request(1))
  whatIfs.stop()
  expect(asked[0]?.signal.aborted).toBe(true)
  await asked[0]?.answer()
  whatIfs.want(request(1))
  whatIfs.stop()
  await asked[1]?.fail()
  expect([arrived, failed]).toEqual([[], []])
})
