import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CANARY, findKeys } from '../../packages/server/src/testing/find-keys.ts'
import { DIALECTS, startTestServer } from '../../packages/server/src/testing/test-server.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const VITEST = here('../../node_modules/vitest/vitest.mjs')
const TESTING = here('../../packages/server/src/testing')

describe('the search at the end of a run', () => {
  /** A run of its own with one test that does what is given. */
  async function runWith(code: string): Promise<{ exitCode: number | null; output: string }> {
    const root = mkdtempSync(join(tmpdir(), 'rollcall-canary-'))
    writeFileSync(
      join(root, 'vitest.config.mjs'),
      `export default { test: { globals: true, globalSetup: ['${TESTING}/canary-setup.ts'] } }`,
    )
    writeFileSync(
      join(root, 'one.test.mjs'),
      `import { writeFileSync } from 'node:fs'
      import { evidenceFolder, recordEvidence, recordFiles } from '${TESTING}/evidence.ts'
      it('says something', () => { ${code} })`,
    )
    const child = spawn(process.execPath, [VITEST, 'run', '--root', root], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', TMPDIR: root },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    const [exitCode] = (await once(child, 'close')) as [number | null]
    expect(output).toMatch(/Tests .*1 passed/)
    // whatever it found is not kept
    expect(readdirSync(root).filter((name) => name.startsWith('rollcall-evidence-'))).toEqual([])
    rmSync(root, { recursive: true })
    return { exitCode, output }
  }
  const inBase64 = Buffer.from(`"sk-${CANARY}"`).toString('base64')

  it('passes where there is nothing to be found', async () => {
    expect(await runWith(`recordEvidence('log', 'all is well')`)).toMatchObject({ exitCode: 0 })
  })

  it.each([
    ['a log line', `recordEvidence('log', 'sk-${CANARY}')`],
    ['a response, encoded', `recordEvidence('response', '${inBase64}')`],
    ['the output of a process', `recordEvidence('output', 'sk-${CANARY}')`],
    ['a row', `recordEvidence('rows', 'sk-${CANARY}')`],
    ['a temporary file', `writeFileSync(evidenceFolder('left-behind') + '/x.tmp', 'sk-${CANARY}')`],
    ["a file's name", `writeFileSync(evidenceFolder('left-behind') + '/${CANARY}', '')`],
    [
      'a file of a data folder',
      `const folder = evidenceFolder('../data'); writeFileSync(folder + '/rollcall.db-wal', '${CANARY}'); recordFiles(folder)`,
    ],
  ])('fails the run for a key in %s, and does not say the key', async (_where, code) => {
    const { exitCode, output } = await runWith(code)
    expect(exitCode).toBe(1)
    expect(output).toContain('Keys were found in what servers said')
    expect(output).not.toContain(`sk-${CANARY}`)
  })
})

describe.each(DIALECTS)('what is searched of a server on %s', (dialect) => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
  })
  afterAll(() => simulator.close())

  it('is all that it answers, logs and stores', async () => {
    const folder = process.env.ROLLCALL_EVIDENCE_DIR ?? ''
    const read = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    // no key, but found by the same search
    const mark = `mark${crypto.randomUUID().replaceAll('-', '')}`
    const hits = () => read().filter((bytes) => findKeys(bytes, [mark]).length > 0).length
    const server = await startTestServer({ dialect, simulator })
    const { token, userId } = await server.register()
    expect(hits()).toBe(0)
    const body = { provider: 'openai', key: simulator.keys.openai, label: mark }
    expect((await server.call('POST', '/api/api-keys', { token, body })).status).toBe(201)
    const inResponses = hits()
    expect(inResponses).toBeGreaterThan(0)
    await server.call('GET', '/api/available-models', { token })
    // log lines: what a line may hold is numbers and names of ours, such as the user's
    expect(read().some((bytes) => bytes.includes(`"event":"request"`) && bytes.includes(userId))).toBe(true)
    await server.remove()
    expect(hits()).toBeGreaterThan(inResponses)
    // compressed lists are read as well
    const lists = read().filter((bytes) => bytes.includes('"list_contents":[{') && bytes.includes(mark))
    expect(lists.map((bytes) => bytes.includes('openai/gpt'))).toContain(true)
  })
})
