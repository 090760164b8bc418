/** At most so many pieces of work at once for each name; the others wait in the order they came. */
export function createTurns(atOnce: number) {
  const lines = new Map<string, { busy: number; waiting: (() => void)[] }>()
  return {
    async take<T>(name: string, work: () => Promise<T>): Promise<T> {
      const line = lines.get(name) ?? { busy: 0, waiting: [] }
      lines.set(name, line)
      // whoever leaves hands the place on, so that nobody slips in between
      if (line.busy >= atOnce) await new Promise<void>((resolve) => line.waiting.push(resolve))
      else line.busy++
      try {
        return await work()
      } finally {
        const next = line.waiting.shift()
        if (next) next()
        else if (--line.busy === 0) lines.delete(name)
      }
    },
  }
}
