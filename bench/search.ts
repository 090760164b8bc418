import { signUp } from './cached-answer.ts'
import { median, print } from './figures.ts'
import { startRollcall } from './server-process.ts'
import { startSimulator } from './simulator-process.ts'

const MODELS = 10_000
const ROUNDS = 40
const QUERIES = [
  'q=claude',
  'q=gpt+mini&sort=price',
  'capability=tools&min_context=200000&sort=price',
  'modality=image&max_input_price=1&sort=-context',
  'kind=chat&released_since=2025-01-01&deprecated=false&sort=-released',
  'sort=name&limit=500',
]

/** Search, filter and order over the API, from the question to the read answer, beside a call that does nothing. */
export async function benchSearch(): Promise<void> {
  const simulator = await startSimulator({ modelCount: MODELS })
  const rollcall = await startRollcall(simulator.target)
  const token = await signUp(rollcall.address, simulator.target.keys)
  const ask = async (path: string): Promise<{ ms: number; total: number }> => {
    const began = performance.now()
    const response = await fetch(`${rollcall.address}/api/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { total } = (await response.json()) as { total: number }
    return { ms: performance.now() - began, total }
  }
  const { total } = await ask('models') // asks the providers
  const first = await ask('models')
  const found: number[] = []
  const nothing: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const query of QUERIES) found.push((await ask(`models?${query}`)).ms)
    nothing.push((await ask('auth/me')).ms)
  }
  await rollcall.stop()
  await simulator.stop()
  print(
    `\nSearch over the API, ${total.toLocaleString('en')} models, ${QUERIES.length} questions, ${ROUNDS} rounds in turn: median ${median(found).toFixed(1)} ms, p95 ${p95(found).toFixed(1)} ms; a call that does nothing ${median(nothing).toFixed(1)} and ${p95(nothing).toFixed(1)} ms; the first after a change ${first.ms.toFixed(0)} ms`,
  )
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0
}
