import type { LanguageModelV4FinishReason } from '@ai-sdk/provider'
import type { FinishReason } from './run-part.ts'

/** Reasons of single providers which the clients do not know. */
const WORDS: Readonly<Record<string, FinishReason | 'failed'>> = {
  eos: 'stop', // Together
  content_filter: 'content_filter',
  ERROR_TOXIC: 'content_filter', // Cohere
  error: 'failed', // OpenRouter
}

const REASONS = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  'tool-calls': 'tool_call',
  error: 'failed',
  interrupted: 'cut_off',
} as const

/** Why an answer ended, or that it did not: `failed` by the provider's word, `cut_off` without one. */
export function toFinishReason({
  unified,
  raw,
}: LanguageModelV4FinishReason): FinishReason | 'failed' | 'cut_off' {
  if (unified !== 'other') return REASONS[unified]
  if (raw === undefined) return 'cut_off'
  return Object.hasOwn(WORDS, raw) ? (WORDS[raw] ?? 'other') : 'other'
}
