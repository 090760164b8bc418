import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import type { RunUsage } from './run-part.ts'

/** More tokens than any model takes or gives: such a figure was not counted. */
const IMPLAUSIBLE = 1e9

/** The clients turn what was not said into zero; a zero is only believed where the provider speaks of the thing. */
export function toUsage({ inputTokens, outputTokens, raw = {} }: LanguageModelV4Usage): RunUsage {
  const said = JSON.stringify(raw)
  const counts = {
    input: count(inputTokens.total, said, /prompt|input/i),
    output: count(outputTokens.total, said, /completion|output|candidates/i),
    // Together and Cohere say it where the clients do not look, Mistral's client drops a zero
    cached_input: count(
      inputTokens.cacheRead || (raw.cached_tokens ?? raw.num_cached_tokens ?? inputTokens.cacheRead),
      said,
      /cache/i,
    ),
    reasoning: count(outputTokens.reasoning, said, /reason|think|thought/i),
  }
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined))
}

function count(value: unknown, said: string, subject: RegExp): number | undefined {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) >= IMPLAUSIBLE) return undefined
  return value === 0 && !subject.test(said) ? undefined : (value as number)
}
