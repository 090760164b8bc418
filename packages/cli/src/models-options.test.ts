import { describe, expect, it } from 'vitest'
import { type ModelsOptions, readSelection } from './models-options.ts'
import { UsageError } from './usage-error.ts'

describe('what models are narrowed by', () => {
  it('is what the API understands', () => {
    expect(
      readSelection({
        kind: ['chat'],
        search: 'claude',
        sort: 'price',
        capability: ['tools', 'vision'],
        modality: ['image'],
        outputModality: ['text'],
        minContext: '200000',
        minOutput: '32000',
        maxInputPrice: '2.5',
        maxOutputPrice: '10',
        releasedSince: '2026-01-31',
        free: true,
        deprecated: false,
      }),
    ).toEqual({
      kinds: ['chat'],
      search: 'claude',
      sort: { by: 'price', isDescending: false },
      providers: undefined,
      capabilities: ['tools', 'vision'],
      input: ['image'],
      output: ['text'],
      leastContext: 200_000,
      leastOutput: 32_000,
      mostInputPrice: 2.5,
      mostOutputPrice: 10,
      releasedSince: '2026-01-31',
      isFree: true,
      deprecated: 'hide',
    })
    expect(readSelection({ deprecated: true })).toMatchObject({ deprecated: 'only', kinds: [] })
    expect(Object.values(readSelection({})).filter((value) => value !== undefined)).toEqual([[]])
  })

  it.each<[ModelsOptions, string]>([
    [{ modality: ['smell'] }, '--modality is not one of text, image, audio, video, pdf.'],
    [{ outputModality: ['smell'] }, '--output-modality is not one of text,'],
    [{ minContext: '9'.repeat(11) }, '--min-context is no number of tokens.'],
    [{ maxInputPrice: '-1' }, '--max-input-price is no price in USD per million tokens, as 2.5.'],
    [{ maxOutputPrice: '$2' }, '--max-output-price is no price'],
    [{ releasedSince: '2026-02-31' }, '--released-since is no day, as 2026-01-31.'],
    [{ capability: ['x'.repeat(501)] }, '--capability is longer than 500 characters.'],
  ])('%j is wrong usage', (options, sentence) => {
    expect(() => readSelection(options)).toThrow(UsageError)
    expect(() => readSelection(options)).toThrow(sentence)
  })
})
