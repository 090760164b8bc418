import { describe, expect, it } from 'vitest'
import { readCatalogue } from './catalogue.ts'
import { sameModels } from './same-models.ts'
import type { Model } from './schema/model.ts'

type Row = [id: string, rest?: Partial<Model>]

function groupsOf(
  rows: readonly Row[],
  wire: Record<string, Record<string, string>> = { openai: { x: '' } },
) {
  const providers = Map.groupBy(rows, ([id]) => id.slice(0, id.indexOf('/')))
  const body = Object.entries(wire).map(([provider, bases]) => [
    provider,
    { models: Object.fromEntries(Object.entries(bases).map(([id, base_model]) => [id, { base_model }])) },
  ])
  return sameModels(
    [...providers].map(([key, models]) => ({
      name: key,
      provider_key: key,
      models: models.map(([id, rest]) => ({ id, name: id, ...rest })),
    })),
    readCatalogue(new TextEncoder().encode(JSON.stringify(Object.fromEntries(body))), '2026-11-24'),
  )
}

describe('the same model elsewhere', () => {
  it('is known by its weights', () => {
    const ids = [
      'groq/openai/gpt-oss-120b',
      'together/openai/gpt-oss-120b',
      'fireworks/accounts/f/models/gpt-oss-120b',
    ]
    const weights = { hugging_face_id: 'OpenAI/gpt-oss-120b' }
    const groups = groupsOf([[ids[0] ?? '', weights], [ids[1] ?? ''], [ids[2] ?? '', weights]])
    for (const id of ids) expect(groups.get(id)).toEqual(ids)
  })

  it('is known by the catalogue’s base model', () => {
    const groups = groupsOf([['mistral/a'], ['together/b'], ['groq/c']], {
      mistral: { a: 'mistral/base' },
      togetherai: { b: 'mistral/base' },
      groq: { c: 'meta/other' },
    })
    expect(groups.get('mistral/a')).toEqual(['mistral/a', 'together/b'])
    expect(groups.has('groq/c')).toBe(false)
  })

  it('is known by the author and id at OpenRouter, also where it is for nothing', () => {
    const groups = groupsOf([
      ['mistral/m-2508'],
      ['openrouter/mistralai/m-2508'],
      ['openrouter/mistralai/m-2508:free'],
      ['openrouter/mistralai/m-2508:thinking'],
      ['openrouter/meta-llama/m-2508'],
    ])
    expect(groups.get('mistral/m-2508')).toEqual([
      'mistral/m-2508',
      'openrouter/mistralai/m-2508',
      'openrouter/mistralai/m-2508:free',
    ])
    expect(groups.has('openrouter/meta-llama/m-2508')).toBe(false)
  })

  it('is known through the provider’s aliases, in the order of the answer', () => {
    const groups = groupsOf([
      ['mistral/m-latest', { aliases: ['mistral/m-2508'] }],
      ['openrouter/mistralai/m-2508'],
    ])
    expect(groups.get('openrouter/mistralai/m-2508')).toEqual([
      'mistral/m-latest',
      'openrouter/mistralai/m-2508',
    ])
  })

  it('is never guessed from a name', () => {
    const rows: Row[] = [
      ['anthropic/claude-sonnet-4-5'],
      ['openrouter/anthropic/claude-sonnet-4.5'],
      ['groq/llama-3.3-70b-versatile'],
      ['together/meta-llama/Llama-3.3-70B-Instruct-Turbo'],
      ['openai/gpt-4o'],
      ['together/gpt-4o'],
    ]
    expect(groupsOf(rows).size).toBe(0)
  })

  it('is not known by the weights in an id that stands for later ones, as the name says', () => {
    const groups = groupsOf([
      ['together/deepseek-ai/DeepSeek-R1', { name: 'DeepSeek R1-0528' }],
      ['together/Qwen/Qwen3-2507', { name: 'Qwen3 2507 FP8' }],
      ['openrouter/deepseek/deepseek-r1', { hugging_face_id: 'deepseek-ai/DeepSeek-R1' }],
      ['openrouter/qwen/qwen3-2507', { hugging_face_id: 'Qwen/Qwen3-2507' }],
    ])
    expect([...groups.keys()]).toEqual(['together/Qwen/Qwen3-2507', 'openrouter/qwen/qwen3-2507'])
  })

  it('is not told of models that one provider alone serves', () => {
    expect(groupsOf([['mistral/a', { aliases: ['mistral/b'] }], ['mistral/b']]).size).toBe(0)
  })

  it('makes one group of two that turn out to be one', () => {
    const groups = groupsOf([
      ['groq/a', { hugging_face_id: 'o/a' }],
      ['together/o/b'],
      ['fireworks/c', { hugging_face_id: 'o/b', aliases: ['fireworks/d'] }],
      ['fireworks/d', { hugging_face_id: 'o/a' }],
    ])
    expect(groups.get('groq/a')).toEqual(['groq/a', 'together/o/b', 'fireworks/c', 'fireworks/d'])
  })

  it('is worked out once for an answer and a catalogue', () => {
    const models = [{ id: 'groq/a', name: 'a', hugging_face_id: 'o/a' }]
    const providers = [
      { name: 'Groq', provider_key: 'groq', models },
      { name: 'Together', provider_key: 'together', models: [{ id: 'together/o/a', name: 'a' }] },
    ]
    const groups = sameModels(providers, undefined)
    expect(groups.size).toBe(2)
    expect(sameModels(providers, undefined)).toBe(groups)
    expect(sameModels([...providers], undefined)).not.toBe(groups)
    const catalogue = { source: { from: 'models.dev', date: '2026-11-24' }, providers: {} }
    expect(sameModels(providers, catalogue)).not.toBe(groups)
  })

  it('takes long and odd names as they come', () => {
    const rows = Array.from(
      { length: 3_000 },
      (_, index): Row => [`groq/${index}`, { aliases: [`groq/${index + 1}`], hugging_face_id: `o/${index}` }],
    )
    const groups = groupsOf([...rows, ['together/o/2999'], ['openrouter/__proto__/constructor']])
    expect(groups.get('groq/0')).toHaveLength(3_001)
  })
})
