import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { baseUrlVariable } from '@rollcall/core'
import { median, print, printTable, spread } from './figures.ts'
import { startSimulator } from './simulator-process.ts'

const ROUNDS = 20
const LAUNCHER = fileURLToPath(new URL('../packages/cli/bin/rollcall.js', import.meta.url))

/** How long a person waits for help, for a list and for a model's first word. */
export async function benchCliStart(): Promise<void> {
  benchHelp()
  await benchFirstWord()
}

/** Beside a Node that does nothing. */
function benchHelp(): void {
  const older = findOlderNode()
  const commands: Record<string, [string, ...string[]]> = {
    'node -e 0': [process.execPath, '-e', '0'],
    'rollcall --help': [process.execPath, LAUNCHER, '--help'],
    ...(older
      ? { [`rollcall --help, from Node ${older.version}`]: [older.path, LAUNCHER, '--help'] as const }
      : {}),
  }
  const seen: Record<string, number[]> = {}
  for (let round = 0; round < ROUNDS + 2; round++) {
    for (const [name, [file, ...parameters]] of Object.entries(commands)) {
      const startedAt = performance.now()
      const { status } = spawnSync(file, parameters, { stdio: 'ignore' })
      if (status !== 0) throw new Error(`${name} ended with ${status}`)
      seen[name] ??= []
      if (round >= 2) seen[name].push(performance.now() - startedAt)
    }
  }
  const bare = median(seen['node -e 0'] ?? [])
  printTable(
    `Start of the command line, ${ROUNDS} rounds in turn: median (least–most)`,
    ['', 'ms', '÷ node -e 0'],
    Object.entries(seen).map(([name, values]) => [name, spread(values), (median(values) / bare).toFixed(2)]),
  )
  if (!older) print('  (no Node older than 24 in PATH, so the way through the launcher was not measured)')
}

/** From a list and from a model that take no time themselves. */
async function benchFirstWord(): Promise<void> {
  const { target, stop } = await startSimulator({ size: 'small' })
  const environment = {
    PATH: process.env.PATH ?? '',
    ROLLCALL_CATALOGUE_URL: '',
    GROQ_API_KEY: target.keys.groq,
    [baseUrlVariable('groq')]: target.bases.groq,
  }
  const commands = {
    'rollcall models --ids': ['models', '--ids'],
    'rollcall run': ['run', 'groq/openai/gpt-oss-120b', 'Hello.'],
  }
  const seen: Record<string, number[]> = {}
  for (let round = 0; round < ROUNDS + 2; round++) {
    for (const [name, parameters] of Object.entries(commands)) {
      const startedAt = performance.now()
      const child = spawn(process.execPath, [LAUNCHER, ...parameters], {
        env: environment,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      await once(child.stdout, 'data')
      seen[name] ??= []
      if (round >= 2) seen[name].push(performance.now() - startedAt)
      child.stdout.resume()
      await once(child, 'close')
    }
  }
  await stop()
  printTable(
    `From Enter to the first word on the screen, ${ROUNDS} rounds in turn: median (least–most)`,
    ['', 'ms'],
    Object.entries(seen).map(([name, values]) => [name, spread(values)]),
  )
}

function findOlderNode(): { path: string; version: string } | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    if (!existsSync(path)) continue
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim().replace(/^v/, '')
    if (version && Number.parseInt(version, 10) < 24) return { path, version }
  }
  return undefined
}
