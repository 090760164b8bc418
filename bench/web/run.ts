import { cpus } from 'node:os'
import { ensureBundle } from '@rollcall/web/bundle'
import { chromium } from 'playwright-core'
import { findBrowser } from '../../e2e/web/chromium.ts'
import { signUp } from '../cached-answer.ts'
import { print, printTable } from '../figures.ts'
import { startRollcall } from '../server-process.ts'
import { startSimulator } from '../simulator-process.ts'
import { type BenchModel, startContenderSite } from './contender-site.ts'
import { type FirstLoad, measureFirstLoad } from './first-load.ts'
import { type Keystroke, TEXTS } from './keystrokes.ts'
import { ACCOUNT, openContender, openPicker, type ReadyField, VIEWPORT } from './ready-field.ts'

const SIZES = [1_000, 5_000, 10_000]
const LATENCY_MS = 600
const FRAME_MS = 1000 / 60
const LIMITS = { scriptMs: 8, openMs: 50, scriptBytes: 150_000 }
const PUBLIC_PAGES = ['/', '/register']
const PAGES = ['/models', '/new-run', '/runs', '/settings/keys', '/settings/account', '/nothing-here']

type Contender = 'Rollcall' | 'bare <input>' | 'cmdk' | '<select>'
interface Measured {
  typing: Keystroke[]
  openings: Keystroke[]
}

const web = await ensureBundle()
const browser = await chromium.launch(await findBrowser())
const site = await startContenderSite()
print(
  `Node ${process.version}, Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
)
const verdicts: string[] = []
for (const size of SIZES) await benchPicker(size)
await benchFirstLoads()
await browser.close()
await site.stop()
print(`\nAgainst the limits\n${verdicts.map((line) => `  ${line}`).join('\n')}`)
process.exitCode = verdicts.some((line) => line.startsWith('✗')) ? 1 : 0

/** Our picker on its real page, and the others beside it, in one run. */
async function benchPicker(size: number): Promise<void> {
  const simulator = await startSimulator({ modelCount: size })
  const server = await startRollcall(simulator.target, undefined, web)
  const token = await signUp(server.address, simulator.target.keys)
  const models = await listModels(server.address, token)
  site.offer(models)
  const typists: Record<Contender, ReadyField> = {
    Rollcall: await openPicker(browser, server.address),
    'bare <input>': await openContender(browser, site.address, 'bare'),
    cmdk: await openContender(browser, site.address, 'cmdk'),
    '<select>': await openContender(browser, site.address, 'select'),
  }
  // in turn, so that whatever else this machine does falls on all of them
  for (const text of TEXTS) for (const { typist } of Object.values(typists)) await typist.type(text)
  const measured = Object.fromEntries(
    Object.entries(typists).map(([name, { typist, openings }]) => [
      name,
      { typing: typist.keystrokes, openings },
    ]),
  ) as Record<Contender, Measured>
  for (const { typist } of Object.values(typists)) await typist.stop()
  await Promise.all([server.stop(), simulator.stop()])
  printTable(
    `${models.length.toLocaleString('en')} models: milliseconds per key, p50 / p95 of ${measured.Rollcall.typing.length} keys`,
    ['', 'script (CPU)', 'and style, layout', 'key → paint', 'open, median'],
    Object.entries(measured).map(([name, { typing, openings }]) => [
      name,
      percentiles(typing.map(({ script }) => script)),
      percentiles(typing.map(({ work }) => work)),
      percentiles(typing.map(({ paint }) => paint)),
      openings.length === 0
        ? ''
        : quantile(
            openings.map(({ paint }) => paint),
            0.5,
          ).toFixed(1),
    ]),
  )
  judge(models.length, measured)
}

function judge(count: number, { Rollcall: ours, 'bare <input>': bare }: Record<Contender, Measured>): void {
  const script = quantile(
    ours.typing.map((key) => key.script),
    0.95,
  )
  const paint = quantile(
    ours.typing.map((key) => key.paint),
    0.95,
  )
  const barePaint = quantile(
    bare.typing.map((key) => key.paint),
    0.95,
  )
  const open = quantile(
    ours.openings.map((key) => key.paint),
    0.5,
  )
  const of = `${count.toLocaleString('en')} models:`
  verdict(
    script <= LIMITS.scriptMs,
    `${of} script per key ${script.toFixed(1)} ms p95, at most ${LIMITS.scriptMs}`,
  )
  verdict(
    paint <= barePaint + FRAME_MS,
    `${of} painted ${(paint - barePaint).toFixed(1)} ms after a bare <input> p95, at most a frame`,
  )
  verdict(open <= LIMITS.openMs, `${of} open in ${open.toFixed(1)} ms, at most ${LIMITS.openMs}`)
}

function verdict(isGood: boolean, text: string): void {
  verdicts.push(`${isGood ? '✓' : '✗'} ${text}`)
}

async function listModels(address: string, token: string): Promise<BenchModel[]> {
  const response = await fetch(`${address}/api/available-models`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { providers } = (await response.json()) as { providers: { models: BenchModel[] }[] }
  return providers.flatMap(({ models }) => models)
}

async function benchFirstLoads(): Promise<void> {
  const simulator = await startSimulator({ latencyMs: LATENCY_MS })
  const loads: FirstLoad[] = []
  for (const path of [...PUBLIC_PAGES, ...PAGES]) {
    // with a new one, its providers were not asked yet
    const server = await startRollcall(simulator.target, undefined, web)
    const context = await browser.newContext({ viewport: VIEWPORT })
    if (PAGES.includes(path)) {
      await signUp(server.address, simulator.target.keys)
      await context.request.post(`${server.address}/api/auth/login`, { data: ACCOUNT })
    }
    const load = await measureFirstLoad(context, server.address, path)
    loads.push(PAGES.includes(path) ? load : { ...load, path: `${path} (signed out)` })
    await context.close()
    await server.stop()
  }
  await simulator.stop()
  printTable(
    'First load of each page, while nine providers answer',
    ['', 'script, kB gzip', 'layout shift'],
    loads.map(({ path, scriptBytes, layoutShift }) => [
      path,
      (scriptBytes / 1000).toFixed(1),
      layoutShift.toFixed(5),
    ]),
  )
  for (const { path, scriptBytes, layoutShift } of loads) {
    verdict(
      scriptBytes <= LIMITS.scriptBytes && layoutShift === 0,
      `${path}: ${(scriptBytes / 1000).toFixed(1)} kB of script, at most ${LIMITS.scriptBytes / 1000}; layout shift ${layoutShift.toFixed(5)}`,
    )
  }
}

function percentiles(values: readonly number[]): string {
  return `${quantile(values, 0.5).toFixed(1)} / ${quantile(values, 0.95).toFixed(1)}`
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
