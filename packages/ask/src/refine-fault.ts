import type { RunFault } from './run-fault.ts'
import type { ModelParameter } from './run-part.ts'

/** What the parameters are called in requests, and so in complaints about them. */
const PARAMETER_WORDS: Readonly<Record<ModelParameter, RegExp>> = {
  temperature: /\btemperature\b/i,
  top_p: /\btop_?p\b|\bparameter 'p'|\bp must\b/i,
  max_output_tokens: /\bmax_?(output_?|completion_?)?tokens\b/i,
}

const MODEL_CODES =
  /"(model_not_found|model_not_available|invalid_model|NOT_FOUND|not_found_error|model_terms_required)"/
const MODEL_WORDS =
  /\bmodel\b.{0,300}\b(not found|not exist|not supported|not a valid|unable to access)|not a valid model|invalid model:|unable to access model|unexpected model name|is not found for api version/is
const LENGTH_WORDS =
  /context[ _-]?(length|window)|too_many_tokens|too many tokens|prompt is too long|input token count|reduce the length|too large for model|`inputs` tokens/i
const FILTER_WORDS = /content[ _](policy|filter|management)|flagged|safety system/i

/**
 * What an error is about that says no more than that the request was not right. Its words are only matched, never kept;
 * only a parameter that was set can have been refused.
 */
export function refineFault(fault: RunFault, said: unknown, set: readonly ModelParameter[]): RunFault {
  const { httpStatus, code } = fault
  const isVague = code === 'upstream_error' || code === 'bad_response' || code === 'no_permission'
  if (httpStatus === 413) return { ...fault, code: 'prompt_too_long' }
  if (said === undefined || !isVague || (httpStatus ?? 0) >= 500) return fault
  const text = JSON.stringify(said)
  if (LENGTH_WORDS.test(text)) return { ...without(fault), code: 'prompt_too_long' }
  if (MODEL_CODES.test(text) || MODEL_WORDS.test(text)) return { ...without(fault), code: 'model_not_found' }
  if (httpStatus !== 400 && httpStatus !== 422) return fault
  const parameter = set.find((name) => PARAMETER_WORDS[name].test(text))
  if (parameter) return { ...fault, code: 'request_refused', detail: parameter }
  if (FILTER_WORDS.test(text)) return { ...fault, code: 'request_refused', detail: 'content_filter' }
  return { ...without(fault), code: 'request_refused' }
}

function without({ detail: _detail, ...fault }: RunFault): RunFault {
  return fault
}
