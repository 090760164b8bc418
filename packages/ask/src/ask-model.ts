import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { type ApiKey, authorise, type Provider } from '@rollcall/core'
import { createHttpPost, type HttpPost, type NetworkOptions } from '@rollcall/network'
import { type CallWatch, createCallWatch } from './call-watch.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { createModelClients, type ModelClients } from './model-clients.ts'
import { readAnswer } from './read-answer.ts'
import { refineFault } from './refine-fault.ts'
import { runFailureSentence } from './run-failure-sentence.ts'
import type { RunFault } from './run-fault.ts'
import { RUN_LIMITS, type RunLimits } from './run-limits.ts'
import type { ModelParameter, RunFailed, RunParameters, RunPart } from './run-part.ts'
import { readStreamFault } from './stream-fault.ts'

export interface ModelQuestion {
  provider: Provider
  /** Where its base was replaced. */
  base: string | undefined
  key: ApiKey
  /** As the provider knows it: what follows the first slash of a model's id. */
  nativeModelId: string
  systemPrompt?: string | undefined
  prompt: string
  parameters: RunParameters
  /** Cancels: the provider is told at once, by the end of its connection. */
  signal: AbortSignal
}

export type AskModel = (question: ModelQuestion) => AsyncGenerator<RunPart, void>

export interface AskModelOptions extends NetworkOptions {
  limits?: Partial<RunLimits>
  now?: () => number
}

interface Ports {
  post: HttpPost
  clients: ModelClients
  limits: RunLimits
  now: () => number
}

/**
 * The one way to ask a model. A question is asked once: nothing is tried again, for it may have been answered and paid
 * for. All that can go wrong comes as the last part of an answer; whoever stops reading ends the call.
 */
export function createAskModel(options: AskModelOptions = {}): {
  askModel: AskModel
  close: () => Promise<void>
} {
  const { limits, now = Date.now, ...network } = options
  const { post, close } = createHttpPost(network)
  const ports = { post, clients: createModelClients(), limits: { ...RUN_LIMITS, ...limits }, now }
  return { askModel: (question) => ask(question, ports), close }
}

async function* ask(question: ModelQuestion, ports: Ports): AsyncGenerator<RunPart, void> {
  const { limits, now } = ports
  const { timeout_ms: timeoutMs } = question.parameters
  const totalMs = timeoutMs ?? limits.totalMs
  const waits = { ...limits, totalMs, firstTokenMs: timeoutMs ?? limits.firstTokenMs }
  const watch = createCallWatch(waits, question.signal)
  const set = parametersSet(question.parameters)
  const report = (fault: RunFault, said?: unknown) => watch.end(refineFault(fault, said, set))
  let isOpen = false
  try {
    const { headers, ...echoes } = authorise(question.provider, question.key)
    const opened = await open(question, watch, { ...ports, headers, report, opened: () => (isOpen = true) })
    const finish = opened && (yield* readAnswer(opened.stream, { watch, echoes, limits, set, report, now }))
    if (finish) {
      yield { type: 'finish', ...finish, ...watch.times() }
      return
    }
  } catch (error) {
    // what an end has broken is no news; else it is an answer that its client cannot digest, or a bug
    const { fault, said } = readStreamFault(error, now())
    report(isOpen ? fault : { code: 'internal' }, said)
  } finally {
    watch.stop()
  }
  yield { ...toFailed(watch.fault() ?? { code: 'internal' }, question, totalMs, now()), ...watch.times() }
}

type FetchPorts = Parameters<typeof createGuardedFetch>[0]

async function open(
  { provider, base: ownBase, nativeModelId, ...asked }: ModelQuestion,
  watch: CallWatch,
  { clients, ...ports }: Omit<FetchPorts, 'base' | 'signal'> & Pick<Ports, 'clients'>,
) {
  const client = clients.get(provider, ownBase, nativeModelId)
  const guarded = createGuardedFetch({ ...ports, base: client.base, signal: watch.signal })
  // without a signal: a call ends with its request, which is ours
  return watch.wait(client.stream(guarded, toCall(asked)))
}

function parametersSet(parameters: RunParameters): ModelParameter[] {
  const names: ModelParameter[] = ['temperature', 'top_p', 'max_output_tokens']
  return names.filter((name) => parameters[name] !== undefined)
}

function toCall({
  systemPrompt,
  prompt,
  parameters: { temperature, top_p: topP, max_output_tokens: maxOutputTokens },
}: Pick<ModelQuestion, 'systemPrompt' | 'prompt' | 'parameters'>): LanguageModelV4CallOptions {
  return {
    prompt: [
      ...(systemPrompt ? [{ role: 'system' as const, content: systemPrompt }] : []),
      { role: 'user', content: [{ type: 'text', text: prompt }] },
    ],
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  }
}

function toFailed(
  fault: RunFault,
  { provider, base }: ModelQuestion,
  timeoutMs: number,
  nowMs: number,
): Omit<RunFailed, 'first_token_ms' | 'duration_ms'> {
  const { code, httpStatus = null, retryAfterMs = null } = fault
  const retryAt = retryAfterMs === null ? null : new Date(nowMs + retryAfterMs).toISOString()
  const message = runFailureSentence(fault, { provider, base, timeoutMs, retryAt })
  return { type: 'failure', code, message, http_status: httpStatus, retry_after_ms: retryAfterMs }
}
