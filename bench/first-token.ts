import { fork } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { ApiKey, PROVIDERS } from '@rollcall/core'
import type { SimulatedProvider } from '@rollcall/simulator'
import { createAskModel } from '../packages/ask/src/index.ts'
import type { Target } from './contenders.ts'
import { median, print, printTable } from './figures.ts'
import { startSimulator } from './simulator-process.ts'

const ROUNDS = 200
const FIRST_TOKEN_MS = 20
const STREAMS = 200
const STREAM_TOKENS = 500
const TOKEN_MS = 20
export const PROMPT = 'Say something about models.'

/** Of each way to ask one provider: a model, and what the plainest client would post to which path. */
export const ASKED = {
  groq: {
    model: 'openai/gpt-oss-120b',
    path: '/chat/completions',
    body: { messages: [{ role: 'user', content: PROMPT }], stream: true },
  },
  openai: { model: 'gpt-4o-mini', path: '/responses', body: { input: PROMPT, stream: true } },
  anthropic: {
    model: 'claude-opus-5',
    path: '/messages',
    body: { messages: [{ role: 'user', content: PROMPT }], max_tokens: 1_000, stream: true },
  },
} as const

export type Asked = keyof typeof ASKED
const FIRST_TOKEN = /output_text\.delta|content_block_delta|"reasoning":"/

export interface Contender {
  /** Calls `onToken` at every token, or every chunk of them. */
  ask(provider: Asked, onToken: () => void): Promise<void>
  close(): Promise<void>
}

function createEngine({ bases, keys }: Target): Contender {
  const { askModel, close } = createAskModel()
  return {
    async ask(name, onToken) {
      const provider = PROVIDERS.find(({ key }) => key === name)
      const parsed = ApiKey.parse(keys[name])
      if (!provider || !('key' in parsed)) throw new Error(`${name} cannot be asked`)
      const answer = askModel({
        provider,
        base: bases[name],
        key: parsed.key,
        nativeModelId: ASKED[name].model,
        prompt: PROMPT,
        parameters: {},
        signal: new AbortController().signal,
      })
      for await (const part of answer) {
        if (part.type === 'failure') throw new Error(part.message)
        if (part.type !== 'finish') onToken()
      }
    },
    close,
  }
}

/** The least anybody can do: fetch, and look at the text of what comes. */
export function createPlain({ bases, keys }: Target): Contender {
  return {
    async ask(name, onToken) {
      const { model, path, body } = ASKED[name]
      const response = await fetch(`${bases[name]}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${keys[name]}`,
          'x-api-key': keys[name],
          'anthropic-version': '2023-06-01',
        },
        body: JSON.stringify({ model, ...body }),
      })
      if (!response.ok) throw new Error(`${name} answered ${response.status}`)
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? []) {
        if (FIRST_TOKEN.test(decoder.decode(chunk, { stream: true }))) onToken()
      }
    },
    close: async () => {},
  }
}

const CONTENDERS = { engine: createEngine, plain: createPlain }

/** What our layer adds until the first token, and what two hundred streams at once cost. */
export async function benchFirstToken(): Promise<void> {
  const simulator = await startSimulator({ size: 'small', firstTokenMs: FIRST_TOKEN_MS })
  const rows = await firstTokens(simulator.target)
  printTable(
    `First token of a model that takes ${FIRST_TOKEN_MS} ms, ${ROUNDS} rounds in turn: medians, ms`,
    ['', 'askModel', 'plain fetch', 'added'],
    rows,
  )
  const name: SimulatedProvider = 'groq'
  await simulator.set(name, { firstTokenMs: TOKEN_MS, tokenMs: TOKEN_MS, tokens: STREAM_TOKENS })
  const reports = [await runAlone('engine', simulator.target), await runAlone('plain', simulator.target)]
  await simulator.stop()
  printTable(
    `${STREAMS} streams at once, each ${STREAM_TOKENS} tokens and its reasoning, one every ${TOKEN_MS} ms, each contender in a new process`,
    [
      '',
      'all done, s',
      'slowest ÷ quickest stream',
      'longest gap, ms',
      'loop p99, ms',
      'CPU, s',
      'held at 10 % · 50 % · 90 % · after, MiB',
      'peak RSS, MiB',
    ],
    reports.map((report) => [
      report.name,
      (report.allMs / 1000).toFixed(1),
      (report.slowestMs / report.quickestMs).toFixed(2),
      report.longestGapMs.toFixed(0),
      report.loopP99Ms.toFixed(0),
      (report.cpuMs / 1000).toFixed(1),
      report.heldMiB.map((value) => value.toFixed(1)).join(' · '),
      report.peakMiB.toFixed(0),
    ]),
  )
}

