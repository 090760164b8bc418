import { ENDPOINTS, type Endpoint } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { problemSentence } from './problem-sentence.ts'

const canary = 'secret5Wq8rTz1'
const { register, createAccessToken, saveKey } = ENDPOINTS
const account = { email: 'ada@example.com', password: 'a long enough password' }

function sentenceOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value)
  return error && problemSentence(error)
}

describe('what is wrong with a request', () => {
  it.each<[string, unknown, string, string | undefined]>([
    ['a field is missing', { email: account.email }, 'password is missing.', 'password'],
    [
      'a field is of another type',
      { ...account, email: 1 },
      'email is not of the type string, or is missing.',
      'email',
    ],
    [
      'a field is too short',
      { ...account, password: 'x' },
      'password is shorter than 8 characters.',
      'password',
    ],
    ['a field has a wrong form', { ...account, email: 'x' }, 'email is not an e-mail address.', 'email'],
    ['all is of another type', [], 'The body is not of the type object, or is missing.', undefined],
    [
      'a field is not known',
      { ...account, pasword: 1 },
      'pasword is not known here: leave it out or check its spelling.',
      'pasword',
    ],
    [
      'a field is not known that could be anything',
      { ...account, [canary]: 1 },
      'There is a field that is not known here: leave it out.',
      undefined,
    ],
  ])('is told where %s', (_what, value, message, field) => {
    expect(sentenceOf(register.body, value)).toEqual({ message, ...(field === undefined ? {} : { field }) })
  })

  it('names what there is to choose from, and the place in a list', () => {
    expect(sentenceOf(createAccessToken.body, { name: 'x', scopes: ['models', canary] })).toEqual({
      message: 'scopes.1 is not one of models, keys, runs, admin.',
      field: 'scopes.1',
    })
  })

  it('is one sentence that quotes no value, for whichever field', () => {
    const bodies = Object.values(ENDPOINTS as Record<string, Endpoint>).flatMap(({ body }) =>
      body ? [body] : [],
    )
    for (const body of bodies) {
      for (const field of Object.keys(body.shape)) {
        for (const value of [canary, [canary], { [canary]: canary }, 1e9, true, null, canary.repeat(100)]) {
          const sentence = sentenceOf(body, { [field]: value })
          expect(JSON.stringify(sentence ?? '')).not.toContain(canary)
          if (sentence) expect(sentence.message).toMatch(/^[\w.]+ [a-z].*\.$/)
        }
      }
    }
    expect(sentenceOf(saveKey.body, { provider: 'openai', key: [canary] })?.field).toBe('key')
  })
})
