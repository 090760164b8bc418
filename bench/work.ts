import { PROVIDERS } from '@rollcall/core'
// the engine's own parts, so that parsing is measured without sockets
import { readJsonPage } from '../packages/core/src/json-page.ts'
import { createModelList } from '../packages/core/src/to-model-list.ts'
import { createBareFetch, createRollcall } from './contenders.ts'
import { median, printTable, spread } from './figures.ts'
import { startSimulator } from './simulator-process.ts'

const ROUNDS = 30
const MODELS = 2_000

/** Processor time of a whole discovery, and of reading 2,000 models that are already here. */
export async function benchWork(): Promise<void> {
  const simulator = await startSimulator({})
  const contenders = { rollcall: createRollcall(), 'bare fetch().json()': createBareFetch() }
  const cpuMs: Record<string, number[]> = { rollcall: [], 'bare fetch().json()': [] }
  for (let round = 0; round < ROUNDS + 10; round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const spent = await cpuOf(() => contender.run(simulator.target))
      if (round >= 10) cpuMs[name]?.push(spent) // the first rounds warm up
    }
  }
  for (const contender of Object.values(contenders)) await contender.close()
  await simulator.stop()
  const ratio = median(cpuMs.rollcall ?? []) / median(cpuMs['bare fetch().json()'] ?? [])
  printTable(
    `Processor time of one discovery, ${ROUNDS} rounds in turn: median (least–most)`,
    ['', 'ms', '÷ bare'],
    Object.entries(cpuMs).map(([name, values]) => [
      name,
      spread(values),
      name === 'rollcall' ? ratio.toFixed(2) : '1',
    ]),
  )
  await benchReading()
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function benchReading(): Promise<void> {
  const simulator = await startSimulator({ modelCount: MODELS })
  const bodies = await Promise.all(
    PROVIDERS.map(async (provider) => {
      const [list] = provider.lists
      const name = provider.key as keyof typeof simulator.target.keys
      const key = simulator.target.keys[name]
      const query = new URLSearchParams(list.query)
      const response = await fetch(`${simulator.target.bases[name]}${list.path}?${query}`, {
        headers: {
          ...provider.headers,
          authorization: `Bearer ${key}`,
          'x-api-key': key,
          'x-goog-api-key': key,
        },
      })
      return { provider, bytes: new Uint8Array(await response.arrayBuffer()) }
    }),
  )
  await simulator.stop()
  const ours: number[] = []
  const bare: number[] = []
  let count = 0
  for (let round = 0; round < ROUNDS + 20; round++) {
    const isCounted = round >= 20
    let startedAt = performance.now()
    count = 0
    for (const { provider, bytes } of bodies) {
      const read = readJsonPage(bytes, 'application/json', provider.entriesAt)
      if ('failure' in read) throw new Error(`${provider.key}: ${read.failure.detail}`)
      const { entries } = read.page
      const models = createModelList(provider, Date.now())
      for (let index = 0; index < (entries?.count ?? 0); index++) models.add(entries?.at(index))
      models.takeTextsAsSent()
      count += models.finish().models.length
    }
    if (isCounted) ours.push(performance.now() - startedAt)
    startedAt = performance.now()
    for (const { bytes } of bodies) JSON.parse(new TextDecoder().decode(bytes))
    if (isCounted) bare.push(performance.now() - startedAt)
  }
  const size = bodies.reduce((sum, { bytes }) => sum + bytes.length, 0)
  printTable(
    `Reading ${count.toLocaleString('en')} models, ${(size / 1e6).toFixed(2)} MB of JSON: median (least–most)`,
    ['', 'ms', '÷ bare'],
    [
      ['scan, parse and normalise', spread(ours), (median(ours) / median(bare)).toFixed(2)],
      ['bare decode and JSON.parse', spread(bare), '1'],
    ],
  )
}
