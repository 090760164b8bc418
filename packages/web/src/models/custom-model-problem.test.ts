import { describe, expect, it } from 'vitest'
import { problemSentence, problemWhileTyping } from './custom-model-problem.ts'

describe('problemWhileTyping', () => {
  it.each(['', 'o', 'openai', 'openai/', 'openai/gpt', 'a/b/c'])(
    'says nothing of %j, which may go on',
    (text) => {
      expect(problemWhileTyping(text)).toBeUndefined()
    },
  )

  it.each(['/', '/gpt', 'open ai', 'openai/gpt 4', 'openai/gpt\u200b', `a/${'x'.repeat(511)}`])(
    'says at once what no further letter mends in %j',
    (text) => {
      expect(problemWhileTyping(text)).toBe(problemSentence(text))
      expect(problemSentence(text)).toMatch(/^The id .+\.$/)
    },
  )

  it('calls what is only half typed wrong once it is meant', () => {
    expect(problemSentence('openai')).toContain('provider/model-name')
    expect(problemSentence('openai/gpt')).toBeUndefined()
  })
})
