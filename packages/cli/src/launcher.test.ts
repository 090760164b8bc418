import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findOlderNode } from './testing/older-node.ts'
import { LAUNCHER, runLauncher } from './testing/run-rollcall.ts'

describe('the launcher', () => {
  it('prints help without a warning', async () => {
    const run = await runLauncher(['--help'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toContain('rollcall models --demo')
  })

  it('prints the version', async () => {
    expect((await runLauncher(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('is no error when the reader has seen enough', () => {
    const { status, stderr } = shell(
      `"${process.execPath}" "${LAUNCHER}" models --demo --json | head -c 1 > /dev/null; echo "\${PIPESTATUS[0]}"`,
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  it('keeps what it compiled to itself, not in a folder that others could write to', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'rollcall-'))
    await runLauncher(['--help'], { environment: { TMPDIR: temporary } })
    expect(readdirSync(temporary)).toEqual([])
    rmSync(temporary, { recursive: true })
    expect(existsSync(join(dirname(LAUNCHER), '../../../node_modules/.cache/rollcall'))).toBe(true)
  })

  const hasFullDevice = existsSync('/dev/full')
  it.skipIf(!hasFullDevice)(
    'says in one sentence that the output could not be written (skipped without /dev/full)',
    () => {
      const { stderr } = shell(
        `"${process.execPath}" "${LAUNCHER}" models --json > /dev/full; echo "exit $?" >&2`,
      )
      expect(stderr).toBe('The output could not be written (ENOSPC).\nexit 1\n')
    },
  )

  it.skipIf(!hasFullDevice)('does not need a place for its remarks (skipped without /dev/full)', () => {
    const { stdout } = shell(`"${process.execPath}" "${LAUNCHER}" models --ids 2> /dev/full; echo "exit $?"`)
    expect(stdout).toBe('exit 0\n')
  })

  it('quotes nothing back that could act on a terminal', async () => {
    for (const parameters of [
      ['\u001b]0;x\u0007'],
      ['models', '--\u001b[31m'],
      ['models', '--timeout', '\u001b[31m9'],
    ]) {
      const run = await runLauncher(parameters)
      expect(run.exitCode).toBe(2)
      expect(run.stderr).toContain('\\u{1b}')
      expect(run.stderr).not.toContain('\u001b')
    }
  })

  const older = findOlderNode()
  it.skipIf(!older)(
    'goes on with the Node of the project when started by an older one (skipped where PATH has none)',
    async () => {
      const run = await runLauncher(['models', '--json'], older ? { node: older } : {})
      expect(run).toMatchObject({ exitCode: 0, stderr: '' })
      expect(JSON.parse(run.stdout)).toHaveProperty('providers')
      expect((await runLauncher(['models', '--nope'], older ? { node: older } : {})).exitCode).toBe(2)
    },
  )
})

describe('shell completion', () => {
  const scripts = new Map<string, string>()
  const script = (name: string) => {
    const known =
      scripts.get(name) ??
      spawnSync(process.execPath, [LAUNCHER, 'completion', name], { encoding: 'utf8' }).stdout
    scripts.set(name, known)
    return known
  }

  it.each([
    ['rollcall mo', 'models'],
    ['rollcall models --pro', '--provider'],
    ['rollcall models --provider co', 'cohere'],
    ['rollcall models --provider openai,gr', 'openai,groq'],
    ['rollcall models --provider = op', 'openai openrouter'],
    ['rollcall models --search x', ''],
    ['rollcall models -k emb', 'embedding'],
    ['rollcall models --sort pr', 'price'],
    ['rollcall completion z', 'zsh'],
    ['rollcall ba', 'backup'],
    ['rollcall keys r', 'remove'],
    ['rollcall keys add --l', '--label'],
    ['rollcall keys add coh', 'cohere'],
    ['rollcall keys list --j', '--json'],
    ['rollcall keys add --label x', ''],
    ['rollcall models --server --ref', '--refresh'],
    ['rollcall backup --f', '--force'],
  ])('completes "%s" in bash', (line, completion) => {
    const words = line.split(' ').map((word) => `"${word}"`)
    const { stdout } = shell(
      `${script('bash')}\nCOMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _rollcall; echo "\${COMPREPLY[@]}"`,
    )
    expect(stdout.trim()).toBe(completion)
  })

  for (const name of ['zsh', 'fish']) {
    const isInstalled = spawnSync(name, ['-c', 'true']).status === 0
    it.skipIf(!isInstalled)(`has valid syntax for ${name} (skipped where ${name} is not installed)`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
      writeFileSync(join(folder, 'script'), script(name))
      const { status, stderr } = spawnSync(name, ['-n', join(folder, 'script')], { encoding: 'utf8' })
      rmSync(folder, { recursive: true })
      expect(stderr).toBe('')
      expect(status).toBe(0)
    })
  }

  it.each(['zsh', 'fish'])('names every option for %s', (name) => {
    for (const word of ['models', 'provider', 'embedding', 'price', 'demo', 'token-stdin', 'remove'])
      expect(script(name)).toContain(word)
  })
})

function shell(command: string) {
  return spawnSync('bash', ['-c', command], { encoding: 'utf8' })
}
