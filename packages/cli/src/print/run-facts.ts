import { dollars, seconds } from '@rollcall/core/figures'
import type { FinishReason, RunAnswerFacts, RunUsage } from '@rollcall/core/schema'

const REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'finished',
  length: 'cut at its token limit',
  content_filter: 'cut by a content filter',
  tool_call: 'ended to call a tool',
  other: 'ended for a reason of its own',
}
const PARAMETERS = {
  temperature: '--temperature',
  top_p: '--top-p',
  max_output_tokens: '--max-output-tokens',
} as const

/** "finished · first token 0.42 s · 61 tokens/s · 7 tokens in, 214 out (24 reasoning) · $0.0021"; unknown is said. */
export function factsLine(answer: RunAnswerFacts): string {
  const { finish_reason: reason, first_token_ms: first, duration_ms: all, tokens_per_second: speed } = answer
  if (answer.status === 'running') return 'still answering'
  return [
    ...(reason === null ? [] : [REASONS[reason]]),
    ...(first === null ? [] : [`first token ${seconds(first)}`]),
    ...(all === null ? [] : [`all in ${seconds(all)}`]),
    ...(speed === null ? [] : [`${figure(speed)} tokens/s`]),
    tokensOf(answer.usage),
    costOf(answer),
  ].join(' · ')
}

/** What was set and not sent, for this model takes it otherwise or not at all. */
export function adjustedSentence({ adjusted }: RunAnswerFacts): string | undefined {
  if (adjusted.length === 0) return undefined
  const names = adjusted.map((name) => PARAMETERS[name])
  return `This model does not take ${names.join(' and ')} as set: it was sent otherwise, or left out.`
}

function costOf({ cost }: RunAnswerFacts): string {
  if (cost === null) return 'cost unknown'
  return cost === 0 ? 'free' : dollars(cost)
}

function tokensOf({ input, output, cached_input: cached, reasoning }: RunUsage): string {
  if (input === undefined && output === undefined) return 'tokens not counted'
  const aside = (count: number | undefined, word: string) =>
    count ? ` (${count.toLocaleString('en')} ${word})` : ''
  const known = (count: number | undefined) => count?.toLocaleString('en') ?? '—'
  return `${known(input)} tokens in${aside(cached, 'cached')}, ${known(output)} out${aside(reasoning, 'reasoning')}`
}

function figure(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en')
}
