// @ts-expect-error core is compiled without Node's types, so that no source of it can use Node; this test reads files
import { readdirSync, readFileSync } from 'node:fs'
// @ts-expect-error for the same reason
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { ApiKey } from './api-key.ts'
import { discoverAll } from './discover.ts'
import { LIMITS } from './limits.ts'
import { PROVIDERS } from './providers/index.ts'
import type { FailureCode } from './schema/available-models.ts'
import { Model } from './schema/model.ts'

/** A folder of recorded answers with an INDEX.md. They are other people's data, and so not part of this repository. */
const folder: string | undefined = process.env.ROLLCALL_RECORDED_DIR

/** By provider and file name: what the recorded errors mean. Of chat calls too, since the same gateways answer. */
const ERRORS: Record<string, FailureCode> = {
  'anthropic/error_401_list_bad_key.json': 'key_rejected',
  'anthropic/error_404_chat_bad_model.json': 'upstream_error',
  'anthropic/error_429_chat_2026-02-19.json': 'rate_limited',
  'anthropic/error_502_cloudflare_html_2026-05-07.html': 'upstream_error',
  'cohere/error_400_chat_context_too_long_2026-08-13.json': 'upstream_error',
  'cohere/error_401_chat_bad_key_2026-08-13.json': 'key_rejected',
  'cohere/error_401_list_bad_key.json': 'key_rejected',
  'cohere/error_404_chat_bad_model.json': 'upstream_error',
  'cohere/error_422_chat.json': 'upstream_error',
  'fireworks/error_403_control_plane_bad_key_2026-08-30.json': 'key_rejected',
  'fireworks/error_404_control_plane_2026-08-30.json': 'upstream_error',
  'google/error_400_chat_bad_model.json': 'upstream_error',
  'google/error_400_list_bad_key.json': 'key_rejected',
  'google/error_403_api_key_service_blocked_2026-06-18.json': 'no_permission',
  'google/error_403_chat.json': 'no_permission',
  'google/error_403_consumer_suspended_2023-12-28.json': 'no_permission',
  'google/error_429_chat_2026-02-19.json': 'rate_limited',
  'groq/PARTIAL_error_403_cloudflare_block_list_2024-07-31.html': 'blocked',
  'groq/error_401_list_bad_key.json': 'key_rejected',
  'groq/error_404_chat_bad_model.json': 'upstream_error',
  'mistral/error_400_chat_bad_model.json': 'upstream_error',
  'mistral/error_401_chat_bad_key.json': 'key_rejected',
  'mistral/error_401_list_bad_key.json': 'key_rejected',
  'mistral/error_422_chat.json': 'upstream_error',
  'mistral/error_429_chat_2026-02-19.json': 'rate_limited',
  'mistral/error_500_chat.json': 'upstream_error',
  'openai/error_400_chat_bad_model.json': 'upstream_error',
  'openai/error_401_chat_bad_key.json': 'key_rejected',
  'openai/error_401_list_bad_key.json': 'key_rejected',
  'openai/error_401_missing_scopes_2024-05-22.json': 'no_permission',
  'openai/error_429_chat_2026-02-19.json': 'rate_limited',
  'openrouter/error_400_chat_bad_model.json': 'upstream_error',
  'openrouter/error_400_chat_context_too_long_2026-06-08.json': 'upstream_error',
  'openrouter/error_401_chat_bad_key.json': 'key_rejected',
  'openrouter/error_401_key_endpoint_bad_key_2026.json': 'key_rejected',
  'openrouter/error_402_more_credits_2025-11-23.json': 'no_credit',
  'together/error_401_chat_bad_key.json': 'key_rejected',
  'together/error_401_list_bad_key.json': 'key_rejected',
  'together/error_402_credit_limit_2025-07-16.json': 'no_credit',
  'together/error_404_chat_bad_model.json': 'upstream_error',
  'together/error_429_rate_limited_2024-06-28.json': 'rate_limited',
  'together/redirect_signin_no_api_path.txt': 'blocked',
}

interface Recording {
  file: string
  status: number
  headers: Record<string, string>
}

const title = folder
  ? 'recorded answers'
  : 'recorded answers: skipped, ROLLCALL_RECORDED_DIR names no folder of them'

