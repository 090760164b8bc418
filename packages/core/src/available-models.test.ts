import { describe, expect, it } from 'vitest'
import { toAvailableModels, toOffer } from './available-models.ts'
import type { ProviderResult } from './discover.ts'
import type { Failure } from './failure.ts'
import type { Provider } from './provider.ts'
import { anthropic } from './providers/anthropic.ts'
import { PROVIDERS } from './providers/index.ts'
import { openai } from './providers/openai.ts'
import { openrouter } from './providers/openrouter.ts'
import type { Listing } from './read-pages.ts'
import { AvailableModels, FailureCode, ProviderStatus } from './schema/available-models.ts'
import { Model } from './schema/model.ts'

const FINISHED_AT = Date.parse('2026-11-22T12:00:00Z')
const OPTIONS = { timeoutMs: 10_000, cacheTtlMs: 3_600_000, random: () => 0.5 }

const modelsOf = (provider: Provider, ...ids: string[]): Model[] =>
  ids.map((id) => ({ id: `${provider.key}/${id}`, name: id, kind: 'chat' }))
const common = { index: 0, finishedAt: FINISHED_AT, durationMs: 5 }

function offerOf(provider: Provider, outcome: Partial<Listing> | Failure, label?: string) {
  const ask = label === undefined ? { provider } : { provider, label }
  const result: ProviderResult =
    'code' in outcome
      ? { ask, ...common, failure: outcome }
      : { ask, ...common, listing: { models: [], droppedCount: 0, ...outcome } }
  const offer = toOffer(result, OPTIONS)
  expect(ProviderStatus.strict().parse(offer.status)).toEqual(offer.status)
  return offer
}

describe('a list', () => {
  it('is fresh', () => {
    const models = modelsOf(openai, 'a', 'b')
    expect(offerOf(openai, { models, droppedCount: 3 })).toEqual({
      provider: openai,
      models,
      status: {
        provider_key: 'openai',
        name: 'OpenAI',
        label: null,
        status: 'fresh',
        code: null,
        message: null,
        http_status: 200,
        fetched_at: '2026-11-22T12:00:00.000Z',
        expires_at: '2026-11-22T13:00:00.000Z',
        retry_at: null,
        model_count: 2,
        dropped_count: 3,
      },
    })
  })

  it('is fresh with what is wrong with it, where a later page failed', () => {
    const flaw: Failure = { code: 'rate_limited', httpStatus: 429, retryAfterMs: 60_000 }
    expect(offerOf(openai, { models: modelsOf(openai, 'a'), flaw }).status).toMatchObject({
      status: 'fresh',
      code: 'rate_limited',
      message: expect.stringMatching(/limiting.*after 12:01:00 UTC; what had arrived by then is shown\.$/),
      retry_at: '2026-11-22T12:01:00.000Z',
      model_count: 1,
    })
  })

  it('says where it is not the list of this key', () => {
    const models = modelsOf(openrouter, 'a')
    expect(offerOf(openrouter, { models, remark: 'public_list' }).status).toMatchObject({
      status: 'fresh',
      code: null,
      message: expect.stringMatching(/^OpenRouter did not give the list of this very key, .*[^.]\.$/),
      http_status: 200,
      retry_at: null,
    })
  })

  it('says what is wrong with it before anything else', () => {
    for (const remark of ['public_list', 'other_list', 'truncated'] as const) {
      const { status } = offerOf(openrouter, { remark, flaw: { code: 'too_large' } })
      expect(status).toMatchObject({
        status: 'fresh',
        code: 'too_large',
        message: expect.stringMatching(/^OpenRouter sent more data.*; what had arrived by then is shown\.$/),
      })
    }
  })

  it('says where it is cut', () => {
    const { status } = offerOf(openai, { models: modelsOf(openai, 'a'), remark: 'truncated' })
    expect(status).toMatchObject({ code: null, message: expect.stringContaining('the first 1 models') })
  })

  it('says whose it is', () => {
    expect(offerOf(openai, {}, 'work').status.label).toBe('work')
  })
})

describe('a failure', () => {
  it('offers nothing, and says why', () => {
    expect(offerOf(openai, { code: 'upstream_error', httpStatus: 502 })).toMatchObject({
      models: [],
      status: {
        status: 'failed',
        code: 'upstream_error',
        http_status: 502,
        fetched_at: null,
        expires_at: null,
        retry_at: null,
        model_count: 0,
        dropped_count: 0,
      },
    })
  })

  it.each([
    ['as asked', { code: 'rate_limited', retryAfterMs: 120_000 }, '2026-11-22T12:02:00.000Z'],
    ['in half a minute and a bit', { code: 'rate_limited' }, '2026-11-22T12:00:31.500Z'],
    ['when credit may be back', { code: 'no_credit', retryAfterMs: 900_000 }, '2026-11-22T12:15:00.000Z'],
    ['at no set time', { code: 'upstream_error' }, null],
  ] as const)('is to be tried again %s', (_name, failure, retryAt) => {
    expect(offerOf(openai, failure).status.retry_at).toBe(retryAt)
  })
})

