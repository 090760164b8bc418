import { PROVIDERS } from '@rollcall/core'
import { expect, it } from 'vitest'
import { chatClientOf } from './chat-clients.ts'

it('asks at the addresses the providers tell their users', () => {
  const bases = PROVIDERS.map((provider) => [provider.key, chatClientOf(provider, undefined).base])
  expect(Object.fromEntries(bases)).toEqual({
    openai: 'https://api.openai.com/v1',
    anthropic: 'https://api.anthropic.com/v1',
    google: 'https://generativelanguage.googleapis.com/v1beta',
    mistral: 'https://api.mistral.ai/v1',
    groq: 'https://api.groq.com/openai/v1',
    together: 'https://api.together.ai/v1',
    cohere: 'https://api.cohere.com/v2',
    fireworks: 'https://api.fireworks.ai/inference/v1',
    openrouter: 'https://openrouter.ai/api/v1',
  })
})

it('asks below a base that was put in their place', () => {
  const base = 'https://proxy.example/v1'
  for (const provider of PROVIDERS) {
    const expected = provider.key === 'cohere' ? 'https://proxy.example/v2' : base
    expect([provider.key, chatClientOf(provider, base).base]).toEqual([provider.key, expected])
  }
})
