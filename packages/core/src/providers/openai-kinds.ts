import type { Kind } from '../schema/model.ts'

/**
 * OpenAI's list says nothing but ids, so the kind is read from them: the first pattern that fits, each with its
 * reason. An id that fits none stays `unknown`, and visible.
 */
const PATTERNS: readonly [pattern: RegExp, kind: Kind, reason: string][] = [
  [/moderation/, 'moderation', 'omni-moderation and text-moderation only answer POST /moderations'],
  [/embedding|^text-(similarity|search)-/, 'embedding', 'text-embedding-* only answer POST /embeddings'],
  [/^dall-e|(^|-)image(-|$)/, 'image', 'dall-e-*, gpt-image-* and chatgpt-image-* make pictures'],
  [/^sora/, 'video', 'sora-* make videos'],
  [/^whisper|-transcribe/, 'audio', 'whisper and *-transcribe turn speech into text'],
  [/^tts-|-tts(-|$)/, 'audio', 'tts-* and *-tts speak'],
  [/-realtime|-live(-|$)/, 'audio', 'realtime and live models speak over a socket of their own'],
  [/^gpt-audio|-audio-preview/, 'audio', 'they refuse a request with audio neither in nor out'],
  [
    /^(davinci|babbage|curie|ada)(-|$)|^text-(davinci|curie|babbage|ada)-/,
    'completion',
    'base models of POST /completions',
  ],
  [/-instruct(-|$)/, 'completion', 'gpt-3.5-turbo-instruct only answers POST /completions'],
  [/^computer-use/, 'other', 'it answers with mouse and key actions and insists on that tool'],
  [/^(chat)?gpt-/, 'chat', 'what is left of the GPT families talks'],
  [/^chat-latest$/, 'chat', 'the alias of the model in ChatGPT'],
  [/^o\d/, 'chat', 'the reasoning models o1, o3, o4-mini … talk'],
  [/^codex-/, 'chat', 'codex-mini talks about code'],
]

export function openaiKind(id: string): Kind {
  // ft:<base>:<organisation>:<name>:<id> does what its base does
  const base = id.startsWith('ft:') ? (id.split(':', 2)[1] ?? '') : id
  return PATTERNS.find(([pattern]) => pattern.test(base))?.[1] ?? 'unknown'
}
