import { describe, expect, it } from 'vitest'
import { similarIds } from './similar-ids.ts'

const MODELS = [
  'openai/gpt-4o',
  'openai/gpt-4o-mini',
  'anthropic/claude-haiku-4-5',
  'openrouter/anthropic/claude-haiku-4.5',
  'groq/llama-3.3-70b-versatile',
]

describe('similar ids', () => {
  it.each([
    ['claud-hayku-45', 'anthropic/claude-haiku-4-5'],
    ['anthropic/claude haiku 4.5', 'anthropic/claude-haiku-4-5'],
    ['lama3.3-70b', 'groq/llama-3.3-70b-versatile'],
    ['GPT4o', 'openai/gpt-4o'],
    ['gtp-4o', 'openai/gpt-4o'],
  ])('%s is most like %s', (search, id) => {
    expect(similarIds(MODELS, search)[0]).toBe(id)
  })

  it.each([[''], ['x'], ['—'], ['zzzzzzzz'], ['-._/']])('nothing is like "%s"', (search) => {
    expect(similarIds(MODELS, search)).toEqual([])
  })

  it('names a few at most', () => {
    const many = Array.from({ length: 30 }, (_, index) => `p/model-${index}`)
    expect(similarIds(many, 'modle')).toHaveLength(4)
  })
})
