import { calcPrice, findProvider, type ModelInfo } from '@pydantic/genai-prices'
import { describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import type { Names } from './find-entry.ts'
import { createKnownPrices } from './known-prices.ts'
import { PROVIDERS } from './providers/index.ts'

const NOW = Date.parse('2026-11-24')

function priceOf(name: string, names: Partial<Names> = {}, now = NOW) {
  const { quote } = createKnownPrices(() => now)
  return quote(namesOf(name, names))?.pricing
}

/** Of a model, by its provider's own names. */
function namesOf(name: string, { provider = 'openai', aliases = [], ...names }: Partial<Names> = {}): Names {
  const prefixed = (id: string) => `${provider}/${id}`
  return {
    provider,
    id: prefixed(name),
    aliases: aliases.map(prefixed),
    month: undefined,
    isMoving: false,
    undated: undefined,
    ...names,
  }
}

describe('the installed prices', () => {
  it('have the day of the installed version', () => {
    // the day stands in known-prices.ts, beside the version that it belongs to
    expect(packageJson.dependencies['@pydantic/genai-prices']).toBe('0.1.8')
    const { quote } = createKnownPrices(() => NOW)
    expect(quote(namesOf('gpt-4o'))?.source).toEqual({ from: 'genai-prices', date: '2026-09-23' })
  })

  it('are known by the exact id', () => {
    expect(priceOf('gpt-4o')).toEqual({ input: 2.5, output: 10, cached_input: 1.25 })
    expect(priceOf('gpt-4o-unheard-of')).toBeUndefined()
    expect(priceOf('GPT-4o')).toBeUndefined()
    expect(priceOf('__proto__')).toBeUndefined()
    expect(priceOf('gpt-4o', { provider: 'nobody' })).toBeUndefined()
    expect(priceOf('gpt-4o', { provider: 'toString' })).toBeUndefined()
  })

  it('are known by the undated name only where the package gives that price to the snapshot too', () => {
    expect(priceOf('claude-sonnet-4-5-20250929', { provider: 'anthropic', month: '2025-09' })).toMatchObject({
      input: 3,
    })
    // "mistral-large" is named there with its snapshots, of which this is none
    expect(priceOf('mistral-large-2611', { provider: 'mistral', month: '2026-11' })).toBeUndefined()
  })

  it('are not known by a name that stands for something else by now', () => {
    const moving = { provider: 'mistral', aliases: ['mistral-large-2611'], month: '2026-11', isMoving: true }
    expect(priceOf('mistral-large-latest', moving)).toBeUndefined()
    expect(priceOf('mistral-large', moving)).toBeUndefined()
    const known = { provider: 'mistral', aliases: ['mistral-large-2512'], month: '2025-12', isMoving: true }
    expect(priceOf('mistral-large-latest', known)).toMatchObject({ input: 0.5, output: 1.5 })
  })

  it('are not known by a name that moves on, unless the package keeps a price for it alone', () => {
    expect(priceOf('codestral-latest', { provider: 'mistral' })).toBeUndefined()
    expect(priceOf('chatgpt-4o-latest')).toEqual({ input: 5, output: 15 })
  })

  it('are of a model that the package names in full, whatever its patterns fit', () => {
    const namesIn = (match: ModelInfo['match']): string[] => {
      if ('equals' in match) return [match.equals]
      return 'or' in match ? match.or.flatMap(namesIn) : []
    }
    for (const { key } of PROVIDERS) {
      const provider = findProvider({ providerId: key })
      for (const { id, match } of provider?.models ?? []) {
        for (const name of namesIn(match)) {
          const found = provider && calcPrice({ input_tokens: 0 }, name, { provider })
          expect([name, found?.model.id]).toEqual([name, id])
        }
      }
    }
  })

  it('are those up to the first tier', () => {
    expect(priceOf('gemini-2.5-pro', { provider: 'google' })).toEqual({
      input: 1.25,
      output: 10,
      cached_input: 0.125,
    })
  })

  it('are those of the day', () => {
    const voxtral = { provider: 'mistral', month: '2025-07' }
    expect(priceOf('voxtral-small-2507', voxtral, Date.parse('2026-08-01'))?.output).toBe(0.3)
    expect(priceOf('voxtral-small-2507', voxtral)?.output).toBe(0.4)
  })

  it('change with the day while it is kept', () => {
    let now = Date.parse('2026-08-01')
    const { quote } = createKnownPrices(() => now)
    const names = namesOf('voxtral-small-2507', { provider: 'mistral', month: '2025-07' })
    expect(quote(names)?.pricing.output).toBe(0.3)
    now = NOW
    expect(quote(names)?.pricing.output).toBe(0.4)
  })

  it('are not known by a name that is pointed at every new release', () => {
    expect(priceOf('gemini-flash-latest', { provider: 'google' })).toBeUndefined()
    expect(priceOf('chat-latest')).toBeUndefined()
  })

  it('leave out what the package mistakes', () => {
    expect(priceOf('openai/gpt-oss-safeguard-20b', { provider: 'groq' })).toBeUndefined()
    expect(priceOf('gpt-4o-mini-search-preview')).toEqual({ input: 0.15, output: 0.6 })
  })
})
