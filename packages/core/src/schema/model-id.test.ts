import { describe, expect, it } from 'vitest'
import { ModelId, problemOfModelId } from './model-id.ts'

describe('a model id', () => {
  it.each([
    'openai/gpt-4o',
    'groq/openai/gpt-oss-120b',
    'nobody/knows-it',
    'fireworks/accounts/fireworks/models/y',
    'openrouter/x:free',
    'p/ü',
    'p/模型',
    'p/😀',
    `p/${'😀'.repeat(510)}`,
  ])('may be %.40s', (text) => {
    expect(problemOfModelId(text)).toBeUndefined()
    expect(ModelId.parse(text)).toBe(text)
  })

  it.each([
    ['', 'is empty'],
    ['gpt-4o', 'has no slash: write it as provider/model-name'],
    ['/gpt-4o', 'has nothing before the slash'],
    ['openai/', 'has nothing after the slash'],
    ['/', 'has nothing before the slash'],
    ['a//b', 'has an empty part'],
    ['openai/x/', 'has an empty part'],
    ['openai/x//y', 'has an empty part'],
    [' openai/x', 'holds a space at position 1'],
    ['openai/x y', 'holds a space at position 9'],
    ['openai/x\n', 'holds a line break at position 9'],
    ['openai/\tx', 'holds a tab at position 8'],
    ['openai/\0x', 'holds a control character (U+0000) at position 8'],
    ['openai/\u0085x', 'holds an invisible character (U+0085) at position 8'],
    ['openai/x\u200by', 'holds an invisible character (U+200B) at position 9'],
    ['openai/x\u202e', 'holds an invisible character (U+202E) at position 9'],
    ['openai/x\u2028', 'holds an invisible character (U+2028) at position 9'],
    ['openai/x\u00a0', 'holds an invisible character (U+00A0) at position 9'],
    ['openai/x\u3164', 'holds an invisible character (U+3164) at position 9'],
    ['openai/x\ud800', 'holds an invisible character (U+D800) at position 9'],
    ['😀/x y', 'holds a space at position 4'],
    [`p/${'x'.repeat(511)}`, 'is longer than 512 characters'],
    [`p/${'😀'.repeat(511)}`, 'is longer than 512 characters'],
  ])('is not %j: it %s', (text, problem) => {
    expect(problemOfModelId(text)).toBe(problem)
    expect(ModelId.safeParse(text).error?.issues).toMatchObject([{ message: problem }])
  })
})
