import {
  createSimulator,
  SIMULATED_PROVIDERS,
  type SimulatedProvider,
  type Simulator,
} from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAskModel, type ModelQuestion } from './ask-model.ts'
import { hear, keyOf, MODELS, questionFor } from './testing/ask-simulator.ts'

let simulator: Simulator
const { askModel, close } = createAskModel()

beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await simulator.reset()
})
afterAll(async () => {
  await close()
  await simulator.close()
})

const ask = (provider: SimulatedProvider, change: Partial<ModelQuestion> = {}) =>
  hear(askModel(questionFor(simulator, provider, change)))

/** They show their reasoning; the other two that have any only count it. */
const SHOWN: readonly SimulatedProvider[] = ['groq', 'fireworks', 'openrouter']

describe.each(SIMULATED_PROVIDERS)('%s', (provider) => {
  it('streams its answer and counts its tokens', async () => {
    const { parts, text, reasoning, last } = await ask(provider)
    if (last.type !== 'finish') throw new Error(last.message)
    const hidden = reasoning === '' ? (last.usage.reasoning ?? 0) : 0
    expect(last.reason).toBe('stop')
    expect(last.usage).toMatchObject({ input: 7, output: parts.length - 1 + hidden })
    expect(text.length).toBeGreaterThan(200)
    const isShown = SHOWN.includes(provider)
    expect([reasoning !== '', last.is_reasoning_shown]).toEqual([isShown, isShown])
    expect(last.first_token_ms).toBeLessThanOrEqual(last.duration_ms)
    expect((await ask(provider)).text).toBe(text)
  })

  it('is sent what was set and nothing else, and stops where it is told to', async () => {
    const { last } = await ask(provider, { parameters: { max_output_tokens: 30 }, systemPrompt: 'Be kind.' })
    expect(last).toMatchObject({ reason: 'length', usage: { output: 30 }, adjusted: [] })
    const { body } = simulator.requests[0] ?? {}
    expect(JSON.stringify(body)).toMatch(/"(max_tokens|max_output_tokens|maxOutputTokens)":30/)
    expect(JSON.stringify(body)).toContain('Be kind.')
    expect(JSON.stringify(body)).not.toMatch(/temperature|top_?p\b|"p"|seed|reasoning_effort|tools/i)
  })

  it('gets its own model id, whatever slashes are in it', async () => {
    await ask(provider)
    const { path, body } = simulator.requests[0] ?? {}
    if (provider === 'google') expect(path).toContain(`/models/${MODELS.google}:`)
    else expect(body).toMatchObject({ model: MODELS[provider] })
  })

  it('rejects a bad key and knows no model that it does not list', async () => {
    // beside another call of the same model, which has a key of its own
    const keys = [keyOf('sk-bad-canary7Qz3vXk9'), keyOf()]
    const [bad, good] = await Promise.all(keys.map((key) => ask(provider, { key })))
    expect(good?.last.type).toBe('finish')
    expect(bad?.last).toMatchObject({
      type: 'failure',
      code: 'key_rejected',
      http_status: provider === 'google' ? 400 : 401,
      first_token_ms: null,
    })
    expect((await ask(provider, { nativeModelId: 'no-such-model' })).last).toMatchObject({
      code: 'model_not_found',
      message: expect.stringContaining('check its id'),
    })
  })

  it('is told at once when the run is cancelled', async () => {
    const fresh = await createSimulator({ size: 'small' })
    await fresh.set(provider, { fault: 'K4' })
    const controller = new AbortController()
    const answer = askModel(questionFor(fresh, provider, { signal: controller.signal }))
    expect((await answer.next()).value).toMatchObject({ type: /text|reasoning/ })
    expect(fresh.openConnections(provider)).toBe(1)
    controller.abort()
    expect((await hear(answer)).last).toMatchObject({ code: 'cancelled', message: 'This run was cancelled.' })
    await expect.poll(() => fresh.openConnections(provider)).toBe(0)
    await fresh.close()
  })
})

describe('tokens that were not counted', () => {
  it('are absent, and those that were none are none', async () => {
    const { last: said } = await ask('groq')
    expect(said).toMatchObject({ usage: { cached_input: 0, reasoning: 24 } })
    const { last: silent } = await ask('fireworks')
    expect(silent).toMatchObject({ usage: { cached_input: 0 } })
    expect(silent.type === 'finish' && silent.usage).not.toHaveProperty('reasoning')
    const { last: cached } = await ask('cohere', { prompt: 'word '.repeat(2_000) })
    expect(cached).toMatchObject({ usage: { input: 2_504, cached_input: 2_432 } })
  })
})

