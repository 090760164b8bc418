import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import {
  type Behaviour,
  createSimulator,
  type SimulatedProvider,
  type SimulatorOptions,
} from '@rollcall/simulator'
import type { Target } from './contenders.ts'

type Order = { set: SimulatedProvider; behaviour: Behaviour } | 'reset'

/** The simulator in a process of its own, so that its work is not counted as ours. */
export async function startSimulator(options: SimulatorOptions) {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(options)])
  const [target] = (await once(child, 'message')) as [Target]
  const tell = async (order: Order) => {
    child.send(order)
    await once(child, 'message')
  }
  return {
    target,
    set: (provider: SimulatedProvider, behaviour: Behaviour) => tell({ set: provider, behaviour }),
    reset: () => tell('reset'),
    stop: () => stop(child),
  }
}

async function stop(child: ChildProcess): Promise<void> {
  child.disconnect()
  await once(child, 'exit')
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const simulator = await createSimulator(JSON.parse(process.argv[2] ?? '{}') as SimulatorOptions)
  process.on('message', async (order: Order) => {
    if (order === 'reset') await simulator.reset()
    else await simulator.set(order.set, order.behaviour)
    process.send?.('done')
  })
  process.on('disconnect', async () => {
    await simulator.close()
    process.exit()
  })
  process.send({ bases: simulator.bases, keys: simulator.keys } satisfies Target)
}
