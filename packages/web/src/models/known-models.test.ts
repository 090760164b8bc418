import type { AvailableModels, ProviderStatus } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { isAsking, keyOf, withAnswer, withoutStream, withSnapshot } from './known-models.ts'

const ORDER = ['openai', 'google', 'groq']
const CUSTOM = { name: 'Custom', provider_key: 'custom', models: [{ id: 'custom', name: 'Custom Model' }] }

function status(provider_key: string, change: Partial<ProviderStatus> = {}): ProviderStatus {
  return {
    provider_key,
    name: provider_key,
    label: null,
    status: 'fresh',
    code: null,
    message: null,
    http_status: 200,
    fetched_at: null,
    expires_at: null,
    retry_at: null,
    model_count: 1,
    dropped_count: 0,
    ...change,
  }
}
const offer = (provider_key: string, name = 'one') => ({
  name: provider_key,
  provider_key,
  models: [{ id: `${provider_key}/${name}`, name }],
})
const answer = (...keys: string[]): AvailableModels => ({
  providers: [...keys.map((key) => offer(key)), CUSTOM],
  statuses: keys.map((key) => status(key)),
})

describe('what is known of the models', () => {
  it('puts late answers where they belong, and custom stays last', () => {
    let known = withSnapshot(undefined, answer('google'), [], false)
    known = withAnswer(known, { provider: offer('groq'), status: status('groq') }, ORDER)
    known = withAnswer(known, { provider: offer('openai'), status: status('openai') }, ORDER)
    expect(known.providers.map(({ provider_key }) => provider_key)).toEqual([...ORDER, 'custom'])
    expect(known.statuses.map(({ provider_key }) => provider_key)).toEqual(ORDER)
  })

  it('replaces what one provider said and leaves the others’ objects as they are', () => {
    const before = withSnapshot(undefined, answer('openai', 'google'), [], false)
    const after = withAnswer(before, { provider: offer('google', 'two'), status: status('google') }, ORDER)
    expect(after.providers[1]?.models[0]?.id).toBe('google/two')
    expect(after.providers[0]).toBe(before.providers[0])
    expect(after.statuses).toHaveLength(2)
  })

  it('takes away what a provider no longer offers', () => {
    const before = withSnapshot(undefined, answer('openai', 'google'), [], false)
    const failed = status('google', { status: 'failed', code: 'key_rejected', model_count: 0 })
    const after = withAnswer(before, { provider: null, status: failed }, ORDER)
    expect(after.providers.map(({ provider_key }) => provider_key)).toEqual(['openai', 'custom'])
    expect(after.statuses[1]?.code).toBe('key_rejected')
  })

  it('keeps two keys of one provider apart by their labels', () => {
    const known = withSnapshot(undefined, answer('openai'), [], false)
    const work = status('openai', { label: 'work' })
    const after = withAnswer(known, { provider: offer('openai'), status: work }, ORDER)
    expect(after.statuses.map(keyOf)).toEqual(['openai ', 'openai work'])
  })

  it('knows who is being asked: those named, and while a stream runs those nobody heard of yet', () => {
    const openai = { provider_key: 'openai', label: null }
    const groq = { provider_key: 'groq', label: null }
    expect(isAsking(undefined, openai)).toBe(true)
    const asked = [keyOf(openai)]
    let known = withSnapshot(undefined, answer('openai'), asked, false)
    expect([isAsking(known, openai), isAsking(known, groq)]).toEqual([true, true])
    known = withAnswer(known, { provider: offer('openai'), status: status('openai') }, ORDER)
    expect(isAsking(known, openai)).toBe(false)
    known = withoutStream(known, asked)
    expect([isAsking(known, openai), isAsking(known, groq)]).toEqual([false, false])
  })

  it('asks on while another stream that asks the same is under way', () => {
    const asked = ['openai ']
    let known = withSnapshot(undefined, answer('openai'), asked, false)
    known = withSnapshot(known, answer('openai'), asked, true)
    known = withoutStream(known, asked)
    expect(isAsking(known, { provider_key: 'openai', label: null })).toBe(true)
    known = withoutStream(known, asked)
    expect(isAsking(known, { provider_key: 'openai', label: null })).toBe(false)
  })

  it('leaves the other providers alone where only some were asked', () => {
    const before = withSnapshot(undefined, answer('openai', 'google'), [], false)
    const after = withSnapshot(before, answer('google'), ['google '], true)
    expect(after.providers).toBe(before.providers)
  })
})
