import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { CallWatch } from './call-watch.ts'
import { toFinishReason } from './finish-reason.ts'
import { createKeyWatch, type EchoChecks } from './key-watch.ts'
import { toUsage } from './model-usage.ts'
import type { RunFault } from './run-fault.ts'
import type { RunLimits } from './run-limits.ts'
import type { ModelParameter, RunFinish, RunToken } from './run-part.ts'
import { readStreamFault } from './stream-fault.ts'

export interface AnswerPorts {
  watch: CallWatch
  echoes: EchoChecks
  limits: Pick<RunLimits, 'answerChars'>
  /** The parameters that were set. */
  set: readonly ModelParameter[]
  report(fault: RunFault, said?: unknown): void
  now: () => number
}

type Finish = Pick<RunFinish, 'reason' | 'usage' | 'adjusted' | 'is_reasoning_shown'>

const PARAMETERS: Readonly<Record<string, ModelParameter>> = {
  temperature: 'temperature',
  topP: 'top_p',
  maxOutputTokens: 'max_output_tokens',
}

/** A client's parts as tokens and how it finished; undefined where it did not, which then is reported. */
export async function* readAnswer(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  { watch, echoes, limits, set, report, now }: AnswerPorts,
): AsyncGenerator<RunToken, Finish | undefined> {
  const reader = stream.getReader()
  const keyWatches = { text: createKeyWatch(echoes), reasoning: createKeyWatch(echoes) }
  let finish: Finish | undefined
  let adjusted: ModelParameter[] = []
  let chars = 0
  let isFirst = true
  let isReasoningShown = false

  const read = async () => {
    const result = await watch.wait(reader.read()).catch((error: unknown) => {
      if (!finish) throw error
    })
    return result?.value
  }
  for (let part = await read(); part !== undefined; part = await read()) {
    if (part.type === 'stream-start') adjusted = adjustedBy(part.warnings, set)
    else if (part.type === 'error') {
      const { fault, said } = readStreamFault(part.error, now())
      report(fault, said)
    } else if (part.type === 'finish') {
      const reason = toFinishReason(part.finishReason)
      if (reason === 'failed') report({ code: 'upstream_error' })
      else if (reason !== 'cut_off') {
        finish = { reason, usage: toUsage(part.usage), adjusted, is_reasoning_shown: isReasoningShown }
        watch.closing()
      }
    } else if ((part.type === 'text-delta' || part.type === 'reasoning-delta') && part.delta !== '') {
      watch.answering()
      chars += part.delta.length
      const type = part.type === 'text-delta' ? 'text' : 'reasoning'
      isReasoningShown ||= type === 'reasoning'
      const text = keyWatches[type].pass(part.delta)
      if (text === undefined) {
        report({ code: 'blocked', detail: 'secret_echo' })
        return undefined
      }
      if (chars > limits.answerChars) report({ code: 'too_large' })
      else if (text !== '') {
        const { first_token_ms: firstMs } = watch.times()
        yield isFirst && firstMs !== null ? { type, text, first_token_ms: firstMs } : { type, text }
        isFirst = false
      }
    }
  }
  for (const type of ['reasoning', 'text'] as const) {
    const text = keyWatches[type].rest()
    if (text !== '') yield { type, text }
  }
  if (!finish) report({ code: 'bad_response', detail: 'cut_off' })
  return finish
}

type Warnings = Extract<LanguageModelV4StreamPart, { type: 'stream-start' }>['warnings']

function adjustedBy(warnings: Warnings, set: readonly ModelParameter[]): ModelParameter[] {
  const features = warnings.map((warning) => ('feature' in warning ? PARAMETERS[warning.feature] : undefined))
  return set.filter((name) => features.includes(name))
}
