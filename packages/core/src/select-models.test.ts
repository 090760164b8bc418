import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AvailableModels, CUSTOM_PROVIDER } from './schema/available-models.ts'
import type { Model } from './schema/model.ts'
import {
  createModelIndex,
  findModels,
  KINDS,
  type Selection,
  SORT_KEYS,
  selectModels,
  sortModels,
  usualSort,
} from './select-models.ts'

const models: Model[] = [
  {
    id: 'a/claude-haiku',
    name: 'Claude Haiku',
    kind: 'chat',
    context_window: 200_000,
    max_output_tokens: 64_000,
    pricing: { input: 1, output: 5 },
    released_at: '2025-10-15',
    capabilities: { tools: true, vision: false },
    modalities: { input: ['text', 'image'], output: ['text'] },
  },
  { id: 'a/mystery', name: 'Mystery' },
  {
    id: 'a/embed',
    name: 'Embed',
    kind: 'embedding',
    context_window: 512,
    pricing: { input: 0.1, output: 0 },
    released_at: '2024-01-01T00:00:00Z',
    retires_at: '2027-01-01',
  },
]
const others: Model[] = [
  { id: 'b/x/claude', name: 'Claude', pricing: { input: 0, output: 0 } },
  { id: 'b/muse', name: 'Müse Émbed', pricing: { input: 0 } },
  { id: 'b/notclaude', name: 'Other', deprecated: true },
]
const answer: AvailableModels = {
  providers: [{ name: 'Acme', provider_key: 'a', models }, CUSTOM_PROVIDER],
  statuses: [],
}
const both = [
  ...answer.providers.slice(0, 1),
  { name: 'Bolt', provider_key: 'b', models: others },
  CUSTOM_PROVIDER,
]
const select = (selection: Selection) =>
  selectModels(answer, selection).providers.map((group) => group.models.map(({ id }) => id))
const find = (selection: Selection) =>
  findModels(createModelIndex(both), selection).map(({ model }) => model.id)

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
    expect(sortModels(models, usualSort(key)).map(({ id }) => id)).toEqual(order)
    expect(sortModels(models.toReversed(), usualSort(key)).map(({ id }) => id)).toEqual(order)
  })

  it.each(SORT_KEYS)('sorted by %s, both ways differ, and what is not known comes last in either', (by) => {
    const small: Model = {
      id: 'a/1',
      name: '1',
      kind: 'chat',
      context_window: 1,
      max_output_tokens: 1,
      pricing: { input: 1, output: 1 },
      modalities: { input: ['text'] },
      capabilities: { tools: false },
      released_at: '2024-01-01',
      retires_at: '2024-01-01',
    }
    const large: Model = {
      ...small,
      id: 'b/2',
      name: '2',
      kind: 'image',
      context_window: 2,
      max_output_tokens: 2,
      pricing: { input: 2, output: 2 },
      modalities: { input: ['text'], output: ['text'] },
      capabilities: { tools: true },
      released_at: '2024-01-02',
      retires_at: '2024-01-02',
    }
    const unknown: Model = { id: 'c/3', name: '3' }
    const sorted = (isDescending: boolean) => sortModels([unknown, large, small], { by, isDescending })
    const isAlwaysKnown = ['id', 'name', 'provider'].includes(by)
    expect(sorted(false)).toEqual([small, large, unknown])
    expect(sorted(true)).toEqual(isAlwaysKnown ? [unknown, large, small] : [large, small, unknown])
  })

  it('leaves the order of the providers alone where none is asked for', () => {
    expect(select({})).toEqual([models.map(({ id }) => id), ['custom']])
  })

  it('knows every kind there is', () => {
    expect(KINDS).toContain('chat')
    expect(KINDS).toHaveLength(10)
  })
})