describe('the static list', () => {
  it('stands in for any failure but a rejected key', () => {
    for (const code of FailureCode.options.filter((option) => option !== 'key_rejected')) {
      const { models, status } = offerOf(anthropic, { code })
      expect(status).toMatchObject({ status: 'static', code, fetched_at: null, model_count: models.length })
      expect(status.message).toMatch(/[^.]; meanwhile our list of 2026-02-19 is shown\.$/)
      expect(models.length).toBeGreaterThan(0)
      for (const model of models) expect(Model.strict().parse(model)).toEqual(model)
    }
  })

  it.each<Failure>([
    { code: 'key_rejected', httpStatus: 401 },
    { code: 'key_rejected', detail: 'key_leaked' },
    { code: 'misconfigured', detail: 'key_text' },
  ])('is not offered for a key that is no good: %j', (failure) => {
    expect(offerOf(anthropic, failure)).toMatchObject({ models: [], status: { status: 'failed' } })
  })

  it('says of every fact that it comes from there, and of which day it is', () => {
    for (const provider of PROVIDERS.filter(({ staticList }) => staticList)) {
      const { models } = offerOf(provider, { code: 'timeout' })
      for (const { sources, ...model } of models) {
        const { id: _, ...facts } = model
        expect(Object.keys(sources ?? {}).sort()).toEqual(Object.keys(facts).sort())
        for (const source of Object.values(sources ?? {})) {
          expect(source).toEqual({ from: 'static', date: provider.staticList?.asOf })
        }
      }
    }
  })

  it('fits the schema as an answer', () => {
    const answer = toAvailableModels(PROVIDERS.map((provider) => offerOf(provider, { code: 'timeout' })))
    expect(answer.providers.length).toBeGreaterThan(1)
    expect(AvailableModels.parse(answer)).toEqual(answer)
  })

  it('is dated, of usable models, and the same in each answer', () => {
    const lists = PROVIDERS.flatMap(({ staticList }) => staticList ?? [])
    expect(lists.length).toBeGreaterThan(0)
    for (const { asOf } of lists) expect(new Date(asOf).toISOString()).toContain(asOf)
    expect(offerOf(anthropic, { code: 'timeout' }).models).toEqual(
      offerOf(anthropic, { code: 'internal' }).models,
    )
  })
})

describe('the answer', () => {
  const custom = expect.objectContaining({ provider_key: 'custom', name: 'Custom' })

  it('ends with Custom, also without any key', () => {
    expect(toAvailableModels([])).toEqual({
      providers: [
        {
          name: 'Custom',
          provider_key: 'custom',
          models: [
            { id: 'custom', name: 'Custom Model', description: 'Enter a model id as provider/model-name' },
          ],
        },
      ],
      statuses: [],
    })
  })

  it('has the offers in their order, and a status also for those with nothing', () => {
    const answer = toAvailableModels([
      offerOf(openai, { models: modelsOf(openai, 'b', 'a') }),
      offerOf(openrouter, { code: 'key_rejected' }),
      offerOf(anthropic, { models: [] }),
    ])
    expect(AvailableModels.parse(answer)).toEqual(answer)
    expect(answer.providers).toEqual([
      { name: 'OpenAI', provider_key: 'openai', models: modelsOf(openai, 'b', 'a') },
      custom,
    ])
    expect(answer.statuses.map(({ provider_key, status }) => [provider_key, status])).toEqual([
      ['openai', 'fresh'],
      ['openrouter', 'failed'],
      ['anthropic', 'fresh'],
    ])
  })

  it('unites the keys of one provider', () => {
    const home = offerOf(openai, { models: modelsOf(openai, 'a', 'b') }, 'home')
    const work = offerOf(openai, { models: modelsOf(openai, 'b', 'c') }, 'work')
    const bad = offerOf(openai, { code: 'key_rejected' }, 'old')
    const { providers, statuses } = toAvailableModels([home, bad, work])
    expect(providers).toEqual([
      { name: 'OpenAI', provider_key: 'openai', models: modelsOf(openai, 'a', 'b', 'c') },
      custom,
    ])
    expect(statuses.map(({ label }) => label)).toEqual(['home', 'old', 'work'])
    // the offers stay their owners'
    expect(home.models).toHaveLength(2)
  })
})
