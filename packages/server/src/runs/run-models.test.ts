import { createAskModel } from '@rollcall/ask'
import { ApiKey, PROVIDERS } from '@rollcall/core'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { createRunModels } from './run-models.ts'

describe('a run that was deleted', () => {
  let simulator: Simulator
  const { askModel, close } = createAskModel()
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small', firstTokenMs: 1, tokenMs: 20 })
    await simulator.set('groq', { tokens: 100_000, tokenMs: 20 })
  })
  afterAll(() => Promise.all([close(), simulator.close()]))

  it('is not taken for running, though what it cost cannot be written down', async () => {
    const lines: string[] = []
    const provider = PROVIDERS.find(({ key }) => key === 'groq')
    const parsed = ApiKey.parse(simulator.keys.groq)
    if (!provider || !('key' in parsed)) throw new Error('groq cannot be asked')
    const asked = { provider, base: simulator.bases.groq, target: '', configuration: '' }
    const runs = createRunModels({
      storage: { db: undefined as never, announce: async () => {}, onChange: () => () => {} },
      records: {
        saveProgress: async () => ({ state: 'gone', ended: [] }),
        saveEnd: async () => false,
        saveUsage: () => Promise.reject(new Error('no database')),
      },
      chooseKey: async () => ({
        asked,
        key: parsed.key,
        nativeModelId: 'openai/gpt-oss-120b',
        known: Promise.resolve(undefined),
      }),
      askModel,
      log: createLog('trace', { write: (line) => void lines.push(line) }),
      now: Date.now,
    })
    const run = runs.prepare('ada', { models: ['groq/openai/gpt-oss-120b'], prompt: 'x' }).start('one')
    expect(runs.find('one')).toBe(run)
    await expect.poll(() => runs.find('one')).toBeUndefined()
    expect(run.status).toBe('cancelled')
    expect(lines).toEqual([expect.stringContaining('"event":"run_bug"')])
    await runs.close()
  })
})
