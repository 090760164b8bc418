const EXIT_BY_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const

export interface Interruption {
  signal: AbortSignal
  /** Set as soon as it was interrupted. */
  exitCode: number | undefined
  stopListening(): void
}

/** The first signal ends the asking in good order; those that follow it, as from an impatient hand, change nothing. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  const interruption: Interruption = {
    signal: controller.signal,
    exitCode: undefined,
    stopListening: () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt)
    },
  }
  const interrupt = (signal: 'SIGINT' | 'SIGTERM') => {
    interruption.exitCode ??= EXIT_BY_SIGNAL[signal]
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt)
  return interruption
}
