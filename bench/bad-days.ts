import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createBareFetch, createRollcall, type Target } from './contenders.ts'
import { median, printTable } from './figures.ts'
import { startSimulator } from './simulator-process.ts'

const LATENCY_MS = 100
/** One that pages, so that it can be bad in every way. */
const BAD = 'cohere'
const ROUNDS = 5
const DAYS = [
  { title: 'all well', fault: undefined },
  { title: 'one hangs', fault: 'C1' },
  { title: 'one resets', fault: 'A9' },
  { title: 'one sends 100 MB', fault: 'F9' },
  { title: 'one sends a gzip bomb', fault: 'F10' },
  { title: 'one lists millions of empty objects', fault: 'F15-objects' },
  { title: 'one has endless pages of 14 MB', fault: 'H1-heavy' },
] as const
const CONTENDERS = { rollcall: createRollcall, bare: createBareFetch }

interface Report {
  othersMs: number
  allMs: number
  peakMiB: number
}

/** What one bad provider costs the others and the machine; each run in a process of its own. */
export async function benchBadDays(): Promise<void> {
  const simulator = await startSimulator({ latencyMs: LATENCY_MS })
  const rows: string[][] = []
  for (const { title, fault } of DAYS) {
    if (fault) await simulator.set(BAD, { fault })
    // a hang takes the whole ten seconds each time
    const rounds = fault === 'C1' ? 2 : ROUNDS
    const reports: Record<string, Report[]> = { rollcall: [], bare: [] }
    for (let round = 0; round < rounds; round++) {
      for (const name of Object.keys(CONTENDERS)) reports[name]?.push(await runAlone(name, simulator.target))
    }
    for (const [name, seen] of Object.entries(reports)) {
      rows.push([
        `${title}: ${name === 'bare' ? 'bare fetch().json()' : name}`,
        median(seen.map(({ othersMs }) => othersMs)).toFixed(0),
        median(seen.map(({ allMs }) => allMs)).toFixed(0),
        Math.max(...seen.map(({ peakMiB }) => peakMiB)).toFixed(0),
      ])
    }
    await simulator.reset()
  }
  await simulator.stop()
  printTable(
    `One bad provider of nine, each ${LATENCY_MS} ms, every run in a new process: medians, and the highest peak`,
    ['', 'others delivered, ms', 'all, ms', 'memory above idle, MiB'],
    rows,
  )
}

async function runAlone(contender: string, target: Target): Promise<Report> {
  const child = fork(fileURLToPath(import.meta.url), [contender, JSON.stringify(target)], {
    execArgv: ['--expose-gc'],
  })
  const [report] = (await once(child, 'message')) as [Report]
  child.disconnect()
  await once(child, 'exit')
  return report
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , name, target] = process.argv
  const contender = CONTENDERS[name as keyof typeof CONTENDERS]()
  globalThis.gc?.()
  const idle = process.memoryUsage.rss()
  const deliveries = await contender.run(JSON.parse(target ?? '{}') as Target)
  const others = [...deliveries].filter(([provider]) => provider !== BAD)
  process.send({
    othersMs: Math.max(...others.map(([, ms]) => ms)),
    allMs: Math.max(...deliveries.values()),
    // the most the process has ever held, from the system's own books
    peakMiB: process.resourceUsage().maxRSS / 1024 - idle / 1024 / 1024,
  } satisfies Report)
  await contender.close()
}
