import { baseUrlVariable, failureSentence, type Provider } from '@rollcall/core'
import type { RunFault } from './run-fault.ts'
import type { ModelParameter } from './run-part.ts'

export interface RunSentenceContext {
  provider: Provider
  /** Where the base URL was replaced. */
  base: string | undefined
  /** Of the whole call. */
  timeoutMs: number
  /** RFC 3339, UTC. */
  retryAt: string | null
}

const PARAMETER_NAMES: Readonly<Record<ModelParameter, string>> = {
  temperature: 'this temperature',
  top_p: 'this top-p',
  max_output_tokens: 'this number of max output tokens',
}

/** One sentence of ours: why there is no answer, or no more of it, and what to do next. */
export function runFailureSentence(fault: RunFault, context: RunSentenceContext): string {
  const { provider, base } = context
  const { name } = provider
  const status = fault.httpStatus ? ` (${fault.httpStatus})` : ''
  const next = base === undefined ? `see ${provider.statusUrl}` : `check ${baseUrlVariable(provider.key)}`
  switch (fault.code) {
    case 'cancelled':
      return 'This run was cancelled.'
    case 'model_not_found':
      return fault.detail === 'model_id'
        ? `This is no id that a model of ${name} could have: choose one from the list.`
        : `${name} does not offer this model to this key${status}: check its id, or choose another from the list.`
    case 'prompt_too_long':
      return `The prompt is longer than this model takes${status}: shorten it, or choose a model with a larger context window.`
    case 'request_refused':
      return refused(fault, name, status)
    case 'no_permission':
      return `${name} does not let this key use this model${status}: allow it at ${provider.keysUrl}, or choose another model.`
    case 'too_large':
      return `${name} sent a longer answer than can be kept, so it was cut off: ask for fewer tokens.`
    case 'blocked':
      return fault.detail === 'secret_echo'
        ? `${name}'s answer contained this key, so it was ended there: make sure you trust the address, and consider replacing the key at ${provider.keysUrl}.`
        : failureSentence(asOfList(fault), context)
    case 'timeout':
      return timedOut(fault, context)
    case 'bad_response':
      return badAnswer(fault, name, status, next)
    case 'upstream_error':
      if (fault.detail === 'not_found') return `${name} cannot be asked at this address${status}: ${next}.`
      return `${name} failed to answer${status}: try again, and if it lasts, ${next}.`
    case 'internal':
      return fault.detail === 'busy'
        ? `This machine is out of sockets or memory, so ${name} was not asked: close something, then try again.`
        : `Rollcall failed while asking ${name}: this is a bug of ours, please report it.`
    default:
      return failureSentence(asOfList(fault), context)
  }
}

/** All others mean the same as for a list, and have its details. */
function asOfList(fault: RunFault): Parameters<typeof failureSentence>[0] {
  return fault as Parameters<typeof failureSentence>[0]
}

function refused({ detail }: RunFault, name: string, status: string): string {
  if (detail === 'content_filter') {
    return `${name} refused the prompt by its content rules${status}: say it otherwise, or choose another model.`
  }
  if (detail === 'temperature' || detail === 'top_p' || detail === 'max_output_tokens') {
    return `${name} does not take ${PARAMETER_NAMES[detail]} for this model${status}: leave it out, or choose another.`
  }
  return `${name} did not accept the question in this form${status}: leave out parameters, or choose a model made for conversation.`
}

function timedOut(fault: RunFault, context: RunSentenceContext): string {
  const { name } = context.provider
  switch (fault.detail) {
    case 'first_token':
      return `${name} timed out: the model had said nothing yet; try again, or set a longer timeout.`
    case 'idle':
      return `${name} timed out: the model fell silent in the middle of its answer; try again.`
    case 'total':
      return `${name} timed out: the answer was not finished ${within(context.timeoutMs)}; set a longer timeout, or ask for fewer tokens.`
    default:
      return failureSentence(asOfList(fault), context)
  }
}

function badAnswer({ detail }: RunFault, name: string, status: string, next: string): string {
  switch (detail) {
    case 'cut_off':
      return `${name}'s answer was cut off before its end: try again.`
    case 'event':
      return `${name} sent something that is not a model's answer${status}: try again, and if it lasts, ${next}.`
    case 'not_http':
      return `${name} did not answer in HTTP: try again, and if it lasts, ${next}.`
    default:
      return `${name} sent an answer that cannot be read${status}: try again, and if it lasts, ${next}.`
  }
}

function within(milliseconds: number): string {
  return `within ${milliseconds < 1000 ? `${milliseconds} ms` : `${Number((milliseconds / 1000).toFixed(1))} s`}`
}
