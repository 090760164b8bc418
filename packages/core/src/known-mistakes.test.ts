import { describe, expect, it } from 'vitest'
import { withoutMistakes } from './known-mistakes.ts'

describe('a figure that is known to be wrong', () => {
  it('is left out, and nothing beside it', () => {
    const said = {
      context_window: 400_000,
      max_output_tokens: 128_000,
      pricing: { input: 1.25 },
      capabilities: { reasoning: true, vision: true },
    }
    expect(withoutMistakes('openai/gpt-5-chat-latest', said)).toEqual({
      pricing: { input: 1.25 },
      capabilities: { vision: true },
    })
    expect(said.context_window).toBe(400_000)
  })

  it('counts again once the source says another', () => {
    const said = { context_window: 128_000, max_output_tokens: 16_384 }
    expect(withoutMistakes('openai/gpt-5-chat-latest', said)).toEqual(said)
  })

  it('is another model’s own affair', () => {
    const said = { context_window: 400_000 }
    expect(withoutMistakes('openai/gpt-5', said)).toBe(said)
    expect(withoutMistakes('__proto__', said)).toBe(said)
  })
})
