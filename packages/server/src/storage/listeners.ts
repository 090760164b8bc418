import type { Change } from './database.ts'

/** Who wants to hear of changes in this process. */
export function createListeners() {
  const listeners = new Set<(change: Change) => void>()
  return {
    tell(change: Change): void {
      for (const listener of [...listeners]) listener(change)
    },
    add(listener: (change: Change) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
