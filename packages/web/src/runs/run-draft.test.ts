import { RUN_LIMITS, type Run } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { problemsOf, toNewRun } from './draft-problems.ts'
import { draftOf, EMPTY_DRAFT, RunDraft, withAnotherModel, withModel, withoutModel } from './run-draft.ts'

const RUN: Run = {
  id: 'r',
  created_at: '2026-01-01T00:00:00Z',
  models: ['openai/gpt-4o', 'openrouter/anthropic/claude'],
  prompt: ' Why?\n',
  system_prompt: null,
  parameters: { temperature: 0, timeout_ms: 1500 },
  status: 'not_started',
  finished_at: null,
  answers: [],
}
const ready = draftOf(RUN)

describe('a draft', () => {
  it('of a run becomes the same run again, to the letter', () => {
    const { models, prompt, parameters } = RUN
    expect(problemsOf(ready).isReady).toBe(true)
    expect(toNewRun(ready)).toEqual({ models, prompt, parameters })
    expect(toNewRun(draftOf({ ...RUN, system_prompt: 'Be kind' })).system_prompt).toBe('Be kind')
  })

  it('survives being stored', () => {
    expect(RunDraft.parse(JSON.parse(JSON.stringify(ready)))).toEqual(ready)
  })

  it('keeps the other models in their places when one goes', () => {
    const three = withAnotherModel(ready)
    expect(withoutModel(three, 0).models.map(({ slot }) => slot)).toEqual([1, 2])
    expect(withModel(three, 2, { id: 'a/b', isCustom: true }).models[2]).toEqual({
      slot: 2,
      id: 'a/b',
      isCustom: true,
    })
    expect(withAnotherModel(withoutModel(three, 1)).models.map(({ slot }) => slot)).toEqual([0, 2, 3])
  })
})

describe('problemsOf', () => {
  it('names what is missing in an empty draft', () => {
    const { models, prompt, isReady } = problemsOf(EMPTY_DRAFT)
    expect([models.get(0), prompt, isReady]).toEqual(['Choose a model.', 'Write a prompt.', false])
  })

  it('takes no model twice, and no id that is none', () => {
    const twice = withModel(ready, 1, { id: 'openai/gpt-4o', isCustom: true })
    expect(problemsOf(twice).models).toEqual(new Map([[1, 'This model is chosen already.']]))
    expect(problemsOf(withModel(ready, 0, { id: 'gpt', isCustom: true })).models.get(0)).toContain('no slash')
  })

  it('counts characters as people do', () => {
    const smiles = '🙂'.repeat(RUN_LIMITS.promptChars)
    expect(problemsOf({ ...ready, prompt: smiles }).prompt).toBeUndefined()
    expect(problemsOf({ ...ready, prompt: `${smiles}ab` }).prompt).toContain('2 characters longer')
  })

  it.each([
    ['temperature', '2.1', '0 to 2'],
    ['temperature', '0,7', 'not a number'],
    ['top_p', '-1', '0 to 1'],
    ['max_output_tokens', '1.5', 'whole number'],
    ['max_output_tokens', '0', '1 to 1,000,000'],
    ['timeout_ms', '601', '1 to 600'],
    ['timeout_ms', 'Infinity', '1 to 600'],
  ] as const)('explains %s of %s', (name, text, words) => {
    const draft = { ...ready, parameters: { ...EMPTY_DRAFT.parameters, [name]: text } }
    expect(problemsOf(draft).parameters[name]).toContain(words)
    expect(problemsOf(draft).isReady).toBe(false)
  })
})
