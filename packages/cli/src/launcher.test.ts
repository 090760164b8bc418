import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LAUNCHER, runRollcall } from './testing/run-rollcall.ts'

describe('the launcher', () => {
  it('prints help without a warning', async () => {
    const run = await runRollcall(['--help'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toContain('rollcall models --demo')
  })

  it('prints the version', async () => {
    expect((await runRollcall(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('is no error when the reader has seen enough', () => {
    const { status, stderr } = shell(
      `"${process.execPath}" "${LAUNCHER}" models --demo --json | head -c 1 > /dev/null; echo "\${PIPESTATUS[0]}"`,
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  const older = findOlderNode()
  it.skipIf(!older)(
    'goes on with the Node of the project when started by an older one (skipped where PATH has none)',
    async () => {
      const run = await runRollcall(['models', '--json'], older ? { node: older } : {})
      expect(run).toMatchObject({ exitCode: 0, stderr: '' })
      expect(JSON.parse(run.stdout)).toHaveProperty('providers')
      expect((await runRollcall(['models', '--nope'], older ? { node: older } : {})).exitCode).toBe(2)
    },
  )
})

describe('shell completion', () => {
  const script = (name: string) =>
    spawnSync(process.execPath, [LAUNCHER, 'completion', name], { encoding: 'utf8' }).stdout

  it.each([
    ['rollcall mo', 'models'],
    ['rollcall models --pro', '--provider'],
    ['rollcall models --provider co', 'cohere'],
    ['rollcall models -k emb', 'embedding'],
    ['rollcall models --sort pr', 'price'],
    ['rollcall completion z', 'zsh'],
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
    for (const word of ['models', 'provider', 'embedding', 'price', 'demo'])
      expect(script(name)).toContain(word)
  })
})

function shell(command: string) {
  return spawnSync('bash', ['-c', command], { encoding: 'utf8' })
}

function findOlderNode(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find((path) => {
      if (!existsSync(path)) return false
      const major = Number.parseInt(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.slice(1), 10)
      return major >= 18 && major < 24
    })
}
