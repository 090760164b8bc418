import { NOTHING_KNOWN, PROVIDERS } from '@rollcall/core'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../storage/database.ts'
import { createListeners } from '../storage/listeners.ts'
import type { Collected, Part, Selection } from './available-models.ts'
import { createPreparedAnswers, type PreparedAnswers } from './prepared-answers.ts'

const WHOLE: Selection = { isForced: false }
const FORCED: Selection = { isForced: true }
const MEGABYTE = 1024 * 1024

/** A part whose models are one text of that length. */
function partOf(length: number): Part {
  const [provider] = PROVIDERS
  if (!provider) throw new Error('no provider')
  return {
    state: {
      id: 1,
      userId: 'ada',
      label: null,
      asked: { provider, base: undefined, target: '', configuration: '' },
      version: 1,
      sealed: '',
      fingerprint: new Uint8Array(),
      preview: null,
      createdAt: 0,
      updatedAt: 0,
      known: NOTHING_KNOWN,
      content: null,
    },
    status: {
      provider_key: provider.key,
      name: provider.name,
      label: null,
      status: 'cached',
      code: null,
      message: null,
      http_status: 200,
      fetched_at: null,
      expires_at: null,
      retry_at: null,
      model_count: 1,
      dropped_count: 0,
    },
    models: `["${'x'.repeat(length)}"]`,
    uncorrected: '',
  }
}

describe('prepared answers', () => {
  let now: number
  let begun: { userId: string; end: (collected?: Partial<Collected>) => void; fail: (error: Error) => void }[]
  let tell: (change: Change) => void
  let answers: PreparedAnswers

  beforeEach(() => {
    now = 1_000
    begun = []
    const listeners = createListeners()
    tell = listeners.tell
    answers = createPreparedAnswers(
      {
        collect: (userId) =>
          new Promise((resolve, reject) => {
            begun.push({
              userId,
              end: (collected) => resolve({ parts: [], isFresh: false, holdsUntil: 5_000, ...collected }),
              fail: reject,
            })
          }),
      },
      { onChange: listeners.add },
      () => now,
    )
  })

  async function make(userId: string, collected?: Partial<Collected>, selection = WHOLE) {
    const answer = answers.make(userId, selection)
    begun.at(-1)?.end(collected)
    return answer
  }

  it('are ready while they hold', async () => {
    const answer = await make('ada')
    expect(answers.ready('ada')).toBe(answer)
    expect(answers.ready('bob')).toBeUndefined()
    now = 4_999
    expect(answers.ready('ada')).toBe(answer)
    now = 5_000
    expect(answers.ready('ada')).toBeUndefined()
  })

  it.each<Change>([
    { kind: 'runs', userId: 'ada' },
    { kind: 'access', userId: 'ada' },
  ])('hold though this changed: %j', async (change) => {
    const answer = await make('ada')
    tell(change)
    expect(answers.ready('ada')).toBe(answer)
  })

  it('do not hold where the clock was set back behind them', async () => {
    await make('ada')
    now = 999
    expect(answers.ready('ada')).toBeUndefined()
  })

  it.each<[string, Partial<Collected>, Selection]>([
    ['that says fresh', { isFresh: true }, FORCED],
    ['of some providers', {}, { isForced: false, providers: ['openai'] }],
    ['of some kinds', {}, { isForced: false, kinds: ['chat'] }],
  ])('are only for who asked, where it is one %s', async (_name, collected, selection) => {
    await make('ada', collected, selection)
    expect(answers.ready('ada')).toBeUndefined()
  })

  it.each<Change>([
    { kind: 'keys', userId: 'ada', keyId: 1 },
    { kind: 'lists', userId: 'ada' },
    { kind: 'everything' },
  ])('are made anew after %j', async (change) => {
    await make('ada')
    tell(change)
    expect(answers.ready('ada')).toBeUndefined()
  })

  it('stay where somebody else’s keys change', async () => {
    const answer = await make('ada')
    tell({ kind: 'keys', userId: 'bob', keyId: 2 })
    tell({ kind: 'lists', userId: 'bob' })
    expect(answers.ready('ada')).toBe(answer)
  })

  describe('while they are made', () => {
    it('are shared by all with the same question', async () => {
      const both = [answers.make('ada', WHOLE), answers.make('ada', WHOLE)]
      void answers.make('bob', WHOLE)
      void answers.make('ada', FORCED)
      expect(begun).toHaveLength(3)
      begun[0]?.end()
      const [first, second] = await Promise.all(both)
      expect(first).toBe(second)
    })

    it.each<Change>([
      { kind: 'keys', userId: 'ada', keyId: 1 },
      { kind: 'lists', userId: 'ada' },
      { kind: 'everything' },
    ])('are not kept, nor shared any further, after %j', async (change) => {
      const outdated = answers.make('ada', WHOLE)
      tell(change)
      const next = answers.make('ada', WHOLE)
      expect(begun).toHaveLength(2)
      begun[0]?.end()
      await outdated
      expect(answers.ready('ada')).toBeUndefined()
      begun[1]?.end()
      const answer = await next
      expect(answers.ready('ada')).toBe(answer)
    })

    it('are shared until the last list has come, where they are forced', () => {
      void answers.make('ada', FORCED)
      tell({ kind: 'lists', userId: 'ada' })
      void answers.make('ada', FORCED)
      expect(begun).toHaveLength(1)
      // but not when there is another key to be asked with
      tell({ kind: 'keys', userId: 'ada', keyId: 1 })
      void answers.make('ada', FORCED)
      expect(begun).toHaveLength(2)
    })

    it('may fail, which is nobody else’s matter', async () => {
      const failing = answers.make('ada', WHOLE)
      begun[0]?.fail(new Error('the database is away'))
      await expect(failing).rejects.toThrow('away')
      expect(await make('ada')).toBe(answers.ready('ada'))
    })
  })

  it('take 64 MiB at most: who came last is served', async () => {
    const size = 7 * MEGABYTE
    for (let user = 0; user < 20; user++) await make(`${user}`, { parts: [partOf(size)] })
    const ready = Array.from({ length: 20 }, (_, user) => answers.ready(`${user}`) !== undefined)
    expect(ready.lastIndexOf(false)).toBe(10)
    expect(ready.filter(Boolean)).toHaveLength(9)
    // one that alone is larger is made, and not kept
    const large = await make('large', { parts: [partOf(65 * MEGABYTE)] })
    expect(large.plain.length).toBeGreaterThan(64 * MEGABYTE)
    expect(answers.ready('large')).toBeUndefined()
  })

  it('count with their compressed forms', async () => {
    for (let user = 0; user < 9; user++) await make(`${user}`, { parts: [partOf(7 * MEGABYTE)] })
    const first = answers.ready('0')
    if (!first) throw new Error('not ready')
    first.encoded.zstd = Buffer.alloc(2 * MEGABYTE)
    // the size is taken when a form is added
    await answers.encode('0', first, 'br')
    expect(answers.ready('0') === first).toBe(true)
    expect(answers.ready('1') === undefined).toBe(true)
  })

  it('are compressed once, however many want them at once', async () => {
    const answer = await make('ada', { parts: [partOf(MEGABYTE)] })
    const all = await Promise.all(Array.from({ length: 50 }, () => answers.encode('ada', answer, 'br')))
    expect(new Set(all).size).toBe(1)
    expect(await answers.encode('ada', answer, 'br')).toBe(all[0])
    expect(await answers.encode('ada', answer, 'gzip')).not.toBe(all[0])
  })
})