describe.skipIf(!folder)(title, () => {
  const recordings = folder ? readIndex(folder) : []
  const bodies = recordings.filter(({ file }) => /models/.test(file) && !/error|redirect/.test(file))

  it('are all in the index, and each is known to this test', () => {
    const files: string[] = readdirSync(folder ?? '.', { recursive: true, encoding: 'utf8' })
    const listed = recordings.map(({ file }) => file)
    expect(files.filter((file) => file.includes('.') && file !== 'INDEX.md').sort()).toEqual(listed.sort())
    expect([...Object.keys(ERRORS), ...bodies.map(({ file }) => file)].sort()).toEqual(listed.sort())
    expect(bodies.length).toBeGreaterThan(0)
  })

  describe.each(bodies)('$file', (recording) => {
    it('gives one model for each distinct id', async () => {
      const { listing } = await replay(recording)
      const { key } = providerOf(recording.file)
      expect(listing?.models.map(({ id }) => id)).toEqual(
        distinctIds(recording.file).map((id) => `${key}/${id}`),
      )
      expect(listing?.droppedCount).toBe(0)
    })

    it('gives plausible facts', async () => {
      const { listing } = await replay(recording)
      for (const model of listing?.models ?? []) {
        expect(Model.strict().safeParse(model).error).toBeUndefined()
        const { input, output } = model.pricing ?? {}
        const isFree = model.id.endsWith(':free') || model.id === 'openrouter/openrouter/free'
        if (input === 0 && output === 0) expect(model.id).toSatisfy(() => isFree)
        if (model.released_at) expect(model.released_at > '2010').toBe(true)
        expect(model.context_window).not.toBe(0)
        expect(model.name).not.toBe('')
      }
    })
  })

  it.each(recordings.filter(({ file }) => file in ERRORS))('$file is what it means', async (recording) => {
    const { failure } = await replay(recording)
    expect(failure?.code).toBe(ERRORS[recording.file])
  })

  it('a gateway’s page says nothing about the key, also where it comes with 401', async () => {
    const page = recordings.find(({ file }) => file.includes('502_cloudflare_html'))
    const { failure } = await replay({ file: page?.file ?? '', status: 401, headers: {} })
    expect(failure?.code).toBe('upstream_error')
  })

  it('missing scopes mean the same with 403', async () => {
    const scopes = recordings.find(({ file }) => file.includes('missing_scopes'))
    const { failure } = await replay({ file: scopes?.file ?? '', status: 403, headers: {} })
    expect(failure?.code).toBe('no_permission')
  })

  it.each([
    [
      'together/models_2026-04-16',
      'together/zai-org/GLM-5.1',
      { pricing: { input: 1.4, output: 4.4 }, kind: 'chat' },
    ],
    ['anthropic/models_2026-02-19', 'anthropic/claude-opus-4-6', { released_at: '2026-02-04T00:00:00Z' }],
    ['google/models_2026-05-29', 'google/gemini-2.5-flash', { context_window: 1_048_576, kind: 'chat' }],
    ['cohere/models_2025-12-12', 'cohere/command-a-03-2025', { context_window: 288_000, kind: 'chat' }],
    ['openai/models_2026-02-19', 'openai/gpt-4-0613', { snapshot_of: 'openai/gpt-4', kind: 'chat' }],
    [
      'openrouter/models_2026-08-01',
      'openrouter/deepseek/deepseek-v4-flash-0731',
      { pricing: { input: 0.14, output: 0.28, cached_input: 0.0028 }, context_window: 1_048_576 },
    ],
    [
      'fireworks/PARTIAL',
      'fireworks/accounts/fireworks/models/kimi-k2p6',
      { context_window: 262_144, kind: 'chat' },
    ],
  ])('%s… knows %s', async (start, id, facts) => {
    const recording = bodies.find(({ file }) => file.startsWith(start))
    const { listing } = await replay(recording as Recording)
    expect(listing?.models.find((model) => model.id === id)).toMatchObject(facts)
  })
})

function readIndex(path: string): Recording[] {
  const index: string = readFileSync(`${path}/INDEX.md`, 'utf8')
  const rows = index.split('\n').filter((line) => /^\| \w+\//.test(line))
  return rows.map((row) => {
    const [, file = '', status = '', , , , , said = ''] = row.split('|').map((cell) => cell.trim())
    const headers = [...said.matchAll(/(content-type|x-should-retry): ([^;]+)/gi)]
    return {
      file,
      status: Number(/\d{3}/.exec(status)?.[0] ?? 200),
      headers: Object.fromEntries(headers.map(([, name = '', value = '']) => [name.toLowerCase(), value])),
    }
  })
}

function providerOf(file: string) {
  const provider = PROVIDERS.find(({ key }) => file.startsWith(`${key}/`))
  if (!provider) throw new Error(`no provider for ${file}`)
  return provider
}

/** The recorded answer to whatever is asked, without waiting before a retry. */
async function replay({ file, status, headers }: Recording) {
  const parsed = ApiKey.parse('rc-test-0123456789-abcdef')
  if (!('key' in parsed)) throw new Error(parsed.problem)
  const body = readFileSync(`${folder}/${file}`)
  const [result] = await discoverAll([{ provider: providerOf(file), key: parsed.key }], {
    get: async () => ({ answer: { status, headers, body } }),
    limits: { ...LIMITS, pages: 1, waitAtMostMs: 0, retryDelayMs: { least: 0, most: 0 } },
  })
  return {
    listing: result && 'listing' in result ? result.listing : undefined,
    failure: result && 'failure' in result ? result.failure : undefined,
  }
}

/** Counted anew from the text, with nothing of the code under test. */
function distinctIds(file: string): string[] {
  const page = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
  const entries: { id?: string; name: string }[] = Array.isArray(page) ? page : (page.data ?? page.models)
  return [...new Set(entries.map(({ id, name }) => (id ?? name).replace(/^models\//, '')))]
}
