import { runStatus } from '@rollcall/core'
import type { NewRun, Run, RunAnswer } from '@rollcall/core/schema'
import type { RunProgress } from './run-progress.ts'

/** A run that is kept nowhere has no id. */
export type LocalRun = Omit<Run, 'id'>

/** Writes down what becomes of a run. `finish` gives it as the API does, once every answer has ended. */
export function createRunRecord({ models, prompt, system_prompt, parameters = {} }: NewRun) {
  const created_at = new Date().toISOString()
  const words = models.map(() => ({ text: '', reasoning: '' }))
  const answers: RunAnswer[] = []
  return {
    add(progress: RunProgress): void {
      const said = words[progress.index]
      if (!said) return
      if (progress.event === 'text') said[progress.part] += progress.text
      else answers[progress.index] = { ...progress.answer, ...said }
    },
    finish: (): LocalRun => ({
      created_at,
      models,
      prompt,
      system_prompt: system_prompt ?? null,
      parameters,
      status: runStatus(answers),
      finished_at: new Date().toISOString(),
      answers,
    }),
  }
}
