import { type Contender, createBareFetch, createRollcall, type Deliveries } from './contenders.ts'
import { median, printTable, spread } from './figures.ts'
import { startSimulator } from './simulator-process.ts'

const ROUNDS = 25
/** As unequal as in real life, in milliseconds. */
const LATENCIES = {
  groq: 40,
  anthropic: 60,
  cohere: 80,
  mistral: 100,
  openai: 120,
  google: 140,
  together: 160,
  fireworks: 180,
  openrouter: 220,
}

/** How much a discovery takes beyond its slowest provider, and each provider beyond itself. */
export async function benchFanOut(): Promise<void> {
  const simulator = await startSimulator({ latencyMs: LATENCIES })
  const slowest = Math.max(...Object.values(LATENCIES))
  const first = Math.min(...Object.values(LATENCIES))
  const last = (deliveries: Deliveries) => Math.max(...deliveries.values()) - slowest
  const earliest = (deliveries: Deliveries) => Math.min(...deliveries.values()) - first

  const seen: Record<string, { last: number[]; earliest: number[] }> = {}
  const note = (name: string, deliveries: Deliveries) => {
    seen[name] ??= { last: [], earliest: [] }
    seen[name].last.push(last(deliveries))
    seen[name].earliest.push(earliest(deliveries))
  }
  const kept = createRollcall()
  const bare = createBareFetch()
  const runFresh = async (create: () => Contender) => {
    const contender = create()
    const deliveries = await contender.run(simulator.target)
    await contender.close()
    return deliveries
  }
  // bare fetch keeps its connections itself, so it is only compared there
  for (const contender of [kept, bare]) await contender.run(simulator.target)
  for (let round = 0; round < ROUNDS; round++) {
    note('rollcall, new connections', await runFresh(createRollcall))
    note('rollcall, kept connections', await kept.run(simulator.target))
    note('bare fetch().json(), kept', await bare.run(simulator.target))
  }
  await kept.close()
  await simulator.stop()

  printTable(
    `Nine providers at once, the slowest ${slowest} ms, ${ROUNDS} rounds in turn: median (least–most)`,
    ['', 'ms beyond the slowest', 'first one, ms beyond itself', '÷ the slowest'],
    Object.entries(seen).map(([name, { last, earliest }]) => [
      name,
      spread(last),
      spread(earliest),
      ((median(last) + slowest) / slowest).toFixed(3),
    ]),
  )
}
