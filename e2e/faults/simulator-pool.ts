import { createSimulator, type Simulator, type SimulatorOptions } from '@rollcall/simulator'

/** Hands a well simulator to one case at a time, so that cases can run side by side. */
export async function createSimulatorPool(size: number, options: SimulatorOptions) {
  const all = await Promise.all(Array.from({ length: size }, () => createSimulator(options)))
  const idle = [...all]
  const waiting: ((simulator: Simulator) => void)[] = []
  return {
    /** Of the authorities behind the simulators' certificates, with TLS. */
    certificates: all.flatMap(({ caCertificatePem }) => caCertificatePem ?? []),
    async use<T>(work: (simulator: Simulator) => Promise<T>): Promise<T> {
      const simulator = idle.pop() ?? (await new Promise<Simulator>((resolve) => waiting.push(resolve)))
      try {
        return await work(simulator)
      } finally {
        await simulator.reset()
        const next = waiting.shift()
        if (next) next(simulator)
        else idle.push(simulator)
      }
    },
    close: () => Promise.all(all.map((simulator) => simulator.close())),
  }
}

export type SimulatorPool = Awaited<ReturnType<typeof createSimulatorPool>>
