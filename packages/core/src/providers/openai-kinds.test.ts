import { describe, expect, it } from 'vitest'
import type { Kind } from '../schema/model.ts'
import { openaiKind } from './openai-kinds.ts'

const IDS: Partial<Record<Kind, string[]>> = {
  chat: [
    'gpt-4',
    'gpt-4o',
    'gpt-4o-mini-2024-07-18',
    'gpt-5.2-chat-latest',
    'gpt-5-search-api',
    'gpt-5-codex',
    'gpt-oss-120b',
    'gpt-3.5-turbo-16k',
    'gpt-4-1106-preview',
    'chatgpt-4o-latest',
    'chat-latest',
    'codex-mini-latest',
    'o1',
    'o1-pro-2025-03-19',
    'o3',
    'o4-mini-deep-research',
    'ft:gpt-4o-mini-2024-07-18:acme:support:B1xYz',
    // its organisation and its name do not count
    'ft:gpt-4o:whisper-labs:text-embedding-fan:x',
  ],
  completion: ['davinci-002', 'babbage-002', 'gpt-3.5-turbo-instruct', 'gpt-3.5-turbo-instruct-0914'],
  embedding: ['text-embedding-3-large', 'text-embedding-ada-002'],
  image: ['dall-e-2', 'dall-e-3', 'gpt-image-1', 'gpt-image-1-mini', 'chatgpt-image-latest'],
  audio: [
    'tts-1',
    'tts-1-hd-1106',
    'whisper-1',
    'gpt-4o-mini-tts',
    'gpt-4o-transcribe',
    'gpt-4o-transcribe-diarize',
    'gpt-realtime',
    'gpt-realtime-mini-2025-10-06',
    'gpt-4o-realtime-preview-2024-12-17',
    'gpt-audio',
    'gpt-audio-mini',
    'gpt-4o-audio-preview',
    'gpt-4o-mini-audio-preview-2024-12-17',
  ],
  video: ['sora-2', 'sora-2-pro'],
  moderation: ['omni-moderation-latest', 'text-moderation-stable'],
  other: ['computer-use-preview', 'computer-use-preview-2025-03-11'],
  unknown: ['northwind-preview', 'o', 'ft:', 'ft:northwind:acme::x', 'constructor', ''],
}

describe.each(Object.entries(IDS))('%s', (kind, ids) => {
  it.each(ids)('%s', (id) => {
    expect(openaiKind(id)).toBe(kind)
  })
})
