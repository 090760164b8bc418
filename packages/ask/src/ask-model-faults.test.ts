import {
  CHAT_FAULTS,
  type ChatFaultId,
  createSimulator,
  type FaultId,
  SIMULATED_PROVIDERS,
  type SimulatedProvider,
  type Simulator,
} from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAskModel } from './ask-model.ts'
import type { RunFailureCode, RunFinish } from './run-part.ts'
import { type Heard, hear, questionFor } from './testing/ask-simulator.ts'

let simulator: Simulator
const { askModel, close } = createAskModel()
/** For what ends by waiting, which would otherwise end later in the same way. */
const hasty = createAskModel({ limits: { firstTokenMs: 1_500, idleMs: 700, totalMs: 2_500, closingMs: 50 } })

beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(async () => {
  await close()
  await hasty.close()
  await simulator.close()
})

type Outcome = RunFailureCode | RunFinish['reason']
type Expectation = Outcome | (Partial<Record<SimulatedProvider, Outcome>> & { others: Outcome })

const EXPECTED: Record<ChatFaultId, Expectation> = {
  K1: 'upstream_error',
  'K2-reset': 'bad_response',
  'K2-clean': 'bad_response',
  'K2-error': 'upstream_error',
  K3: 'timeout',
  K4: 'timeout',
  'K4-flood': { others: 'too_large' },
  // only Anthropic's client takes the last event for the end
  'K4-open': { anthropic: 'stop', others: 'timeout' },
  K5: 'timeout',
  'K5-comments': 'timeout',
  'K5-first': 'timeout',
  K6: 'content_filter',
  'K6-first': 'content_filter',
  K7: 'other',
  K8: 'too_large',
  'K8-line': 'too_large',
  K9: 'bad_response',
  // Google's client reads past what it does not know
  'K9-shape': { google: 'stop', others: 'bad_response' },
  K10: 'tool_call',
  // these two clients insist on it
  K11: { anthropic: 'bad_response', cohere: 'bad_response', others: 'stop' },
  'K11-odd': 'stop',
  // Cohere has no place for a machine's word
  K12: { cohere: 'upstream_error', others: 'key_rejected' },
  'K12-text': 'blocked',
  K13: 'request_refused',
  'K13-prompt': 'prompt_too_long',
  K14: 'bad_response',
  K15: 'stop',
  K16: 'stop',
  K17: 'stop',
}

async function hearAll(fault: ChatFaultId | FaultId, ask = askModel): Promise<[SimulatedProvider, Heard][]> {
  const heard = await Promise.all(
    SIMULATED_PROVIDERS.map(async (provider): Promise<[SimulatedProvider, Heard]> => {
      await simulator.set(provider, { fault })
      const parameters = fault === 'K13' ? { temperature: 0.5 } : {}
      return [provider, await hear(ask(questionFor(simulator, provider, { parameters })))]
    }),
  )
  await simulator.reset()
  return heard
}

const outcomeOf = ({ last }: Heard) => (last.type === 'finish' ? last.reason : last.code)

