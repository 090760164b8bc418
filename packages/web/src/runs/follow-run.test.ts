import { ApiError, type RunAnswer } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { followRun } from './follow-run.ts'
import { type LiveRun, NOTHING_HEARD } from './live-answers.ts'

const FACTS = {
  model: 'openai/a',
  status: 'running',
  finish_reason: null,
  failure: null,
  usage: {},
  adjusted: [],
  first_token_ms: null,
  duration_ms: null,
  tokens_per_second: null,
  pricing: null,
  pricing_source: null,
  cost: null,
} satisfies Omit<RunAnswer, 'text' | 'reasoning'>

const run = event('run', { status: 'running', answers: [FACTS] }, '0')
const said = (text: string, id: string, part = 'text') => event('text', { index: 0, part, text }, id)
const ended = event('answer', { index: 0, answer: { ...FACTS, status: 'finished', finish_reason: 'stop' } })
const done = event('done', { status: 'finished' })

function event(name: string, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Each attempt gets the next of these: a stream that ends so, or an error. */
async function follow(attempts: (string | Error)[], from: LiveRun = NOTHING_HEARD) {
  const asked: string[] = []
  const pauses: number[] = []
  const leaving = new AbortController()
  let latest = from
  const end = await followRun(
    'x',
    from,
    {
      async open(path) {
        asked.push(path)
        const next = attempts.shift()
        if (next === undefined || next instanceof Error) throw next ?? leaving.abort()
        return new Response(next)
      },
      show(live) {
        latest = live
      },
      async pause(attempt) {
        pauses.push(attempt)
      },
    },
    leaving.signal,
  )
  return { end, asked, pauses, latest }
}

describe('following a run', () => {
  it('hears it to its end', async () => {
    const { end, latest } = await follow([
      run + said('Hm. ', '0:4', 'reasoning') + said('Yes', '3:4') + said(', sir.', '9:4') + ended + done,
    ])
    expect(end).toBe('ended')
    expect(latest).toMatchObject({
      status: 'finished',
      answers: [{ status: 'finished', text: 'Yes, sir.', reasoning: 'Hm. ' }],
    })
  })

  it('goes on where the connection broke off, losing and repeating nothing', async () => {
    const { end, asked, pauses, latest } = await follow([
      run + said('Yes', '3:0'),
      new ApiError('unreachable', 'away'),
      new ApiError('unreachable', 'away'),
      run + said(', sir.', '9:0'),
      run + ended + done,
    ])
    expect(end).toBe('ended')
    expect(latest.answers[0]).toMatchObject({ text: 'Yes, sir.' })
    const path = '/api/runs/x/events'
    expect(asked).toEqual([
      path,
      `${path}?after=3%3A0`,
      `${path}?after=3%3A0`,
      `${path}?after=3%3A0`,
      `${path}?after=9%3A0`,
    ])
    // longer and longer, and short again once something came
    expect(pauses).toEqual([0, 1, 2, 0])
  })

  it('goes on from what was heard before', async () => {
    const before = await follow([run + said('Yes', '3:0')])
    const { latest, asked } = await follow([run + said('!', '4:0') + done], before.latest)
    expect(asked).toEqual(['/api/runs/x/events?after=3%3A0'])
    expect(latest.answers[0]).toMatchObject({ text: 'Yes!' })
  })

  it('knows how long the first words took before the answer has ended', async () => {
    const first = event('text', { index: 0, part: 'text', text: 'a', first_token_ms: 7 }, '1:0')
    const { latest } = await follow([run + first + said('b', '2:0')])
    expect(latest.answers).toMatchObject([{ status: 'running', text: 'ab', first_token_ms: 7 }])
  })

  it('ends where the run is gone', async () => {
    expect((await follow([new ApiError('not_rollcall', 'no', 404)])).end).toBe('gone')
  })
})
