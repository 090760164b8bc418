import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Run } from '@rollcall/core/schema'
import { signUp } from './cached-answer.ts'
import { median, print, printTable } from './figures.ts'
import { ASKED, type Asked, type Contender, createPlain, firstTokenOf, PROMPT } from './first-token.ts'
import { type ServerProcess, startRollcall } from './server-process.ts'
import { startSimulator } from './simulator-process.ts'

const ROUNDS = 200
/** As long as a server needs to be warm that is up for a while. */
const WARM_UP = 100
const NAMES = Object.keys(ASKED) as Asked[]
const FIRST_TOKEN_MS = 20
const STREAMS = 200
const STREAM_TOKENS = 400
const TOKEN_MS = 50

/** What our server adds between a model and its reader: until the first token, and with two hundred streams at once. */
export async function benchRuns(): Promise<void> {
  const simulator = await startSimulator({ size: 'small', firstTokenMs: FIRST_TOKEN_MS })
  // nothing here is to be measured but the way of the words
  const server = await startRollcall(simulator.target, undefined, undefined, {
    ROLLCALL_ANSWERS_AT_ONCE: '1000',
  })
  const token = await signUp(server.address, simulator.target.keys)
  const contenders = { server: createOurs(server.address, token), plain: createPlain(simulator.target) }

  const seen = new Map<string, number[]>()
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const name of NAMES) {
      for (const contender of ['server', 'plain'] as const) {
        const ms = await firstTokenOf(contenders[contender], name)
        if (round < WARM_UP) continue
        const key = `${contender} ${name}`
        seen.set(key, [...(seen.get(key) ?? []), ms])
      }
    }
  }
  const rows = NAMES.map((name) => {
    const [ours, theirs] = [median(seen.get(`server ${name}`) ?? []), median(seen.get(`plain ${name}`) ?? [])]
    return [name, ours.toFixed(2), theirs.toFixed(2), (ours - theirs).toFixed(2)]
  })
  printTable(
    `First token of a model that takes ${FIRST_TOKEN_MS} ms, ${ROUNDS} rounds in turn: medians, ms`,
    ['', 'POST /api/runs and its events', 'the provider itself', 'added'],
    rows,
  )

  await simulator.set('groq', { firstTokenMs: TOKEN_MS, tokenMs: TOKEN_MS, tokens: STREAM_TOKENS })
  const reports = [
    await manyStreams('the provider itself', contenders.plain),
    await manyStreams('our server', contenders.server, server),
  ]
  printTable(
    `${STREAMS} streams at once, each ${STREAM_TOKENS} tokens and its reasoning, one every ${TOKEN_MS} ms`,
    [
      '',
      'all done, s',
      'slowest ÷ quickest stream',
      'gap: median, ms',
      'p99, ms',
      'longest, ms',
      'server: CPU, s',
      'RSS at start · while it goes on · at the end, MiB',
    ],
    reports,
  )
  await server.stop()
  await simulator.stop()
}

/** As a page does it: a run is started, and its events are read. */
function createOurs(address: string, token: string): Contender {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return {
    async ask(name, onToken) {
      const started = await fetch(`${address}/api/runs`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ models: [`${name}/${ASKED[name].model}`], prompt: PROMPT }),
      })
      if (!started.ok) throw new Error(`a run was refused: ${await started.text()}`)
      const { id } = (await started.json()) as Run
      const events = await fetch(`${address}/api/runs/${id}/events`, { headers })
      const decoder = new TextDecoder()
      let last = ''
      for await (const chunk of events.body ?? []) {
        last = decoder.decode(chunk, { stream: true })
        if (last.includes('event: text')) onToken()
      }
      if (!last.includes('"finished"')) throw new Error(`${name} did not finish: ${last}`)
    },
    close: async () => {},
  }
}

async function manyStreams(name: string, contender: Contender, server?: ServerProcess): Promise<string[]> {
  await contender.ask('groq', () => {})
  const before = await server?.usage()
  const rss: number[] = []
  const expectedMs = STREAM_TOKENS * TOKEN_MS
  const weighing = [0.25, 0.5, 0.75].map(async (share) => {
    await pause(share * expectedMs)
    const usage = await server?.usage()
    if (usage) rss.push(usage.rssMiB)
  })
  const gaps: number[] = []
  const startedAt = performance.now()
  const durations = await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      let last: number | undefined
      await contender.ask('groq', () => {
        const now = performance.now()
        if (last !== undefined) gaps.push(now - last)
        last = now
      })
      return performance.now() - startedAt
    }),
  )
  await Promise.all(weighing)
  const after = await server?.usage()
  gaps.sort((a, b) => a - b)
  const gapAt = (share: number) => (gaps[Math.floor(share * (gaps.length - 1))] ?? 0).toFixed(0)
  return [
    name,
    (Math.max(...durations) / 1000).toFixed(1),
    (Math.max(...durations) / Math.min(...durations)).toFixed(2),
    gapAt(0.5),
    gapAt(0.99),
    gapAt(1),
    before && after ? ((after.cpuMs - before.cpuMs) / 1000).toFixed(1) : '',
    before && after ? [before.rssMiB, ...rss, after.rssMiB].map((value) => value.toFixed(0)).join(' · ') : '',
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  print(`Node ${process.version}`)
  await benchRuns()
}