describe('finding models', () => {
  it('finds with and without diacritics', () => {
    expect(find({ search: 'MUSE embed' })).toEqual(['b/muse'])
    expect(find({ search: 'émbèd' })).toEqual(['a/embed', 'b/muse'])
  })

  it('finds a name that is typed without its signs, behind one that has the very letters', () => {
    const named = (id: string) => ({ id, name: 'Model' })
    const groups = [{ name: 'A', provider_key: 'a', models: [named('a/gpt-4o-mini'), named('a/x-gpt4o')] }]
    const ids = (search: string) =>
      findModels(createModelIndex(groups), { search }).map(({ model }) => model.id)
    expect(ids('gpt4o')).toEqual(['a/x-gpt4o', 'a/gpt-4o-mini'])
    expect(ids('GPT4oMini')).toEqual(['a/gpt-4o-mini'])
    // not across the end of one text into the next
    expect(ids('minimodel')).toEqual([])
  })

  it('puts what is about to go behind what fits as well, and before what fits less', () => {
    const groups = [
      {
        name: 'A',
        provider_key: 'a',
        models: [
          { id: 'a/gpt-old', name: 'gpt-old', retires_at: '2026-01-01' },
          { id: 'a/my-gpt', name: 'my-gpt' },
          { id: 'a/gpt-new', name: 'gpt-new' },
        ],
      },
    ]
    const found = findModels(createModelIndex(groups), { search: 'gpt' })
    expect(found.map(({ model }) => model.id)).toEqual(['a/gpt-new', 'a/gpt-old', 'a/my-gpt'])
  })

  it('puts the best match first: the very id or a part of it, its beginning, a word, anything', () => {
    expect(find({ search: 'claude' })).toEqual(['b/x/claude', 'a/claude-haiku', 'b/notclaude'])
    expect(find({ search: 'haiku' })).toEqual(['a/claude-haiku'])
    expect(find({ search: 'b/muse' })).toEqual(['b/muse'])
  })

  it('keeps the order of the answer among equals, and a sort that is asked for', () => {
    expect(find({ search: 'b' })).toEqual(['b/x/claude', 'b/muse', 'b/notclaude', 'a/embed'])
    expect(find({ search: 'claude', sort: usualSort('name') })).toEqual([
      'b/x/claude',
      'a/claude-haiku',
      'b/notclaude',
    ])
    expect(find({ search: 'claude', sort: { by: 'id', isDescending: true } })).toEqual([
      'b/x/claude',
      'b/notclaude',
      'a/claude-haiku',
    ])
  })

  it.each<[string, Selection, string[]]>([
    ['providers', { providers: ['b'] }, ['b/x/claude', 'b/muse', 'b/notclaude']],
    ['a capability, not where it is denied or unknown', { capabilities: ['tools'] }, ['a/claude-haiku']],
    ['a denied capability', { capabilities: ['vision'] }, []],
    ['a capability named like something of every object', { capabilities: ['constructor'] }, []],
    ['what it takes', { input: ['image'] }, ['a/claude-haiku']],
    ['what it gives', { output: ['image'] }, []],
    ['the price in, known', { mostInputPrice: 0.1 }, ['a/embed', 'b/x/claude', 'b/muse']],
    ['the price out, known', { mostOutputPrice: 0 }, ['a/embed', 'b/x/claude']],
    ['free only where both prices are known', { isFree: true }, ['b/x/claude']],
    ['a window, known', { leastContext: 513 }, ['a/claude-haiku']],
    ['a window of any size, known', { leastContext: 0 }, ['a/claude-haiku', 'a/embed']],
    ['an answer of any size, known', { leastOutput: 0 }, ['a/claude-haiku']],
    ['an answer, known', { leastOutput: 64_000 }, ['a/claude-haiku']],
    ['a day, known', { releasedSince: '2024-01-01' }, ['a/claude-haiku', 'a/embed']],
    ['a later day', { releasedSince: '2024-01-02' }, ['a/claude-haiku']],
    ['deprecated or with an end', { deprecated: 'only' }, ['a/embed', 'b/notclaude']],
    [
      'not deprecated as far as is known',
      { deprecated: 'hide' },
      ['a/claude-haiku', 'a/mystery', 'b/x/claude', 'b/muse'],
    ],
    ['all of it together', { search: 'claude', providers: ['a'], kinds: ['chat'] }, ['a/claude-haiku']],
  ])('filters by %s', (_name, selection, ids) => {
    expect(find(selection)).toEqual(ids)
  })

  it('never lists the custom model, and each listed one by its id', () => {
    const index = createModelIndex(both)
    expect(find({})).not.toContain('custom')
    expect(index.byId.get('b/muse')?.provider).toEqual({ provider_key: 'b', name: 'Bolt' })
  })

  it('works nothing out twice', () => {
    expect(createModelIndex(both)).toBe(createModelIndex(both))
    const later = createModelIndex([...both])
    expect(later.listed[0]).toBe(createModelIndex(both).listed[0])
    expect(later.sorted(usualSort('name'))).toBe(later.sorted(usualSort('name')))
  })

  it('finds the same as selecting, whatever is searched', () => {
    const word = fc.constantFrom('a', 'claude', 'CLAUDE', 'e', 'bolt', 'x/', '\n', '/', 'zz', 'é', 'mystery')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3 }), (words) => {
        const search = words.join(' ')
        const selected = selectModels({ providers: both, statuses: [] }, { search }).providers
        const ids = selected
          .flatMap((group) => group.models.map(({ id }) => id))
          .filter((id) => id !== 'custom')
        expect(find({ search }).toSorted()).toEqual(ids.toSorted())
      }),
    )
  })
})
