/** Whether the server answered when it was last asked, whatever it said. */
export function createReachability() {
  let isReachable = true
  const listeners = new Set<() => void>()

  function become(next: boolean): void {
    if (next === isReachable) return
    isReachable = next
    for (const listener of listeners) listener()
  }

  return {
    isReachable: () => isReachable,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** `fetch` that remembers how it went. */
    watching(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
      return async (...args) => {
        try {
          const response = await fetch(...args)
          become(true)
          return response
        } catch (error) {
          // whoever takes a request back says nothing about the server
          if (!args[1]?.signal?.aborted) become(false)
          throw error
        }
      }
    },
  }
}
