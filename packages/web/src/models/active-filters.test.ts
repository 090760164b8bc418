import { describe, expect, it } from 'vitest'
import { activeFilters } from './active-filters.ts'
import { endOf } from './model-end.ts'
import { readView, writeView } from './model-view.ts'
import { nextSort } from './next-sort.ts'

const nameOf = (key: string) => ({ openai: 'OpenAI', groq: 'Groq' })[key] ?? key
const QUERY =
  '?q=x&provider=openai,groq&kind=chat&capability=tools,structured_output,fly&modality=image&output_modality=text&max_input_price=1.5&max_output_price=0&free=true&min_context=128000&min_output=8000&released_since=2025-01-01&deprecated=false&favourite=true&hidden=true'

describe('the filters that are on', () => {
  it('each say what they do', () => {
    expect(activeFilters(readView(QUERY), nameOf).map(({ words }) => words)).toEqual([
      'Favourites',
      'Hidden',
      'OpenAI, Groq',
      'Kind: chat',
      'Tools',
      'JSON',
      'fly',
      'Takes image',
      'Gives text',
      'Context ≥ 128k',
      'Max output ≥ 8k',
      'Input ≤ $1.50/M',
      'Output ≤ $0',
      'Free',
      'Released since 2025-01-01',
      'Not deprecated',
    ])
  })

  it('each take away themselves and nothing else, until the search is left', () => {
    let view = readView(QUERY)
    for (const left of Array.from({ length: 16 }, (_, index) => 15 - index)) {
      const [first] = activeFilters(view, nameOf)
      view = { ...view, ...first?.cleared }
      expect(activeFilters(view, nameOf)).toHaveLength(left)
    }
    expect(writeView(view)).toBe('?q=x')
  })
})

describe('the end of a model', () => {
  const TODAY = '2026-06-01'
  it.each([
    [{ retires_at: '2026-06-01' }, 'retired 2026-06-01'],
    [{ retires_at: '2026-06-02T00:00:00Z', deprecated: true }, 'retires 2026-06-02'],
    [{ deprecated_at: '2026-05-31' }, 'deprecated'],
    [{ deprecated_at: '2026-07-01' }, 'ends 2026-07-01'],
    [{ deprecated: true }, 'deprecated'],
    [{ deprecated: false }, undefined],
    [{}, undefined],
  ])('of %o is "%s"', (facts, words) => {
    expect(endOf({ id: 'a/b', name: 'b', ...facts }, TODAY)?.words).toBe(words)
  })
})

describe('pressing a title', () => {
  it('sorts by the most useful first, then the other way round, then not at all', () => {
    const first = nextSort(undefined, 'context')
    expect(first).toEqual({ by: 'context', isDescending: true })
    const second = nextSort(first, 'context')
    expect(second).toEqual({ by: 'context', isDescending: false })
    expect(nextSort(second, 'context')).toBeUndefined()
    expect(nextSort(first, 'price')).toEqual({ by: 'price', isDescending: false })
  })
})
