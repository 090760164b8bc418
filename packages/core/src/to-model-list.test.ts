import { describe, expect, it } from 'vitest'
import { cohere } from './providers/cohere.ts'
import { openai } from './providers/openai.ts'
import { createModelList } from './to-model-list.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

function listOf(entries: readonly unknown[], mostModels?: number) {
  const list = createModelList(openai, NOW, mostModels)
  list.add(entries)
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

  it('is found over pages', () => {
    const list = createModelList(cohere, NOW)
    list.add([{ name: 'command-r-08-2024' }])
    list.add([{ name: 'command-r' }])
    expect(list.finish().models[0]?.snapshot_of).toBe('cohere/command-r')
  })
})

describe('truncation', () => {
  const entries = ['a', 'b', 'c'].map((id) => ({ id }))

  it('cuts beyond the limit and says so', () => {
    const list = listOf(entries, 2)
    expect(list.isFull).toBe(true)
    expect(list.finish()).toMatchObject({
      models: [{ id: 'openai/a' }, { id: 'openai/b' }],
      isTruncated: true,
    })
  })

  it('does not say so of a list that just fits', () => {
    const list = listOf(entries, 3)
    expect(list.isFull).toBe(true)
    expect(list.finish().isTruncated).toBe(false)
  })

  it('counts odd entries too, so that a million of them costs no more', () => {
    const list = listOf([null, null, ...entries], 2)
    expect(list.finish()).toEqual({ models: [], droppedCount: 2, isTruncated: true })
  })

  it('reads 20,000 by default', () => {
    const many = Array.from({ length: 20_001 }, (_, index) => ({ id: `m${index}` }))
    const { models, isTruncated } = listOf(many).finish()
    expect(models).toHaveLength(20_000)
    expect(isTruncated).toBe(true)
  })
})
