import { describe, expect, it } from 'vitest'
import { compareModels } from './compare-models.ts'
import type { Model } from './schema/model.ts'

const model = (id: string, facts: Partial<Model> = {}): Model => ({ id: `p/${id}`, name: id, ...facts })

function lineOf(field: string, ...models: Partial<Model>[]) {
  const line = compareModels(models.map((facts, index) => model(String(index), facts))).find(
    (one) => one.field === field,
  )
  return line && { values: line.facts.map(({ value }) => value), differs: line.differs, best: [...line.best] }
}

describe('models side by side', () => {
  it.each<[string, string, Partial<Model>[], (string | undefined)[], boolean, number[]]>([
    [
      'the largest window is the best',
      'context_window',
      [{ context_window: 8_000 }, { context_window: 128_000 }],
      ['8,000', '128,000'],
      true,
      [1],
    ],
    [
      'the lowest price is, and free is lower than any',
      'pricing.input',
      [{ pricing: { input: 0 } }, { pricing: { input: 2 } }, { pricing: { input: 1 } }],
      ['free', '$2', '$1'],
      true,
      [0],
    ],
    [
      'the newest is',
      'released_at',
      [{ released_at: '2025-08-05' }, { released_at: '2026-01-01T10:00:00Z' }],
      ['2025-08-05', '2026-01-01'],
      true,
      [1],
    ],
    [
      'whoever can is',
      'capabilities.tools',
      [{ capabilities: { tools: true } }, { capabilities: { tools: false } }, { capabilities: {} }],
      ['yes', 'no', undefined],
      true,
      [0],
    ],
    [
      'several may share it',
      'context_window',
      [{ context_window: 5 }, { context_window: 9 }, { context_window: 9 }],
      ['5', '9', '9'],
      true,
      [1, 2],
    ],
    [
      'nobody is where all are alike',
      'context_window',
      [{ context_window: 9 }, { context_window: 9 }],
      ['9', '9'],
      false,
      [],
    ],
    [
      'unknown is neither another value nor worse',
      'context_window',
      [{ context_window: 9 }, {}],
      ['9', undefined],
      false,
      [],
    ],
    [
      'unknown is never the best, be the others free',
      'pricing.output',
      [{}, { pricing: { output: 3 } }, { pricing: { output: 4 } }],
      [undefined, '$3', '$4'],
      true,
      [1],
    ],
    [
      'two of one day are alike',
      'released_at',
      [{ released_at: '2026-01-01T10:00:00Z' }, { released_at: '2026-01-01' }],
      ['2026-01-01', '2026-01-01'],
      false,
      [],
    ],
    [
      'no kind is better than another',
      'kind',
      [{ kind: 'chat' }, { kind: 'embedding' }],
      ['chat', 'embedding'],
      true,
      [],
    ],
  ])('%s', (_, field, models, values, differs, best) => {
    expect(lineOf(field, ...models)).toEqual({ values, differs, best })
  })

  it('has a line for the usual figures also where nobody says them, and for nothing else', () => {
    const fields = compareModels([model('a'), model('b')]).map(({ field }) => field)
    expect(fields).toEqual([
      'name',
      'kind',
      'context_window',
      'max_output_tokens',
      'pricing.input',
      'pricing.output',
      'released_at',
    ])
  })

  it('says from where each figure is', () => {
    const source = { from: 'models.dev', date: '2026-02-19' }
    const [, , window] = compareModels([
      model('a', { context_window: 5, sources: { context_window: source } }),
      model('b', { context_window: 6 }),
    ])
    expect(window?.facts.map(({ source: from }) => from)).toEqual([source, undefined])
  })
})