async function firstTokens(target: Target): Promise<string[][]> {
  const contenders = { engine: createEngine(target), plain: createPlain(target) }
  const rows: string[][] = []
  for (const name of Object.keys(ASKED) as Asked[]) {
    const seen = { engine: [] as number[], plain: [] as number[] }
    for (let round = 0; round < ROUNDS + 20; round++) {
      for (const contender of ['engine', 'plain'] as const) {
        const ms = await firstTokenOf(contenders[contender], name)
        if (round >= 20) seen[contender].push(ms) // the others warm up
      }
    }
    const [ours, theirs] = [median(seen.engine), median(seen.plain)]
    rows.push([name, ours.toFixed(2), theirs.toFixed(2), (ours - theirs).toFixed(2)])
  }
  await Promise.all(Object.values(contenders).map(({ close }) => close()))
  return rows
}

export async function firstTokenOf(contender: Contender, name: Asked): Promise<number> {
  const startedAt = performance.now()
  let firstMs: number | undefined
  await contender.ask(name, () => {
    firstMs ??= performance.now() - startedAt
  })
  if (firstMs === undefined) throw new Error(`${name} said nothing`)
  return firstMs
}

interface Report {
  name: string
  allMs: number
  quickestMs: number
  slowestMs: number
  longestGapMs: number
  loopP99Ms: number
  cpuMs: number
  /** Heap and buffers after collection. */
  heldMiB: number[]
  peakMiB: number
}

async function runAlone(name: keyof typeof CONTENDERS, target: Target): Promise<Report> {
  const child = fork(fileURLToPath(import.meta.url), [name, JSON.stringify(target)], {
    execArgv: ['--expose-gc'],
  })
  const [report] = (await once(child, 'message')) as [Report]
  child.disconnect()
  await once(child, 'exit')
  return report
}

/** Many streams at once in this process. */
async function manyStreams(name: keyof typeof CONTENDERS, target: Target): Promise<Report> {
  const contender = CONTENDERS[name](target)
  await contender.ask('groq', () => {})
  const expected = STREAM_TOKENS * TOKEN_MS
  const heldMiB: number[] = []
  const weigh = () => {
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    heldMiB.push((heapUsed + arrayBuffers) / 1024 / 1024)
  }
  for (const share of [0.1, 0.5, 0.9]) setTimeout(weigh, share * expected)
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  let longestGapMs = 0
  const durations = await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      let last: number | undefined
      await contender.ask('groq', () => {
        const now = performance.now()
        if (last !== undefined) longestGapMs = Math.max(longestGapMs, now - last)
        last = now
      })
      return performance.now() - startedAt
    }),
  )
  const { user, system } = process.cpuUsage(cpu)
  loop.disable()
  weigh()
  const report = {
    name: name === 'engine' ? 'askModel' : 'plain fetch',
    allMs: Math.max(...durations),
    quickestMs: Math.min(...durations),
    slowestMs: Math.max(...durations),
    longestGapMs,
    loopP99Ms: loop.percentile(99) / 1e6,
    cpuMs: (user + system) / 1000,
    heldMiB,
    // from the system's own books
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }
  await contender.close()
  return report
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , name, target] = process.argv
  if (process.send) {
    process.send(await manyStreams(name as keyof typeof CONTENDERS, JSON.parse(target ?? '{}') as Target))
  } else {
    print(`Node ${process.version}`)
    await benchFirstToken()
  }
}
