import type { Model } from '@rollcall/core/schema'
import type { KeyState } from './model-picker-groups.ts'

/** Of a provider's models. */
export interface Heading {
  kind: 'heading'
  states: readonly KeyState[]
  hasModels: boolean
  /** In the same line, of a single key without models: the cause and the next step. */
  why: string | null
}

/** Lines that follow each other. Ten thousand models are a few of these, so that a keystroke makes no object of each. */
export type Part = { key: string; group: string; firstRow: number; firstOption: number } & (
  | Heading
  | { kind: 'note'; text: string }
  | { kind: 'models'; models: readonly Model[] }
)

type NewPart<P = Part> = P extends Part ? Omit<P, 'firstRow' | 'firstOption'> : never

/** Puts parts one below the other. */
export function createParts() {
  const parts: Part[] = []
  let rowCount = 0
  let optionCount = 0
  return {
    add(part: NewPart): void {
      const count = part.kind === 'models' ? part.models.length : 1
      if (count === 0) return
      parts.push({ ...part, firstRow: rowCount, firstOption: optionCount })
      rowCount += count
      if (part.kind === 'models') optionCount += count
    },
    read: () => ({ parts, rowCount, optionCount }),
  }
}
