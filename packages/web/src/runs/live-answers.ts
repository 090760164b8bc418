import type { StreamEvent } from '@rollcall/core/schema'
import { type RunAnswer, RunEvents, RunStatus } from '@rollcall/core/schema'

/** A run as its stream has told it so far. */
export interface LiveRun {
  status: RunStatus
  answers: readonly RunAnswer[]
  /** Where the stream goes on; undefined: at its beginning. */
  after: string | undefined
  isDone: boolean
}

export const NOTHING_HEARD: LiveRun = { status: 'running', answers: [], after: undefined, isDone: false }

/** What is known after one more event. Throws where it is none of ours. */
export function withEvent(live: LiveRun, { event, data, id }: StreamEvent): LiveRun {
  const after = id ?? live.after
  const json: unknown = JSON.parse(data)
  switch (event) {
    case 'run': {
      const { status, answers } = RunEvents.run.parse(json)
      const words = (index: number) => live.answers[index] ?? { text: '', reasoning: '' }
      return {
        ...live,
        after,
        status: RunStatus.parse(status),
        answers: answers.map((facts, index) => {
          const { text, reasoning } = words(index)
          return { ...facts, text, reasoning }
        }),
      }
    }
    case 'text': {
      const { index, part, text, first_token_ms: firstMs } = RunEvents.text.parse(json)
      return withAnswer(live, after, index, (answer) => ({
        ...answer,
        [part]: answer[part] + text,
        first_token_ms: firstMs ?? answer.first_token_ms,
      }))
    }
    case 'answer': {
      const { index, answer: facts } = RunEvents.answer.parse(json)
      return withAnswer(live, after, index, ({ text, reasoning }) => ({ ...facts, text, reasoning }))
    }
    case 'done':
      return { ...live, after, status: RunStatus.parse(RunEvents.done.parse(json).status), isDone: true }
    default:
      return live
  }
}

function withAnswer(
  live: LiveRun,
  after: string | undefined,
  index: number,
  change: (answer: RunAnswer) => RunAnswer,
): LiveRun {
  const answer = live.answers[index]
  if (!answer) return { ...live, after }
  return { ...live, after, answers: live.answers.with(index, change(answer)) }
}
