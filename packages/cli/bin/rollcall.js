#!/usr/bin/env node
// Plain JavaScript that any Node can read: on Node 24 it goes on here, on an older one with the Node that npm installed
// beside the project. A TypeScript file started with an old Node would only die of a syntax error.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 24 || (major === 24 && minor >= 16)) {
  // erasing types costs more than all else at start; a folder of the project's own, since others could write to /tmp
  module.enableCompileCache(join(here, '../../../node_modules/.cache/rollcall'))
  await import('../src/main.ts')
} else {
  const pinned = findPinnedNode()
  if (pinned) startOn(pinned)
  else {
    process.stderr.write(
      `Rollcall needs Node 24.16 or newer and this is ${process.version}. Install Node 24 from https://nodejs.org, then run it again.\n`,
    )
    process.exitCode = 1
  }
}

function findPinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  try {
    const folder = dirname(
      createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`),
    )
    const path = join(folder, 'bin', platform === 'win' ? 'node.exe' : 'node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined // no such package for this platform: the sentence above says what to do
  }
}

function startOn(node) {
  const child = spawn(node, ['--disable-sigusr1', fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // a terminal sends Ctrl-C to both; the child decides what becomes of it
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
    process.exit()
  })
  child.on('error', (error) => {
    process.stderr.write(`Rollcall could not start ${node}: ${error.code ?? 'unknown error'}.\n`)
    process.exit(1)
  })
}
