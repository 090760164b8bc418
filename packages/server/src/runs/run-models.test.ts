import { createAskModel } from '@rollcall/ask'
import { ApiKey, PROVIDERS } from '@rollcall/core'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { createRunModels } from './run-models.ts'
import type { RunRecords } from './run-records.ts'

const ASKED = { models: ['groq/openai/gpt-oss-120b'], prompt: 'x' }

describe('a run', () => {
  let simulator: Simulator
  const { askModel, close } = createAskModel()
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small', firstTokenMs: 1, tokenMs: 20 })
    await simulator.set('groq', { tokens: 100_000, tokenMs: 20 })
  })
  afterAll(() => Promise.all([close(), simulator.close()]))

  function createRuns(records: Partial<RunRecords> = {}) {
    const lines: string[] = []
    const written: string[] = []
    const write = (what: string) => async () => {
      written.push(what)
      return true
    }
    const announce = async () => void written.push('news')
    const provider = PROVIDERS.find(({ key }) => key === 'groq')
    const parsed = ApiKey.parse(simulator.keys.groq)
    if (!provider || !('key' in parsed)) throw new Error('groq cannot be asked')
    const asked = { provider, base: simulator.bases.groq, target: '', configuration: '' }
    const runs = createRunModels({
      storage: { db: undefined as never, announce, onChange: () => () => {} },
      records: {
        saveProgress: async () => ({ state: 'goes_on', ended: [] }),
        saveEnd: write('end'),
        saveUsage: async () => {},
        ...records,
      },
      chooseKey: async () => ({
        asked,
        key: Promise.resolve(parsed.key),
        nativeModelId: 'openai/gpt-oss-120b',
        readKnown: async () => undefined,
      }),
      askModel,
      log: createLog('trace', { write: (line) => void lines.push(line) }),
      now: Date.now,
    })
    return { runs, lines, written }
  }
  const askedSoFar = () => simulator.requests.length

  it('that was deleted is not taken for running, though what it cost cannot be written down', async () => {
    const { runs, lines } = createRuns({
      saveProgress: async () => ({ state: 'gone', ended: [] }),
      saveUsage: () => Promise.reject(new Error('no database')),
    })
    const started = await runs.start('ada', ASKED, async (ask) => {
      await ask('one')
      return { id: 'one' }
    })
    if (started instanceof Refusal) throw new Error('it was refused')
    expect(runs.find('one')).toBe(started.run)
    await expect.poll(() => runs.find('one')).toBeUndefined()
    expect(started.run.status).toBe('cancelled')
    expect(lines).toEqual([expect.stringContaining('"event":"run_bug"')])
    await runs.close()
  })

  it('is asked while it is written down, and no further where that fails', async () => {
    const { runs, lines, written } = createRuns()
    const before = askedSoFar()
    const starting = runs.start('ada', ASKED, async (ask) => {
      await ask('two')
      await expect.poll(() => runs.find('two')?.answers[0]?.text.length).toBeGreaterThan(0)
      throw new Error('no database')
    })
    await expect(starting).rejects.toThrow('no database')
    expect(askedSoFar()).toBe(before + 1)
    await expect.poll(() => runs.find('two')).toBeUndefined()
    await expect.poll(() => simulator.openConnections('groq')).toBe(0)
    expect([written, lines]).toEqual([[], []])
    await runs.close()
  })

  it('is not asked where it is refused', async () => {
    const { runs } = createRuns()
    const before = askedSoFar()
    const refusal = new Refusal('conflict', 'Too many.')
    expect(await runs.start('ada', ASKED, async () => refusal)).toBe(refusal)
    await runs.close()
    expect(askedSoFar()).toBe(before)
  })
})
