import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { AnswerWords } from './answer-words.tsx'

/** What a model told of its reasoning, folded away. */
export function AnswerReasoning({ text, isPlain }: { text: string; isPlain: boolean }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)} className="group">
      <summary className="flex min-h-8 w-fit list-none items-center gap-1.5 rounded-md pr-2 text-ink-muted pointer-coarse:min-h-10">
        <ChevronRight aria-hidden size={15} className="transition-transform group-open:rotate-90" />
        Reasoning
        <span className="text-xs tabular-nums">{text.length.toLocaleString('en')} characters</span>
      </summary>
      <div className="border-line border-l-2 py-1 pl-3 text-ink-muted">
        {isOpen && <AnswerWords text={text} isPlain={isPlain} />}
      </div>
    </details>
  )
}
