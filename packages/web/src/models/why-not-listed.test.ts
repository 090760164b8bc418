import type { ProviderInfo } from '@rollcall/core/schema'
import { expect, it } from 'vitest'
import type { ListedKey } from './listed-keys.ts'
import { whyNotListed } from './why-not-listed.ts'

const provider = (provider_key: string, name: string) => ({ provider_key, name }) as ProviderInfo
const key = (provider_key: string, more: Partial<ListedKey> = {}) =>
  ({ provider_key, isAsking: false, state: { sentence: null, status: undefined }, ...more }) as ListedKey
const failed = (code: string, sentence: string) => ({
  state: { sentence, status: { status: 'failed', code } } as ListedKey['state'],
})
const keys = [
  key('openai'),
  key('groq', { isAsking: true }),
  key('google', failed('timeout', 'Google did not answer.')),
  key('mistral', failed('key_rejected', 'Mistral rejected this key.')),
]
const providers = [
  provider('openai', 'OpenAI'),
  provider('groq', 'Groq'),
  provider('google', 'Google'),
  provider('mistral', 'Mistral'),
  provider('cohere', 'Cohere'),
]

it.each([
  [
    'gpt-4o',
    false,
    { sentence: expect.stringMatching(/^This is no model id: it has no slash/), isAsking: false },
  ],
  ['openai/x', true, { sentence: 'Models are being loaded.', isAsking: true }],
  ['openai/x', false, { sentence: 'OpenAI does not list it for your key now.', isAsking: false }],
  ['groq/x', false, { sentence: 'Groq is still being asked.', isAsking: true }],
  ['google/x', false, { sentence: 'Google did not answer.', isAsking: false }],
  ['mistral/x', false, { sentence: 'Mistral rejected this key.', isAsking: false, addKeyOf: 'mistral' }],
  ['cohere/x', false, { sentence: 'You have no Cohere key.', isAsking: false, addKeyOf: 'cohere' }],
  ['acme/x', false, { sentence: 'No provider of that name is known here.', isAsking: false }],
])('says why %s is in no list', (id, isLoading, why) => {
  expect(whyNotListed(id, { keys, providers, isLoading })).toEqual(why)
})
