import { ApiKey, PROVIDERS } from '@rollcall/core'
import type { SimulatedProvider, Simulator } from '@rollcall/simulator'
import { expect } from 'vitest'
import { CANARY, findKeys } from '../../../server/src/testing/find-keys.ts'
import type { AskModel, ModelQuestion } from '../ask-model.ts'
import type { RunFailed, RunFinish, RunPart } from '../run-part.ts'

/** A model of each provider's small list that answers questions, as its provider knows it. */
export const MODELS: Record<SimulatedProvider, string> = {
  openai: 'gpt-5.5',
  anthropic: 'claude-haiku-4-5-20251001',
  google: 'gemini-2.5-pro',
  mistral: 'mistral-medium-latest',
  groq: 'openai/gpt-oss-120b',
  together: 'MiniMaxAI/MiniMax-M3',
  cohere: 'command-a-03-2025',
  fireworks: 'accounts/fireworks/models/gpt-oss-120b',
  openrouter: 'openai/gpt-5.5',
}

/** A key that any leak is known by; no text ends as it begins, so that no token waits for the next. */
export function keyOf(text = `~${CANARY}-${'0'.repeat(8)}`): ApiKey {
  const parsed = ApiKey.parse(text)
  if (!('key' in parsed)) throw new Error(parsed.problem)
  return parsed.key
}

export function questionFor(
  simulator: Simulator,
  name: SimulatedProvider,
  change: Partial<ModelQuestion> = {},
): ModelQuestion {
  const provider = PROVIDERS.find(({ key }) => key === name)
  if (!provider) throw new Error(`there is no ${name}`)
  return {
    provider,
    base: simulator.bases[name],
    key: keyOf(),
    nativeModelId: MODELS[name],
    prompt: 'Say something.',
    parameters: {},
    signal: new AbortController().signal,
    ...change,
  }
}

export interface Heard {
  parts: RunPart[]
  text: string
  reasoning: string
  last: RunFinish | RunFailed
}

/** A whole answer, looked through for the key in all its parts. */
export async function hear(answer: ReturnType<AskModel>): Promise<Heard> {
  const parts: RunPart[] = []
  for await (const part of answer) parts.push(part)
  expect(findKeys(Buffer.from(JSON.stringify(parts)))).toEqual([])
  const said = (type: 'text' | 'reasoning') =>
    parts.map((part) => (part.type === type ? part.text : '')).join('')
  expect(findKeys(Buffer.from(said('text') + said('reasoning')))).toEqual([])
  const last = parts.at(-1)
  const ends = parts.filter(({ type }) => type === 'finish' || type === 'failure')
  expect(ends).toHaveLength(1)
  if (last?.type !== 'finish' && last?.type !== 'failure') throw new Error('the end is not the last part')
  return { parts, text: said('text'), reasoning: said('reasoning'), last }
}
