import { RUN_LIMITS, type Run, type RunParameterName } from '@rollcall/core/schema'
import { z } from 'zod'

const Slot = z.object({
  /** Stays the same while others come and go. */
  slot: z.int(),
  id: z.string(),
  isCustom: z.boolean(),
})
/** A run that is being written, all as it was typed. */
export const RunDraft = z.object({
  models: z.array(Slot).min(1).max(RUN_LIMITS.models),
  prompt: z.string(),
  /** Null: there is none, and no field for it. */
  systemPrompt: z.string().nullable(),
  parameters: z.object({
    temperature: z.string(),
    top_p: z.string(),
    max_output_tokens: z.string(),
    timeout_ms: z.string().meta({ description: 'in seconds' }),
  } satisfies Record<RunParameterName, z.ZodString>),
})
export type RunDraft = z.infer<typeof RunDraft>
export type DraftModel = z.infer<typeof Slot>

export const EMPTY_DRAFT: RunDraft = {
  models: [{ slot: 0, id: '', isCustom: false }],
  prompt: '',
  systemPrompt: null,
  parameters: { temperature: '', top_p: '', max_output_tokens: '', timeout_ms: '' },
}

export function isEmptyDraft({ models, prompt, systemPrompt }: RunDraft): boolean {
  return prompt === '' && (systemPrompt ?? '') === '' && models.every(({ id }) => id === '')
}

export function withModel(
  draft: RunDraft,
  slot: number,
  choice: Pick<DraftModel, 'id' | 'isCustom'>,
): RunDraft {
  const models = draft.models.map((model) => (model.slot === slot ? { slot, ...choice } : model))
  return { ...draft, models }
}

export function withAnotherModel(draft: RunDraft): RunDraft {
  const slot = Math.max(...draft.models.map((model) => model.slot)) + 1
  return { ...draft, models: [...draft.models, { slot, id: '', isCustom: false }] }
}

export function withoutModel(draft: RunDraft, slot: number): RunDraft {
  return { ...draft, models: draft.models.filter((model) => model.slot !== slot) }
}

/** Everything of a run once more. Whether a model is listed shows when the lists are there. */
export function draftOf({ models, prompt, system_prompt, parameters }: Run): RunDraft {
  const { temperature, top_p, max_output_tokens, timeout_ms } = parameters
  return {
    models: models.slice(0, RUN_LIMITS.models).map((id, slot) => ({ slot, id, isCustom: false })),
    prompt,
    systemPrompt: system_prompt,
    parameters: {
      temperature: typed(temperature),
      top_p: typed(top_p),
      max_output_tokens: typed(max_output_tokens),
      timeout_ms: typed(timeout_ms && timeout_ms / 1000),
    },
  }
}

function typed(figure: number | undefined): string {
  return figure === undefined ? '' : String(figure)
}
