import { CUSTOM_PROVIDER, type Model } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { KINDS, type Selection, selectModels, sortModels } from './select-models.ts'

const models: Model[] = [
  {
    id: 'a/claude-haiku',
    name: 'Claude Haiku',
    kind: 'chat',
    context_window: 200_000,
    pricing: { input: 1, output: 5 },
    released_at: '2025-10-15',
  },
  { id: 'a/mystery', name: 'Mystery' },
  {
    id: 'a/embed',
    name: 'Embed',
    kind: 'embedding',
    context_window: 512,
    pricing: { input: 0.1, output: 0 },
    released_at: '2024-01-01T00:00:00Z',
  },
]
const answer = { providers: [{ name: 'Acme', provider_key: 'a', models }, CUSTOM_PROVIDER], statuses: [] }
const select = (selection: Partial<Selection>) =>
  selectModels(answer, { kinds: [], ...selection }).providers.map((group) => group.models.map(({ id }) => id))

describe('selecting models', () => {
  it('wants every word, in id, name or provider, in any case and order', () => {
    expect(select({ search: 'HAIKU claude' })).toEqual([['a/claude-haiku'], ['custom']])
    expect(select({ search: 'acme emb' })).toEqual([['a/embed'], ['custom']])
    expect(select({ search: 'claude opus' })).toEqual([['custom']])
  })

  it('takes kinds together, and a model of no stated kind as unknown', () => {
    expect(select({ kinds: ['embedding', 'unknown'] })).toEqual([['a/mystery', 'a/embed'], ['custom']])
  })

  it.each([
    ['id', ['a/claude-haiku', 'a/embed', 'a/mystery']],
    ['context', ['a/claude-haiku', 'a/embed', 'a/mystery']],
    ['price', ['a/embed', 'a/claude-haiku', 'a/mystery']],
    ['released', ['a/claude-haiku', 'a/embed', 'a/mystery']],
  ] as const)('sorted by %s, the unknown comes last', (key, order) => {
    expect(sortModels(models, key).map(({ id }) => id)).toEqual(order)
    expect(sortModels(models.toReversed(), key).map(({ id }) => id)).toEqual(order)
  })

  it('leaves the order of the providers alone where none is asked for', () => {
    expect(select({})).toEqual([models.map(({ id }) => id), ['custom']])
  })

  it('knows every kind there is', () => {
    expect(KINDS).toContain('chat')
    expect(KINDS).toHaveLength(10)
  })
})