describe('parameters', () => {
  it('are sent by the names each provider has for them', async () => {
    const parameters = { temperature: 0.5, top_p: 0.9, max_output_tokens: 50 }
    for (const provider of ['google', 'mistral', 'groq', 'cohere'] as const)
      await ask(provider, { parameters })
    const bodies = simulator.requests.map(({ body }) => body)
    expect(bodies[0]).toMatchObject({
      generationConfig: { temperature: 0.5, topP: 0.9, maxOutputTokens: 50 },
    })
    expect(bodies[1]).toMatchObject({ temperature: 0.5, top_p: 0.9, max_tokens: 50 })
    expect(bodies[2]).toMatchObject({ temperature: 0.5, top_p: 0.9, stream_options: { include_usage: true } })
    expect(bodies[3]).toMatchObject({ temperature: 0.5, p: 0.9 })
  })

  it('that were set and are not sent, for the model takes none, are named', async () => {
    const parameters = { temperature: 0.5, top_p: 0.9 }
    expect((await ask('openai', { parameters })).last).toMatchObject({ adjusted: ['temperature', 'top_p'] })
    expect(simulator.requests[0]?.body).not.toHaveProperty('temperature')
    expect((await ask('groq', { parameters })).last).toMatchObject({ adjusted: [] })
  })

  it('leave nothing of a question with OpenAI', async () => {
    await ask('openai')
    expect(simulator.requests[0]?.body).toMatchObject({ store: false })
  })
})

describe('the environment of the server', () => {
  it('gives neither keys nor addresses', async () => {
    for (const name of ['OPENAI', 'ANTHROPIC', 'MISTRAL', 'COHERE', 'GOOGLE_GENERATIVE_AI']) {
      vi.stubEnv(`${name}_API_KEY`, 'sk-bad')
      vi.stubEnv(`${name}_BASE_URL`, 'http://127.0.0.1:9/v1')
    }
    for (const provider of ['openai', 'anthropic', 'mistral', 'cohere', 'google'] as const) {
      expect((await ask(provider)).last.type).toBe('finish')
    }
  })
})

describe('a model id that leads elsewhere', () => {
  it.each(['../../../v1/models', '..%2f..%2fx', '/../../x', 'x?y=z#'])('%s', async (nativeModelId) => {
    const { last } = await ask('google', { nativeModelId })
    expect(last).toMatchObject({ code: 'model_not_found' })
    for (const { path } of simulator.requests) expect(path).toMatch(/^\/v1beta\//)
  })
})

describe('whoever stops reading', () => {
  it('ends the call', async () => {
    const fresh = await createSimulator({ size: 'small' })
    await fresh.set('groq', { fault: 'K4' })
    for await (const part of askModel(questionFor(fresh, 'groq'))) {
      expect(part.type).toBe('reasoning')
      break
    }
    await expect.poll(() => fresh.openConnections('groq')).toBe(0)
    await fresh.close()
  })

  it('and whoever cancels beforehand, never begins it', async () => {
    const { last } = await ask('groq', { signal: AbortSignal.abort() })
    expect(last).toMatchObject({ code: 'cancelled', first_token_ms: null })
    expect(simulator.requests).toEqual([])
  })

  it('slowly is not taken for silence of the provider', async () => {
    const hasty = createAskModel({ limits: { idleMs: 50, firstTokenMs: 5_000 } })
    await simulator.set('groq', { tokens: 3 })
    const answer = hasty.askModel(questionFor(simulator, 'groq'))
    await answer.next()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect((await hear(answer)).last.type).toBe('finish')
    await hasty.close()
  })
})

describe('a bad day of one provider', () => {
  it('changes nothing in the answers of the others', async () => {
    const alone = await Promise.all(SIMULATED_PROVIDERS.map((provider) => ask(provider)))
    for (const fault of ['K2-reset', 'K8', 'K9', 'A9', 'D27-500'] as const) {
      await simulator.set('together', { fault })
      const heard = await Promise.all(SIMULATED_PROVIDERS.map((provider) => ask(provider)))
      heard.forEach(({ text, last }, index) => {
        if (SIMULATED_PROVIDERS[index] === 'together') expect(last.type).toBe('failure')
        else expect([text, last.type]).toEqual([alone[index]?.text, 'finish'])
      })
    }
  })

  it('is not tried again: a question may have been answered, and paid for', async () => {
    for (const fault of ['D27-500', 'D29-503', 'D21', 'C6', 'C7', 'K1'] as const) {
      await simulator.reset()
      await simulator.set('mistral', { fault })
      expect((await ask('mistral')).last.type).toBe('failure')
      expect(simulator.requests).toHaveLength(1)
    }
  })
})
