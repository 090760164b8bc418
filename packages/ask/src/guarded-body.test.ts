import type { Failure } from '@rollcall/core'
import { expect, it } from 'vitest'
import { guardedBody } from './guarded-body.ts'
import type { RunFault } from './run-fault.ts'

/** What comes through of these chunks, what was reported, and whether the source was left. */
async function pass(chunks: string[], end?: Failure) {
  const seen = { text: '', faults: [] as RunFault[], asked: 0, isLeft: false }
  async function* source(): AsyncGenerator<Uint8Array, Failure | undefined> {
    try {
      for (const chunk of chunks) {
        seen.asked += 1
        yield Buffer.from(chunk)
      }
      return end
    } finally {
      seen.isLeft = true
    }
  }
  const limits = { streamBytes: 20, eventBytes: 8 }
  const body = guardedBody(source(), limits, (fault) => seen.faults.push(fault))
  for await (const chunk of body) seen.text += Buffer.from(chunk).toString()
  return seen
}

it('passes what is within the limits', async () => {
  const chunks = ['12345678', '\n', '1234\n67', '8\n']
  expect(await pass(chunks)).toMatchObject({ text: chunks.join(''), faults: [], isLeft: true })
})

it('ends at a line that is too long, also where it comes in pieces', async () => {
  expect(await pass(['1234', '5678', '9', '\n'])).toMatchObject({
    text: '12345678',
    faults: [{ code: 'too_large' }],
    asked: 3,
    isLeft: true,
  })
  expect((await pass(['1\n123456789'])).faults).toEqual([{ code: 'too_large' }])
})

it('ends where all of it is too long', async () => {
  expect(await pass(['1234567\n', '1234567\n', '1234567\n'])).toMatchObject({
    faults: [{ code: 'too_large' }],
    isLeft: true,
  })
})

it('reports what cut it off, and ends without an error of its own', async () => {
  const failure: Failure = { code: 'bad_response', detail: 'cut_off' }
  expect(await pass(['1\n'], failure)).toMatchObject({ text: '1\n', faults: [failure] })
})

it('asks for nothing before it is asked, and leaves when it is left', async () => {
  let asked = 0
  let isLeft = false
  async function* source(): AsyncGenerator<Uint8Array, undefined> {
    try {
      for (;;) {
        asked += 1
        yield Buffer.from('1\n')
      }
    } finally {
      isLeft = true
    }
  }
  const body = guardedBody(source(), { streamBytes: 100, eventBytes: 100 }, () => {})
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(0)
  const reader = body.getReader()
  await reader.read()
  expect(asked).toBe(1)
  await reader.cancel()
  expect(isLeft).toBe(true)
})
