import { type AvailableModels, ModelsSearch } from '@rollcall/core/schema'
import { createModelIndex, findModels, selectionOf } from '@rollcall/core/select-models'
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

/**
 * Search, filter and order: in this process alone, and over the API, from the question to the read answer, beside a call
 * that does nothing.
 */
export async function benchSearch(): Promise<void> {
  const simulator = await startSimulator({ modelCount: MODELS })
  const rollcall = await startRollcall(simulator.target)
  const token = await signUp(rollcall.address, simulator.target.keys)
  const get = async (path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${rollcall.address}/api/${path}`, { headers })
    return response.json()
  }
  const ask = async (path: string): Promise<{ ms: number; total: number }> => {
    const began = performance.now()
    const { total } = (await get(path)) as { total: number }
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
  const alone = findAlone((await get('available-models')) as AvailableModels)
  await rollcall.stop()
  await simulator.stop()
  const words = (values: readonly number[]) =>
    `median ${median(values).toFixed(1)} ms, p95 ${p95(values).toFixed(1)} ms`
  print(
    `\nSearch, filter and order, ${total.toLocaleString('en')} models, ${QUERIES.length} questions, ${ROUNDS} rounds in turn:\n  in Node alone: ${words(alone)}\n  over the API, up to 500 models read: ${words(found)}; a call that does nothing: ${words(nothing)}; the first after a change ${first.ms.toFixed(0)} ms`,
  )
}

/** From the words of a question to the models that fit, milliseconds each. */
function findAlone({ providers }: AvailableModels): number[] {
  const index = createModelIndex(providers)
  return Array.from({ length: ROUNDS }, () => QUERIES).flatMap((queries) =>
    queries.map((query) => {
      const began = performance.now()
      findModels(index, selectionOf(ModelsSearch.parse(Object.fromEntries(new URLSearchParams(query)))))
      return performance.now() - began
    }),
  )
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0
}
