import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Catalogue, readCatalogue } from '@rollcall/core'
import type { Model } from '@rollcall/core/schema'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasTerminal, runInTerminal } from './testing/run-in-terminal.ts'
import { runRollcall } from './testing/run-rollcall.ts'

const KEY = 'gsk-canary-of-facts-0123456789'
const TALKS = { input_modalities: ['text'], output_modalities: ['text'] }
const LIST = {
  data: [
    { id: 'llama-x', ...TALKS },
    { id: 'openai/gpt-oss-120b', context_window: 1_000, ...TALKS },
  ],
}
const WIRE = JSON.stringify({
  groq: {
    models: {
      'llama-x': {
        limit: { context: 131_072, output: 32_768 },
        cost: { input: 0.59, output: 0.79 },
        tool_call: true,
      },
      'openai/gpt-oss-120b': { limit: { context: 131_072 }, release_date: '2025-08-05' },
    },
  },
})
const DAY_MS = 86_400_000

type Answer = (request: IncomingMessage, response: ServerResponse) => void

describe('facts in the command line', () => {
  let server: Server
  let address: string
  let folder: string
  let catalogue: Answer
  let list: Answer
  let asked: IncomingMessage[]
  const answerList: Answer = (_, response) => response.end(JSON.stringify(LIST))
  const answerCatalogue: Answer = (_, response) => response.setHeader('etag', '"1"').end(WIRE)
  const never: Answer = () => {}

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request)
      if (request.url === '/catalogue.json') catalogue(request, response)
      else list(request, response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-cache-'))
    asked = []
    list = answerList
    catalogue = answerCatalogue
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const file = () => join(folder, 'rollcall', 'catalogue.json')
  const kept = () => JSON.parse(readFileSync(file(), 'utf8'))
  const today = () => new Date().toISOString().slice(0, 10)
  const environment = () => ({
    GROQ_API_KEY: KEY,
    ROLLCALL_GROQ_BASE_URL: address,
    ROLLCALL_CATALOGUE_URL: `${address}/catalogue.json`,
    XDG_CACHE_HOME: folder,
  })
  const run = (parameters: readonly string[], changes: Record<string, string> = {}) =>
    runRollcall(parameters, { environment: { ...environment(), ...changes } })
  const modelsOf = async (environment: Record<string, string> = {}, ...more: string[]): Promise<Model[]> => {
    const { stdout, stderr, exitCode } = await run(['models', '--json', ...more], environment)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    return JSON.parse(stdout).providers[0].models
  }
  const questions = () => asked.filter(({ url }) => url === '/catalogue.json')
  /** A copy as an earlier run has left it. */
  const keep = (date: string, checkedAt: number) => {
    const copy = readCatalogue(new TextEncoder().encode(WIRE), date) as Catalogue
    mkdirSync(dirname(file()), { recursive: true })
    const content = { url: `${address}/catalogue.json`, etag: '"1"', checked_at: checkedAt, catalogue: copy }
    writeFileSync(file(), JSON.stringify(content))
  }
  /** The provider answers once the catalogue has been sent, and the client had a moment to read it. */
  const catalogueFirst = () => {
    const isSent = new Promise<void>((resolve) => {
      const answer = catalogue
      catalogue = (request, response) => {
        response.on('finish', () => setTimeout(resolve, 500))
        answer(request, response)
      }
    })
    list = async (request, response) => {
      await isSent
      answerList(request, response)
    }
  }

  it('fill holes from a catalogue that came in time, and keep it for this user alone', async () => {
    catalogueFirst()
    const [llama, gpt] = await modelsOf()
    const source = { from: 'models.dev', date: today() }
    expect(llama).toMatchObject({
      context_window: 131_072,
      pricing: { input: 0.59, output: 0.79 },
      sources: { context_window: source, pricing: source },
    })
    expect(gpt).toMatchObject({ context_window: 1_000, released_at: '2025-08-05' })
    expect(gpt?.sources).not.toHaveProperty('context_window')
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file())).mode & 0o777).toBe(0o700)
    expect(kept()).toMatchObject({ etag: '"1"', catalogue: { source } })
  })

  it('are there for the next run, though the first catalogue came late', async () => {
    const answer = catalogue
    catalogue = (request, response) => setTimeout(answer, 500, request, response)
    const [before] = await modelsOf()
    expect(before).not.toHaveProperty('context_window')
    expect((await modelsOf())[0]?.sources?.pricing).toEqual({ from: 'models.dev', date: today() })
    expect(questions()).toHaveLength(1)
  })

  it('are not asked for again on the same day', async () => {
    keep('2026-02-19', Date.now() - DAY_MS / 2)
    expect((await modelsOf())[0]?.sources?.pricing).toEqual({ from: 'models.dev', date: '2026-02-19' })
    expect(questions()).toEqual([])
  })

  it('are asked for on the next day, with the tag of the copy, whose date then is today', async () => {
    keep('2026-02-19', Date.now() - 2 * DAY_MS)
    catalogue = (request, response) => {
      expect(request.headers['if-none-match']).toBe('"1"')
      response.writeHead(304).end()
    }
    catalogueFirst()
    expect((await modelsOf())[0]?.sources?.pricing).toEqual({ from: 'models.dev', date: today() })
    expect(kept().checked_at).toBeGreaterThan(Date.now() - DAY_MS)
  })

  it('are of the old copy, with its date, while nobody answers; nothing waits for it', async () => {
    keep('2026-02-19', Date.now() - 30 * DAY_MS)
    catalogue = never
    expect((await modelsOf())[0]?.sources?.pricing).toEqual({ from: 'models.dev', date: '2026-02-19' })
    const [question] = questions()
    // the client has gone, and nobody had answered it
    await expect.poll(() => question?.socket.destroyed).toBe(true)
  })

  it.each<[string, Answer]>([
    ['an error', (_, response) => response.writeHead(500).end('no')],
    ['a redirect', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a web page', (_, response) => response.end('<html>')],
    ['a cut body', (_, response) => response.writeHead(200, { 'content-length': '999' }).end(WIRE)],
  ])('are as before where the answer is %s', async (what, answer) => {
    keep('2026-02-19', Date.now() - 2 * DAY_MS)
    const before = readFileSync(file(), 'utf8')
    catalogue = answer
    catalogueFirst()
    // a cut body has no end that could be waited for
    if (what === 'a cut body') list = answerList
    expect((await modelsOf())[0]?.sources?.pricing).toEqual({ from: 'models.dev', date: '2026-02-19' })
    expect(readFileSync(file(), 'utf8')).toBe(before)
    expect(asked.map(({ url }) => url)).not.toContain('/elsewhere')
  })

  it.each([
    ['damaged', '{"url":'],
    ['another program’s', '{"url":"x","checked_at":1,"catalogue":{"providers":[]}}'],
    ['of the same address and of another shape', undefined],
  ])('are asked for anew where the copy is %s', async (_, text) => {
    keep('2026-02-19', Date.now())
    writeFileSync(file(), text ?? JSON.stringify({ ...kept(), catalogue: { providers: { groq: 5 } } }))
    catalogueFirst()
    expect((await modelsOf())[0]?.sources?.pricing?.date).toBe(today())
  })

  it('are shown also where nothing can be kept', async () => {
    writeFileSync(join(folder, 'file'), '')
    catalogueFirst()
    const models = await modelsOf({ XDG_CACHE_HOME: join(folder, 'file') })
    expect(models[0]?.sources?.pricing?.date).toBe(today())
  })

  it('are asked for without any key', async () => {
    catalogueFirst()
    await modelsOf()
    const [question] = questions()
    expect(JSON.stringify([question?.url, question?.rawHeaders])).not.toContain(KEY)
    expect(question?.headers).not.toHaveProperty('authorization')
    expect(readFileSync(file(), 'utf8')).not.toContain(KEY)
  })

  it('are only the providers’ own with --no-catalogue, and need no catalogue for what is installed', async () => {
    keep('2026-02-19', Date.now())
    for (const model of await modelsOf({}, '--no-catalogue')) expect(model).not.toHaveProperty('sources')
    const [, gpt] = await modelsOf({ ROLLCALL_CATALOGUE_URL: '' })
    expect(gpt).toMatchObject({ pricing: { input: 0.15 }, sources: { pricing: { from: 'genai-prices' } } })
    expect(questions()).toEqual([])
  })

  it('are told below the table and in CSV', async () => {
    keep('2026-02-19', Date.now())
    const table = await run(['models'])
    expect(table.stdout).toContain('What the providers do not say is from models.dev (2026-02-19)')
    const csv = await run(['models', '--csv'])
    expect(csv.stdout).toContain('pricing=models.dev@2026-02-19')
    const bare = await run(['models', '--no-catalogue'])
    expect(bare.stdout).not.toContain('What the providers do not say')
  })

  it('refuse a catalogue that is no address', async () => {
    const { exitCode, stderr } = await run(['models'], { ROLLCALL_CATALOGUE_URL: 'http://models.example/x' })
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('ROLLCALL_CATALOGUE_URL is not'),
    })
  })

  it('are shown one by one with their sources', async () => {
    keep('2026-02-19', Date.now())
    const { stdout, exitCode } = await run(['show', 'groq/openai/gpt-oss-120b'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/context window +1,000 +the provider\n/)
    expect(stdout).toMatch(/released +2025-08-05 +models\.dev 2026-02-19\n/)
    expect(stdout).toMatch(/input \$\/M +\$0\.15 +genai-prices \d{4}-\d{2}-\d{2}\n/)
    expect(stdout).toMatch(/max output tokens +—\n/)
    const json = await run(['show', 'llama-x', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ model: { id: 'groq/llama-x' }, same_model: [] })
  })

  it('are compared: what differs, and which is the best', async () => {
    keep('2026-02-19', Date.now())
    const { stdout, exitCode } = await run(['compare', 'groq/llama-x', 'groq/openai/gpt-oss-120b'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/≠ context window +131,072 ✓ +1,000\n/)
    expect(stdout).toMatch(/≠ input \$\/M +\$0\.59 +\$0\.15 ✓\n/)
    // unknown is neither worse nor another value
    expect(stdout).toMatch(/ {2}released +— +2025-08-05\n/)
    expect(stdout).toMatch(/What the providers do not say is from models\.dev 2026-02-19 and genai-prices/)
    const json = JSON.parse((await run(['compare', 'llama-x', 'groq/openai/gpt-oss-120b', '--json'])).stdout)
    expect(json.models.map(({ id }: Model) => id)).toEqual(['groq/llama-x', 'groq/openai/gpt-oss-120b'])
    expect(json.rows).toContainEqual({ field: 'context_window', differs: true, best: ['groq/llama-x'] })
    expect(json.rows).toContainEqual({ field: 'released_at', differs: false, best: [] })
  })

  it.each<[string[], Record<string, string>, number, string]>([
    [['show', 'groq/nothing'], {}, 1, 'None of your keys can use groq/nothing'],
    [['show', 'openai/gpt-4o'], {}, 1, 'None of your keys can use openai/gpt-4o'],
    [['compare', 'groq/llama-x'], {}, 2, 'from 2 to 6 different models'],
    [['compare', 'groq/llama-x', 'groq/llama-x'], {}, 2, 'from 2 to 6 different models'],
    [['compare', 'a', 'b', 'c', 'd', 'e', 'f', 'g'], {}, 2, 'from 2 to 6 different models'],
    [['compare', 'groq/a', 'groq/b'], { GROQ_API_KEY: '' }, 2, 'No API key is set for Groq'],
    [['compare', 'openai/a', 'openai/b'], {}, 2, 'No API key is set for OpenAI'],
    [['show', 'x'], { GROQ_API_KEY: '' }, 2, 'No API key is set'],
    [['show'], {}, 2, 'missing required argument'],
  ])('%j says what is wrong', async (parameters, environment, exitCode, words) => {
    const result = await run(parameters, environment)
    expect(result).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(words) })
  })

  it('say why a model is missing whose provider failed', async () => {
    list = (_, response) => response.writeHead(500).end()
    const { exitCode, stderr } = await run(['compare', 'groq/llama-x', 'groq/b'])
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Groq has a problem'),
    })
  })

  it.skipIf(!hasTerminal)(
    'are kept for the next run at a terminal, which has its answer by then',
    async () => {
      const isAnswered = new Promise<void>((resolve) => {
        list = (request, response) => {
          response.on('finish', resolve)
          answerList(request, response)
        }
      })
      catalogue = async (request, response) => {
        await isAnswered
        setTimeout(() => answerCatalogue(request, response), 100)
      }
      const { output } = await runInTerminal('models', { environment: environment() })
      expect(output).not.toContain('models.dev')
      expect(kept()).toMatchObject({ etag: '"1"' })
    },
  )

  it('are complete in the demo, which keeps nothing', async () => {
    const { exitCode, stdout } = await runRollcall(['show', 'openai/gpt-4o', '--demo'], {
      environment: { XDG_CACHE_HOME: folder },
    })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/context window +128,000 +models\.dev /)
    expect(stdout).toContain('openrouter/openai/gpt-4o')
    expect(existsSync(file())).toBe(false)
  })
})
