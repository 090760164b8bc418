import { expect, it } from 'vitest'
import { likelyProvider } from './likely-provider.ts'

it.each([
  ['sk-ant-api03-x', 'anthropic'],
  ['sk-or-v1-x', 'openrouter'],
  ['sk-proj-x', 'openai'],
  ['AIzaSyX', 'google'],
  ['gsk_x', 'groq'],
  ['fw_x', 'fireworks'],
  // others make such keys too
  ['sk-x', undefined],
  ['', undefined],
  ['a-sk-ant-x', undefined],
])('%j is a key of %s', (key, provider) => {
  expect(likelyProvider(key)).toBe(provider)
})
