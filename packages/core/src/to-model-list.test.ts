import { describe, expect, it } from 'vitest'
import { cohere } from './providers/cohere.ts'
import { mistral } from './providers/mistral.ts'
import { openai } from './providers/openai.ts'
import { createModelList } from './to-model-list.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

function listOf(entries: readonly unknown[], mostModels?: number) {
  const list = createModelList(openai, NOW, mostModels)
  for (const entry of entries) list.add(entry)
  return list
}

it('keeps the provider’s order and the first of two equal ids, and counts no repetition', () => {
  const entries = [{ id: 'b', created: 1_700_000_000 }, { id: 'a' }, { id: 'b', created: 1 }, { id: 'B' }]
  const { models, droppedCount } = listOf(entries).finish()
  expect(models.map(({ id }) => id)).toEqual(['openai/b', 'openai/a', 'openai/B'])
  expect(models[0]?.released_at).toBe('2023-11-14T22:13:20Z')
  expect(droppedCount).toBe(0)
})

it('counts what it cannot read or show', () => {
  const { models, droppedCount } = listOf([
    null,
    {},
    { id: 5 },
    { id: '' },
    { id: 'a\u202e' },
    { id: 'a' },
  ]).finish()
  expect(models).toHaveLength(1)
  expect(droppedCount).toBe(5)
})

describe('snapshot_of', () => {
  it.each([
    ['the alias before it', ['gpt-4o', 'gpt-4o-2024-08-06'], 'openai/gpt-4o'],
    ['the alias after it', ['gpt-4o-2024-08-06', 'gpt-4o'], 'openai/gpt-4o'],
    ['…-latest', ['gpt-4o-latest', 'gpt-4o-2024-08-06'], 'openai/gpt-4o-latest'],
    ['the plain one of both', ['gpt-4o-latest', 'gpt-4o', 'gpt-4o-2024-08-06'], 'openai/gpt-4o'],
    ['nothing that is not listed', ['gpt-4', 'gpt-4o-2024-08-06'], undefined],
  ])('is %s', (_name, ids, alias) => {
    const { models } = listOf(ids.map((id) => ({ id }))).finish()
    const snapshot = models.find(({ id }) => id.endsWith('2024-08-06'))
    expect(snapshot?.snapshot_of).toBe(alias)
    expect(models.filter((model) => 'snapshot_of' in model)).toHaveLength(alias ? 1 : 0)
  })

  describe('where aliases are stated', () => {
    /** The snapshots among these, by their native ids, with what they are snapshots of. */
    function snapshots(...entries: { id: string; name?: string; aliases?: string[] }[]) {
      const list = createModelList(mistral, NOW)
      for (const entry of entries) list.add(entry)
      const { models } = list.finish()
      return models.flatMap(({ id, snapshot_of }) => (snapshot_of ? [[id, snapshot_of]] : []))
    }
    const older = 'mistral-large-2411'
    const newer = 'mistral-large-2512'
    const alias = 'mistral-large-latest'
    const link = [`mistral/${newer}`, `mistral/${alias}`]

    it('by the alias, only what it stands for is its snapshot', () => {
      expect(snapshots({ id: older }, { id: newer }, { id: alias, aliases: [newer] })).toEqual([link])
      expect(snapshots({ id: older }, { id: newer }, { id: alias, name: newer })).toEqual([link])
    })

    it('by the snapshot, only its alias counts', () => {
      expect(snapshots({ id: newer, aliases: [alias] }, { id: alias })).toEqual([link])
      expect(snapshots({ id: older, aliases: ['something-else'] }, { id: alias })).toEqual([])
    })

    it('by both, one of the two links is enough', () => {
      expect(snapshots({ id: newer, aliases: ['large'] }, { id: alias, aliases: [newer] })).toEqual([link])
      expect(snapshots({ id: newer, aliases: [alias] }, { id: alias, aliases: ['large'] })).toEqual([link])
      expect(snapshots({ id: newer, aliases: ['large'] }, { id: alias, aliases: [older] })).toEqual([])
    })

    it('by neither, the names decide', () => {
      expect(snapshots({ id: older, aliases: [] }, { id: alias, name: alias })).toEqual([
        [`mistral/${older}`, `mistral/${alias}`],
      ])
    })

    it('the plain name gives way to the alias that is stated', () => {
      expect(
        snapshots({ id: 'mistral-large', aliases: [older] }, { id: alias, aliases: [newer] }, { id: newer }),
      ).toEqual([link])
    })

    it('an alias of which much is said keeps its snapshot', () => {
      const many = Array.from({ length: 1_000 }, (_, index) => `alias-${index}`)
      expect(snapshots({ id: newer, aliases: [alias, ...many] }, { id: alias })).toEqual([link])
    })
  })

  it('is found over pages', () => {
    const list = createModelList(cohere, NOW)
    list.add({ name: 'command-r-08-2024' })
    list.add({ name: 'command-r' })
    expect(list.finish().models[0]?.snapshot_of).toBe('cohere/command-r')
  })
})

describe('the limit', () => {
  const entries = ['a', 'b', 'c'].map((id) => ({ id }))

  it('is where reading ends', () => {
    const list = listOf(entries, 2)
    expect(list.isFull).toBe(true)
    expect(list.finish()).toMatchObject({ models: [{ id: 'openai/a' }, { id: 'openai/b' }] })
    expect(listOf(entries, 4).isFull).toBe(false)
  })

  it('counts odd entries and repetitions too, so that a million of them costs no more', () => {
    expect(listOf([null, null, ...entries], 2).finish()).toEqual({ models: [], droppedCount: 2 })
    expect(listOf([{ id: 'a' }, { id: 'a' }, ...entries], 2).finish().models).toHaveLength(1)
  })

  it('is 20,000 by default', () => {
    const many = Array.from({ length: 20_001 }, (_, index) => ({ id: `m${index}` }))
    expect(listOf(many).finish().models).toHaveLength(20_000)
  })
})

describe('the text that was sent', () => {
  const aliases = ['beta', 'x'.repeat(1_000)]
  const entry = {
    id: 'a',
    description: 'd'.repeat(30_000),
    aliases,
    deprecation_replacement_model: 'successor',
  }

  it('is uncut and from every field, also from entries that come to nothing more', () => {
    const list = createModelList(mistral, NOW)
    list.add(entry)
    list.add({ ...entry, description: 'of a repetition' })
    const texts = list.takeTextsAsSent().flatMap((text) => text.split('\n'))
    for (const part of ['a', entry.description, ...aliases, 'successor', 'of a repetition']) {
      expect(texts).toContain(part)
    }
  })

  it('is given once', () => {
    const list = createModelList(mistral, NOW)
    list.add(entry)
    list.takeTextsAsSent()
    expect(list.takeTextsAsSent().join()).toBe('')
    list.add({ id: 'b' })
    expect(list.takeTextsAsSent().join()).toBe('b')
  })
})
