import { describe, expect, it } from 'vitest'
import { refineFault } from './refine-fault.ts'

const refused = { code: 'upstream_error', httpStatus: 400 } as const
const SET = ['temperature', 'max_output_tokens'] as const

describe('what an error is about', () => {
  it.each([
    ['model_not_found', 404, { error: { message: 'The model `x` does not exist', code: 'model_not_found' } }],
    [
      'model_not_found',
      403,
      { error: { message: 'Project has no access to model x', code: 'model_not_found' } },
    ],
    ['model_not_found', 404, { type: 'error', error: { type: 'not_found_error', message: 'model: x' } }],
    ['model_not_found', 404, { error: { message: 'models/x is not found for API version v1beta' } }],
    [
      'model_not_found',
      400,
      { error: { message: '* GenerateContentRequest.model: unexpected model name format' } },
    ],
    [
      'model_not_found',
      400,
      { object: 'error', message: 'Invalid model: x', type: 'invalid_model', code: '1500' },
    ],
    ['model_not_found', 400, { error: { message: 'bad/model is not a valid model ID', code: 400 } }],
    [
      'model_not_found',
      404,
      { id: '1', message: "model 'x' not found, make sure the correct model ID was used" },
    ],
    ['prompt_too_long', 400, { error: { code: 'context_length_exceeded', message: 'too much' } }],
    ['prompt_too_long', 400, { error: { message: 'prompt is too long: 2 tokens > 1 maximum' } }],
    ['prompt_too_long', 400, { error_type: 'TOO_MANY_TOKENS', message: 'size limit exceeded by 2 tokens' }],
    ['prompt_too_long', 413, undefined],
    ['request_refused', 400, { error: { message: 'invalid model configuration of yours' } }],
    ['request_refused', 422, { message: 'No valid response generated.' }],
    ['upstream_error', 404, { detail: 'Not Found' }],
    ['upstream_error', 500, { error: { message: 'The model does not exist' } }],
    ['upstream_error', 400, undefined],
  ] as const)('%s (%i) %j', (code, httpStatus, said) => {
    expect(refineFault({ ...refused, httpStatus }, said, [])).toMatchObject({ code, httpStatus })
  })

  it('can only be a parameter that was set', () => {
    const said = { error: { message: "Unsupported value: 'temperature' does not support 0.5" } }
    expect(refineFault(refused, said, SET)).toMatchObject({ code: 'request_refused', detail: 'temperature' })
    expect(refineFault(refused, said, ['top_p'])).toEqual({ code: 'request_refused', httpStatus: 400 })
    const most = {
      error: { message: "Invalid 'max_output_tokens': below minimum", param: 'max_output_tokens' },
    }
    expect(refineFault(refused, most, SET)).toMatchObject({ detail: 'max_output_tokens' })
  })

  it('is never a parameter where the code says more', () => {
    const said = { error: { message: 'temperature' } }
    expect(refineFault({ code: 'key_rejected', httpStatus: 400 }, said, SET).code).toBe('key_rejected')
    expect(refineFault({ code: 'upstream_error' }, said, SET)).toEqual({ code: 'upstream_error' })
  })

  it('keeps nothing of what was said', () => {
    const said = { error: { message: 'prompt is too long, sk-secret', param: 'temperature' } }
    expect(JSON.stringify(refineFault(refused, said, SET))).not.toContain('secret')
  })
})
