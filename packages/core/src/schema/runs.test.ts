import { describe, expect, it } from 'vitest'
import { NewRun, RUN_LIMITS, RUN_PARAMETER_LIMITS, RunsQuery } from './runs.ts'

const good = { models: ['openai/gpt-4o'], prompt: 'Why?' }
const problemOf = (more: object) => {
  const { error } = NewRun.safeParse({ ...good, ...more })
  return error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)[0]
}

describe('a new run', () => {
  it.each([
    {},
    { models: ['a/b', 'c/d', 'e/f', 'A/b'] },
    { prompt: '😀'.repeat(RUN_LIMITS.promptChars) },
    { prompt: ' x\n\u200b' },
    { system_prompt: '' },
    { parameters: {} },
    { parameters: { temperature: 0, top_p: 1, max_output_tokens: 1_000_000, timeout_ms: 1_000 } },
  ])('may hold %.60j', (more) => {
    expect(NewRun.parse({ ...good, ...more })).toEqual({ ...good, ...more })
  })

  it.each([
    [{ models: [] }, 'models names no model'],
    [{ models: ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'] }, 'models names more than 4 models'],
    [{ models: ['a/b', 'a/b'] }, 'models names a model twice'],
    [{ models: ['a/b', 'x y/z'] }, 'models.1 holds a space at position 2'],
    [{ prompt: '' }, 'prompt is empty'],
    [{ prompt: ' \n\t\u00a0' }, 'prompt is empty'],
    [{ prompt: 'a\0' }, 'prompt holds a character that cannot be stored'],
    [{ prompt: '\ud800' }, 'prompt holds a character that cannot be stored'],
    [{ prompt: 'x'.repeat(RUN_LIMITS.promptChars + 1) }, 'prompt is longer than 200,000 characters'],
    [{ prompt: '😀'.repeat(RUN_LIMITS.promptChars + 1) }, 'prompt is longer than 200,000 characters'],
    [
      { system_prompt: 'x'.repeat(RUN_LIMITS.promptChars + 1) },
      'system_prompt is longer than 200,000 characters',
    ],
    [{ parameters: { max_output_tokens: 1_000_001 } }, 'parameters.max_output_tokens is more than 1,000,000'],
    [{ parameters: { timeout_ms: 999 } }, 'parameters.timeout_ms is less than 1,000'],
  ])('may not hold %.60j', (more, problem) => {
    expect(problemOf(more)).toBe(problem)
  })

  it.each(Object.entries(RUN_PARAMETER_LIMITS))(
    'takes %s within its limits alone',
    (name, { least, most }) => {
      const withIt = (value: unknown) => problemOf({ parameters: { [name]: value } })
      expect([withIt(least), withIt(most)]).toEqual([undefined, undefined])
      for (const value of [least - 1, most + 1, `${least}`, null, Number.NaN])
        expect(withIt(value)).toBeDefined()
    },
  )

  it.each(['max_output_tokens', 'timeout_ms'])('takes whole numbers alone as %s', (name) => {
    expect(problemOf({ parameters: { [name]: 1000.5 } })).toBeDefined()
  })

  it.each([{ other: 1 }, { parameters: { other: 1 } }])('knows nothing of %j', (more) => {
    expect(NewRun.safeParse({ ...good, ...more }).error?.issues[0]?.code).toBe('unrecognized_keys')
  })
})

describe('a question for runs', () => {
  it.each([
    {},
    {
      limit: '200',
      after: '01930000-0000-7000-8000-000000000000',
      search: 'a b',
      provider: 'openai',
      model: 'a/b',
      status: 'not_started',
    },
  ])('may be %j', (query) => {
    expect(RunsQuery.safeParse(query).error).toBeUndefined()
  })

  it.each([
    { limit: '0' },
    { limit: '201' },
    { limit: '1.5' },
    { provider: '' },
    { provider: 'a/b' },
    { provider: 'a b' },
    { model: 'a' },
    { status: 'done' },
    { search: 'x'.repeat(501) },
    { search: '\0' },
  ])('may not be %.40j', (query) => {
    expect(RunsQuery.safeParse(query).success).toBe(false)
  })
})
