import {
  countCharacters,
  type NewRun,
  problemOfModelId,
  RUN_LIMITS,
  type RunParameterName,
} from '@rollcall/core/schema'
import type { RunDraft } from './run-draft.ts'
import { PARAMETERS, problemOfParameter, toParameters } from './run-parameters.ts'

/** What keeps a draft from being run, beside the fields it is about. */
export interface DraftProblems {
  /** By slot. */
  models: ReadonlyMap<number, string>
  prompt: string | undefined
  systemPrompt: string | undefined
  parameters: Partial<Record<RunParameterName, string>>
  isReady: boolean
}

export function problemsOf(draft: RunDraft): DraftProblems {
  const models = new Map<number, string>()
  const seen = new Set<string>()
  for (const { slot, id, isCustom } of draft.models) {
    if (id === '') models.set(slot, isCustom ? 'Type the id of a model.' : 'Choose a model.')
    else if (problemOfModelId(id) !== undefined) models.set(slot, `The id ${problemOfModelId(id)}.`)
    else if (seen.has(id)) models.set(slot, 'This model is chosen already.')
    seen.add(id)
  }
  const prompt = draft.prompt.trim() === '' ? 'Write a prompt.' : problemOfLength(draft.prompt)
  const systemPrompt = problemOfLength(draft.systemPrompt ?? '')
  const parameters: DraftProblems['parameters'] = {}
  for (const parameter of PARAMETERS) {
    const problem = problemOfParameter(parameter, draft.parameters[parameter.name])
    if (problem !== undefined) parameters[parameter.name] = problem
  }
  const isReady =
    models.size === 0 &&
    prompt === undefined &&
    systemPrompt === undefined &&
    Object.keys(parameters).length === 0
  return { models, prompt, systemPrompt, parameters, isReady }
}

/** Of a draft without problems. */
export function toNewRun({ models, prompt, systemPrompt, parameters }: RunDraft): NewRun {
  return {
    models: models.map(({ id }) => id),
    prompt,
    ...(systemPrompt === null || systemPrompt === '' ? {} : { system_prompt: systemPrompt }),
    parameters: toParameters(parameters),
  }
}

function problemOfLength(text: string): string | undefined {
  const most = RUN_LIMITS.promptChars
  if (text.length <= most) return undefined
  const over = countCharacters(text) - most
  return over > 0
    ? `It is ${over.toLocaleString('en')} characters longer than the ${most.toLocaleString('en')} that fit.`
    : undefined
}
