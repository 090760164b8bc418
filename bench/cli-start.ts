import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, print, printTable, spread } from './figures.ts'

const ROUNDS = 20
const LAUNCHER = fileURLToPath(new URL('../packages/cli/bin/rollcall.js', import.meta.url))

/** How long a person waits for help, beside a Node that does nothing. */
export function benchCliStart(): void {
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

function findOlderNode(): { path: string; version: string } | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    if (!existsSync(path)) continue
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim().replace(/^v/, '')
    if (version && Number.parseInt(version, 10) < 24) return { path, version }
  }
  return undefined
}
