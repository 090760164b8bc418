import type { FinishReason, RunAnswer } from '@rollcall/core/schema'
import { Status, type Tone } from '../ui/status.tsx'

interface Look {
  tone: Tone
  words: string
}

const ENDS: Record<FinishReason, Look> = {
  stop: { tone: 'ok', words: 'finished' },
  length: { tone: 'warn', words: 'cut at its token limit' },
  content_filter: { tone: 'warn', words: 'cut by a content filter' },
  tool_call: { tone: 'warn', words: 'ended to call a tool' },
  other: { tone: 'warn', words: 'ended for a reason of its own' },
}

/** How far an answer is, and why it ended. */
export function AnswerState({ answer }: { answer: RunAnswer }) {
  const { tone, words } = lookOf(answer)
  return (
    <Status tone={tone} className="text-xs">
      {words}
    </Status>
  )
}

function lookOf({ status, finish_reason: reason, text, reasoning }: RunAnswer): Look {
  switch (status) {
    case 'running':
      if (text !== '') return { tone: 'busy', words: 'answering…' }
      return { tone: 'busy', words: reasoning === '' ? 'waiting for the first word…' : 'reasoning…' }
    case 'finished':
      return ENDS[reason ?? 'stop']
    case 'failed':
      return { tone: 'bad', words: 'failed' }
    case 'cancelled':
      return { tone: 'none', words: 'stopped' }
    case 'interrupted':
      return { tone: 'warn', words: 'interrupted' }
  }
}