describe('every fault of an answer ends it as it should, at all nine', () => {
  it.each(Object.keys(EXPECTED).filter((id) => id !== 'K4-flood') as ChatFaultId[])('%s', async (fault) => {
    const expected = EXPECTED[fault]
    const waits = JSON.stringify(expected).includes('timeout')
    for (const [provider, heard] of await hearAll(fault, waits ? hasty.askModel : askModel)) {
      const outcome = typeof expected === 'string' ? expected : (expected[provider] ?? expected.others)
      expect([provider, outcomeOf(heard)]).toEqual([provider, outcome])
      if (heard.last.type === 'failure') expect(heard.last.message).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('knows them all', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(CHAT_FAULTS).sort())
  })

  it('K4-flood: an endless answer ends where no answer is longer', async () => {
    const small = createAskModel({ limits: { answerChars: 20_000 } })
    for (const provider of SIMULATED_PROVIDERS) {
      await simulator.set(provider, { fault: 'K4-flood' })
      const heard = await hear(small.askModel(questionFor(simulator, provider)))
      expect([provider, outcomeOf(heard)]).toEqual([provider, 'too_large'])
      expect(heard.text.length + heard.reasoning.length).toBeLessThanOrEqual(20_000)
    }
    await simulator.reset()
    await small.close()
  })
})

describe('what came before an end', () => {
  it.each(['K2-reset', 'K2-clean', 'K2-error', 'K9'] as const)('%s: is kept', async (fault) => {
    for (const [provider, { parts, last }] of await hearAll(fault)) {
      expect([provider, parts.length]).toEqual([provider, 6])
      expect(last.first_token_ms).not.toBeNull()
    }
  })

  it('is what the model said, however hostile', async () => {
    for (const [provider, { text }] of await hearAll('K15')) {
      for (const piece of [
        '<script>alert(1)</script>',
        '\u001b[2J\u001b]0;title\u0007',
        '\u202egnp.exe\u202c\u2066\u200b\u00ad',
        '\u0000\u0001\u007f\u0085\u2028\u2029',
        '\n\ndata: [DONE]\n\nevent: error\n',
      ]) {
        expect([provider, text.includes(piece)]).toEqual([provider, true])
      }
    }
  })

  it('is whole where it comes byte by byte', async () => {
    for (const [provider, { text }] of await hearAll('K17')) {
      expect([provider, text]).toEqual([provider, 'Grüße, 世界 👩‍👩‍👧‍👦!'])
    }
  })

  it('is the same where it is oddly written', async () => {
    const well = new Map(
      await Promise.all(
        SIMULATED_PROVIDERS.map(
          async (provider) =>
            [provider, (await hear(askModel(questionFor(simulator, provider)))).text] as const,
        ),
      ),
    )
    for (const [provider, { text }] of await hearAll('K16')) expect(text).toBe(well.get(provider))
  })

  it('says nothing of tokens where nothing is said, or nothing that can be', async () => {
    for (const fault of ['K11', 'K11-odd'] as const) {
      for (const [, { last }] of await hearAll(fault)) {
        if (last.type === 'finish') expect(last.usage).toEqual({})
      }
    }
  })
})

describe('what keeps a question from being answered', () => {
  const cases: [FaultId, RunFailureCode, number | null][] = [
    ['A7', 'unreachable', null],
    ['A9', 'unreachable', null],
    ['C1', 'timeout', null],
    ['C3', 'timeout', null],
    ['C6', 'unreachable', null],
    ['D5', 'request_refused', 400],
    ['D7', 'key_rejected', 401],
    ['D8-402', 'no_credit', 402],
    ['D8-quota', 'rate_limited', 429],
    ['D9', 'no_permission', 403],
    ['D11', 'blocked', 403],
    ['D17-413', 'prompt_too_long', 413],
    ['D21', 'rate_limited', 429],
    ['D27-500', 'upstream_error', 500],
    ['D29-503', 'upstream_error', 503],
    ['D31-529', 'upstream_error', 529],
    ['E1-308', 'misconfigured', 308],
    ['E2-307', 'blocked', 307],
    ['F1', 'bad_response', 200],
    ['F11', 'bad_response', 200],
    ['I1-count', 'bad_response', 200],
    ['J2', 'key_rejected', 401],
  ]

  it.each(cases)('%s: %s', async (fault, code, status) => {
    for (const [provider, { parts, last }] of await hearAll(
      fault,
      code === 'timeout' ? hasty.askModel : askModel,
    )) {
      const isQuota = fault === 'D8-quota' && ['openai', 'together'].includes(provider)
      expect([provider, outcomeOf({ last } as Heard)]).toEqual([provider, isQuota ? 'no_credit' : code])
      expect(last).toMatchObject({ http_status: status, first_token_ms: null })
      expect(parts).toHaveLength(1)
      if (fault === 'D21') expect(last).toMatchObject({ retry_after_ms: 1_000 })
    }
  })
})

describe('time', () => {
  it('ends with the timeout that is set, also for a model that thinks', async () => {
    await simulator.set('groq', { fault: 'K4' })
    const { last } = await hear(askModel(questionFor(simulator, 'groq', { parameters: { timeout_ms: 300 } })))
    expect(last).toMatchObject({ code: 'timeout', message: expect.stringContaining('within 300 ms') })
    await simulator.set('groq', { firstTokenMs: 2_000 })
    const patient = { parameters: { timeout_ms: 10_000 } }
    expect((await hear(askModel(questionFor(simulator, 'groq', patient)))).last.type).toBe('finish')
    await simulator.reset()
  })

  it.each([
    ['K5', 'fell silent'],
    ['K5-first', 'had said nothing yet'],
    ['C1', 'had said nothing yet'],
    ['K3', 'was not finished within 2.5 s'],
  ] as const)('%s: %s', async (fault, words) => {
    await simulator.set('groq', { fault })
    const { last } = await hear(hasty.askModel(questionFor(simulator, 'groq')))
    expect(last).toMatchObject({ code: 'timeout', message: expect.stringContaining(words) })
    await simulator.reset()
  })

  it('is not lost on a connection that stays open after the last word', async () => {
    const brief = createAskModel({ limits: { closingMs: 50 } })
    await simulator.set('anthropic', { fault: 'K4-open' })
    const { last } = await hear(brief.askModel(questionFor(simulator, 'anthropic')))
    expect(last).toMatchObject({ type: 'finish', reason: 'stop' })
    await simulator.reset()
    await brief.close()
  })

  it('ends with a connection that cannot be made', async () => {
    const impatient = createAskModel({ connectTimeoutMs: 200 })
    await simulator.set('groq', { fault: process.platform === 'linux' ? 'A8' : 'A7' })
    const { last } = await hear(impatient.askModel(questionFor(simulator, 'groq')))
    expect(last).toMatchObject({ code: process.platform === 'linux' ? 'timeout' : 'unreachable' })
    await simulator.reset()
    await impatient.close()
  })
})
