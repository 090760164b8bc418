import { describe, expect, it } from 'vitest'
import { PROVIDERS } from './index.ts'
import { testProvider } from './provider.contract.ts'

describe('the registry', () => {
  it('has the contract’s providers in its order', () => {
    expect(PROVIDERS.map(({ key }) => key)).toEqual([
      'openai',
      'anthropic',
      'google',
      'mistral',
      'groq',
      'together',
      'cohere',
      'fireworks',
      'openrouter',
    ])
  })

  it('names no provider and no variable twice', () => {
    for (const values of [
      PROVIDERS.map(({ key }) => key),
      PROVIDERS.map(({ name }) => name),
      PROVIDERS.flatMap(({ keyVariables }) => keyVariables),
    ]) {
      expect(values).toEqual([...new Set(values)])
    }
  })

  it('reads keys from the variables of the contract', () => {
    expect(Object.fromEntries(PROVIDERS.map(({ key, keyVariables }) => [key, keyVariables]))).toEqual({
      openai: ['OPENAI_API_KEY'],
      anthropic: ['ANTHROPIC_API_KEY'],
      google: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
      mistral: ['MISTRAL_API_KEY'],
      groq: ['GROQ_API_KEY'],
      together: ['TOGETHER_API_KEY'],
      cohere: ['COHERE_API_KEY', 'CO_API_KEY'],
      fireworks: ['FIREWORKS_API_KEY'],
      openrouter: ['OPENROUTER_API_KEY'],
    })
  })
})

describe.each(PROVIDERS)('$name', testProvider)
