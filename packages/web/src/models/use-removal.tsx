import type { CorrectedFacts } from '@rollcall/core/schema'
import { type ReactNode, useState } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { type FactField, type FactValue, factOf } from './fact-fields.ts'
import { useCorrect } from './use-correct.ts'

/** Takes corrections of a model back. Returns how, and the line that says so and can undo it. */
export function useRemoval(
  id: string,
  facts: CorrectedFacts,
  onUndone: () => void,
): { remove: (fields: readonly FactField[]) => void; line: ReactNode } {
  const correct = useCorrect()
  const [removed, setRemoved] = useState<{ words: string; before: Map<string, FactValue | undefined> }>()
  const [problem, setProblem] = useState<string>()

  async function change(changes: ReadonlyMap<string, FactValue | undefined>): Promise<boolean> {
    setProblem(undefined)
    try {
      await correct(id, changes)
      return true
    } catch (error) {
      setProblem(`Not changed. ${sentenceOf(error)}`)
      return false
    }
  }

  async function remove(fields: readonly FactField[]): Promise<void> {
    const before = new Map(fields.map(({ field }) => [field, factOf(facts, field)]))
    setRemoved(undefined)
    if (!(await change(new Map(fields.map(({ field }) => [field, undefined]))))) return
    const [first] = fields
    const words =
      fields.length === 1 && first ? `Your ${first.title.toLowerCase()} is` : 'Your corrections are'
    setRemoved({ words: `${words} removed.`, before })
  }

  async function undo(): Promise<void> {
    if (!removed || !(await change(removed.before))) return
    setRemoved(undefined)
    onUndone()
  }

  return {
    remove: (fields) => void remove(fields),
    line: (
      <div aria-live="polite" className="text-xs">
        {removed && (
          <p className="flex items-center gap-2">
            {removed.words}
            {/* the button that was pressed goes */}
            <Button look="quiet" className="px-2" autoFocus onClick={() => void undo()}>
              Undo
            </Button>
          </p>
        )}
        {problem && <p className="py-1 text-bad">{problem}</p>}
      </div>
    ),
  }
}
