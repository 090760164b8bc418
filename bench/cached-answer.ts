import { request } from 'node:http'
import { PROVIDERS } from '@rollcall/core'
import { createClient } from '@rollcall/core/schema'
import type { SimulatedProvider } from '@rollcall/simulator'
import { median, printTable } from './figures.ts'
import { answersPerSecond } from './load.ts'
import { type ServerProcess, startBare, startRollcall } from './server-process.ts'
import { startSimulator } from './simulator-process.ts'

const MODELS = 1_500
const ROUNDS = 7
const ROUND_MS = 1_500

/** A cached answer of nine providers beside bare node:http that sends the same bytes after the same token check. */
export async function benchCachedAnswer(): Promise<void> {
  const simulator = await startSimulator({ modelCount: MODELS })
  const rollcall = await startRollcall(simulator.target)
  const token = await signUp(rollcall.address, simulator.target.keys)
  const url = `${rollcall.address}/api/available-models`
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers } })
    return { response, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  await ask({}) // asks the providers
  const { response, bytes: plain } = await ask({ 'accept-encoding': 'identity' })
  const models = (JSON.parse(plain.toString()) as { providers: { models: unknown[] }[] }).providers.reduce(
    (sum, group) => sum + group.models.length,
    0,
  )
  const etag = response.headers.get('etag') ?? ''
  const br = await compressed(url, token)
  const bare = await startBare({ token, etag, plain, br })

  const common = { authorization: `Bearer ${token}` }
  const questions = {
    plain: { ...common, 'accept-encoding': 'identity' },
    br: { ...common, 'accept-encoding': 'br' },
    '304': { ...common, 'if-none-match': etag },
  }
  const rows: string[][] = []
  for (const [name, headers] of Object.entries(questions)) {
    const ours: number[] = []
    const theirs: number[] = []
    const cpu = { ours: [] as number[], theirs: [] as number[] }
    for (let round = 0; round < ROUNDS + 1; round++) {
      const us = await measure(rollcall, headers)
      const them = await measure(bare, headers)
      if (round === 0) continue // warms up
      ours.push(us.rate)
      theirs.push(them.rate)
      cpu.ours.push(us.cpuMicros)
      cpu.theirs.push(them.cpuMicros)
    }
    const ratios = ours.map((rate, index) => rate / (theirs[index] ?? rate))
    rows.push([
      name,
      median(ours).toFixed(0),
      median(theirs).toFixed(0),
      ratios.length > 0 ? spreadOf(ratios) : '',
      median(cpu.ours).toFixed(1),
      median(cpu.theirs).toFixed(1),
    ])
  }
  await Promise.all([rollcall.stop(), bare.stop(), simulator.stop()])
  printTable(
    `A cached answer (${models.toLocaleString('en')} models, ${(plain.length / 1000).toFixed(0)} kB plain, ${(br.length / 1000).toFixed(0)} kB br), ${ROUNDS} rounds in turn: medians`,
    ['', 'answers/s', 'bare node:http', 'ratio (least–most)', 'µs CPU each', 'bare'],
    rows,
  )
}

async function measure(server: ServerProcess, headers: Record<string, string>) {
  const before = await server.usage()
  const rate = await answersPerSecond(`${server.address}/api/available-models`, headers, ROUND_MS)
  const { cpuMs } = await server.usage()
  return { rate, cpuMicros: ((cpuMs - before.cpuMs) * 1000) / ((rate * ROUND_MS) / 1000) }
}

const spreadOf = (ratios: number[]) =>
  `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`

/** A new account with a key for every provider. */
export async function signUp(server: string, keys: Record<SimulatedProvider, string>): Promise<string> {
  let token: string | undefined
  const call = createClient({ server, fetch, token: () => token })
  const signedIn = await call('register', {
    body: { email: 'bench@example.com', password: 'a long enough password' },
  })
  token = signedIn.access_token
  for (const { key } of PROVIDERS) {
    await call('saveKey', { body: { provider: key, key: keys[key as SimulatedProvider] } })
  }
  return token
}

/** As it comes: fetch would decode it. */
async function compressed(url: string, token: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'br' } },
      async (response) => {
        const chunks: Buffer[] = []
        for await (const chunk of response) chunks.push(chunk as Buffer)
        resolve(Buffer.concat(chunks))
      },
    )
    asking.once('error', reject)
    asking.end()
  })
}
