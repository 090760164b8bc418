import type { createAgent, NetworkOptions } from './agent.ts'

type Agent = ReturnType<typeof createAgent>

/** To load the HTTP client is much of a program's start, and many a run of it asks nobody: it comes with the first call. */
export function createAgentWhenAsked(options: NetworkOptions) {
  let loading: Promise<Agent> | undefined
  let isDestroyed = false
  const load = async () => {
    const { createAgent } = await import('./agent.ts')
    const agent = createAgent(options)
    // whoever asks after the end is refused all the same
    if (isDestroyed) await agent.destroy()
    return agent
  }
  return {
    get(): Promise<Agent> {
      loading ??= load()
      return loading
    },
    async destroy(): Promise<void> {
      isDestroyed = true
      const agent = await loading
      await agent?.destroy()
    },
  }
}
