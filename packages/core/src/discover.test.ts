import { describe, expect, it } from 'vitest'
import { ApiKey } from './api-key.ts'
import { type DiscoverOptions, discover, discoverAll, type ProviderResult } from './discover.ts'
import type { Ask } from './list-models.ts'
import { PROVIDERS } from './providers/index.ts'
import { openai } from './providers/openai.ts'
import { jsonAnswer } from './providers/provider.contract.ts'
import { createRetryBudget } from './retry-budget.ts'
import type { HttpGet } from './transport.ts'

const NAMES = ['first', 'second', 'third']

function askFor(name: string): Ask {
  const parsed = ApiKey.parse(`key-of-${name}`)
  if (!('key' in parsed)) throw new Error(parsed.problem)
  return { provider: { ...openai, key: name }, key: parsed.key, base: `https://${name}.example` }
}

const page = (name: string) => jsonAnswer({ data: [{ id: `${name}-model` }] })
const nameIn = (url: string) => new URL(url).hostname.replace('.example', '')
const nameOf = ({ ask }: ProviderResult) => ask.provider.key

/** A port that answers a provider when told to; an abort ends the wait, as in the real one. */
function createHeldGet() {
  const release = new Map<string, () => void>()
  const aborted: string[] = []
  const get: HttpGet = ({ url, signal }) =>
    new Promise((resolve) => {
      const name = nameIn(url)
      release.set(name, () => resolve(page(name)))
      signal.addEventListener('abort', () => {
        aborted.push(name)
        resolve({ failure: { code: 'unreachable' } })
      })
    })
  return { get, aborted, release: (name: string) => release.get(name)?.() }
}

async function collect(options: DiscoverOptions, names = NAMES): Promise<string[]> {
  const seen: string[] = []
  for await (const result of discover(names.map(askFor), options)) seen.push(nameOf(result))
  return seen
}

describe('discover', () => {
  it('yields in the order of arrival, each without waiting for the others', async () => {
    const { get, release } = createHeldGet()
    const stream = discover(NAMES.map(askFor), { get })
    const seen: string[] = []
    for (const name of ['third', 'first', 'second']) {
      const next = stream.next()
      release(name)
      const { value } = await next
      seen.push(nameOf(value as ProviderResult))
    }
    expect(seen).toEqual(['third', 'first', 'second'])
    expect((await stream.next()).done).toBe(true)
  })

  it('asks nobody for nothing', async () => {
    expect(await collect({ get: async () => page('x') }, [])).toEqual([])
  })

  it('gives the result with its time and what was asked, but not the key', async () => {
    const [result] = await discoverAll([{ ...askFor('first'), label: 'work' }], {
      get: async () => page('first'),
      now: () => 1_795_305_600_000,
    })
    expect(result).toMatchObject({
      ask: { provider: { key: 'first' }, label: 'work', base: 'https://first.example' },
      finishedAt: 1_795_305_600_000,
      durationMs: expect.any(Number),
      listing: { models: [{ id: 'first/first-model' }] },
    })
    expect(Object.keys(result?.ask ?? {}).sort()).toEqual(['base', 'label', 'provider'])
  })

  it('ends at an abort, with the rest aborted', async () => {
    const { get, release, aborted } = createHeldGet()
    const caller = new AbortController()
    const stream = discover(NAMES.map(askFor), { get, signal: caller.signal })
    const first = stream.next()
    release('second')
    expect(nameOf((await first).value as ProviderResult)).toBe('second')
    const next = stream.next()
    caller.abort()
    expect((await next).done).toBe(true)
    // what was answered has let go of its signal's request already
    expect(aborted.filter((name) => name !== 'second')).toEqual(['first', 'third'])
  })

  it('yields what had arrived before an abort', async () => {
    const { get, release } = createHeldGet()
    const caller = new AbortController()
    const stream = discover(NAMES.map(askFor), { get, signal: caller.signal })
    const first = stream.next()
    release('third')
    await first
    // nobody asks for these two before the abort
    release('second')
    release('first')
    await new Promise((resolve) => setTimeout(resolve))
    caller.abort()
    expect(nameOf((await stream.next()).value as ProviderResult)).toBe('second')
    expect(nameOf((await stream.next()).value as ProviderResult)).toBe('first')
    expect((await stream.next()).done).toBe(true)
  })

  it('takes what ends by the abort itself for no answer', async () => {
    const caller = new AbortController()
    const get: HttpGet = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
    const all = discoverAll(NAMES.map(askFor), { get, signal: caller.signal })
    caller.abort()
    expect(await all).toEqual([])
  })

  it('ends at once where it was aborted before', async () => {
    const signal = AbortSignal.abort()
    expect(await collect({ get: createHeldGet().get, signal })).toEqual([])
  })

  it('aborts the rest when the loop is left', async () => {
    const { get, release, aborted } = createHeldGet()
    const stream = discover(NAMES.map(askFor), { get })
    const first = stream.next()
    release('first')
    await first
    await stream.return(undefined)
    expect(aborted.filter((name) => name !== 'first')).toEqual(['second', 'third'])
  })

  it('shares out limits and chance', async () => {
    const asked: number[] = []
    const get: HttpGet = async ({ mostBytes, url }) => {
      asked.push(mostBytes)
      return page(nameIn(url))
    }
    await collect({ get, limits: { bodyBytes: 123 } })
    expect(asked).toEqual([123, 123, 123])
  })

  it('says which of the asks it answers', async () => {
    const { get, release } = createHeldGet()
    const stream = discover(NAMES.map(askFor), { get })
    const first = stream.next()
    release('third')
    expect((await first).value).toMatchObject({ index: 2 })
    await stream.return(undefined)
  })
})

describe('the budget of retries', () => {
  const RETRIES = 3
  const withoutWaiting = { retryDelayMs: { least: 0, most: 0 } }

  /** How often a provider that always fails is asked, by five of its keys. */
  async function callsOf(options: Partial<DiscoverOptions> = {}): Promise<number> {
    let calls = 0
    const get: HttpGet = async () => {
      calls++
      return jsonAnswer({}, 500)
    }
    const asks = ['a', 'b', 'c', 'd', 'e'].map((label) => ({ ...askFor('first'), label }))
    await discoverAll(asks, { get, limits: withoutWaiting, ...options })
    return calls
  }

  it('is shared by the keys of one provider', async () => {
    expect(await callsOf()).toBe(5 + RETRIES)
  })

  it('is one for each discovery', async () => {
    expect([await callsOf(), await callsOf()]).toEqual([5 + RETRIES, 5 + RETRIES])
  })

  it('is one for several discoveries, where it is handed in', async () => {
    const retryBudget = createRetryBudget()
    expect([await callsOf({ retryBudget }), await callsOf({ retryBudget })]).toEqual([5 + RETRIES, 5])
    // the second discovery's five calls were half of what earns another one
    expect(await callsOf({ retryBudget })).toBe(5 + 1)
  })

  it('is not spent by another provider', async () => {
    const retryBudget = createRetryBudget()
    await callsOf({ retryBudget })
    let calls = 0
    const get: HttpGet = async () => (++calls === 1 ? jsonAnswer({}, 500) : page('second'))
    const [result] = await discoverAll([askFor('second')], { get, limits: withoutWaiting, retryBudget })
    expect(result).toMatchObject({ listing: { models: [{ id: 'second/second-model' }] } })
  })
})

describe('discoverAll', () => {
  it('gives the order of the asks', async () => {
    const { get, release } = createHeldGet()
    const all = discoverAll(NAMES.map(askFor), { get })
    for (const name of ['third', 'second', 'first']) release(name)
    expect((await all).map(nameOf)).toEqual(NAMES)
  })

  it('gives what had arrived by an abort', async () => {
    const { get, release } = createHeldGet()
    const caller = new AbortController()
    const seen: string[] = []
    const all = discoverAll(NAMES.map(askFor), { get, signal: caller.signal })
    release('third')
    // the stream has to get a turn before the abort
    await new Promise((resolve) => setTimeout(resolve))
    caller.abort()
    seen.push(...(await all).map(nameOf))
    expect(seen).toEqual(['third'])
  })

  it('tells keys of one provider apart', async () => {
    const labelled = ['home', 'work', null].map((label) => ({ ...askFor('first'), label }))
    const provider = askFor('first').provider
    const asks = labelled.map((ask) => ({ ...ask, provider }))
    const results = await discoverAll(asks, { get: async () => page('first') })
    expect(results.map(({ ask }) => ask.label)).toEqual(['home', 'work', null])
  })
})

describe('a bug of ours', () => {
  const broken = (name: string): Ask => {
    const ask = askFor(name)
    const read = () => {
      throw new Error('oops')
    }
    return name === 'second' ? { ...ask, provider: { ...ask.provider, read } } : ask
  }

  it('is internal to its provider, and told', async () => {
    const bugs: [string, unknown][] = []
    const results = await discoverAll(NAMES.map(broken), {
      get: async ({ url }) => page(nameIn(url)),
      onBug: (providerKey, error) => bugs.push([providerKey, error]),
    })
    expect(results).toMatchObject([
      { listing: { models: [{ id: 'first/first-model' }] } },
      { failure: { code: 'internal' } },
      { listing: { models: [{ id: 'third/third-model' }] } },
    ])
    expect(bugs).toEqual([['second', new Error('oops')]])
  })

  it('in what was handed in ends the stream instead of leaving it hanging', async () => {
    const onBug = () => {
      throw new Error('and another')
    }
    const get: HttpGet = async ({ url }) => page(nameIn(url))
    await expect(discoverAll(NAMES.map(broken), { get, onBug })).rejects.toThrow('and another')
  })

  it('in the clock ends the stream as well, and aborts the rest', async () => {
    const { get, release, aborted } = createHeldGet()
    let isBroken = false
    const now = () => {
      if (isBroken) throw new Error('no clock')
      return 0
    }
    const stream = discover(NAMES.map(askFor), { get, now })
    const first = stream.next()
    isBroken = true
    release('second')
    await expect(first).rejects.toThrow('no clock')
    expect(aborted.filter((name) => name !== 'second').sort()).toEqual(['first', 'third'])
  })

  it('may also be in the port', async () => {
    const get: HttpGet = async ({ url }) => {
      if (nameIn(url) === 'first') throw new Error('oops')
      return page(nameIn(url))
    }
    const results = await discoverAll(NAMES.map(askFor), { get })
    expect(results.map((result) => ('failure' in result ? result.failure : 'listed'))).toEqual([
      { code: 'internal' },
      'listed',
      'listed',
    ])
  })
})

it('isolates: one provider’s failure leaves the others’ models as they were', async () => {
  const asks = PROVIDERS.map((provider) => ({ ...askFor(provider.key), provider }))
  const answer = (url: string) =>
    jsonAnswer(
      nameIn(url) === 'together'
        ? [{ id: 'm' }]
        : { data: [{ id: 'm' }], models: [{ name: 'm', id: 'm', display_name: 'M' }] },
    )
  const modelsWithout = async (failing: string | undefined) => {
    const results = await discoverAll(asks, {
      get: async ({ url }) => (nameIn(url) === failing ? jsonAnswer({}, 501) : answer(url)),
      now: () => 0,
    })
    return results
      .filter((result) => nameOf(result) !== failing)
      .map((result) => JSON.stringify({ ...result, durationMs: 0 }))
  }
  const all = await modelsWithout(undefined)
  expect(all.filter((result) => result.includes('"listing"'))).toHaveLength(PROVIDERS.length)
  for (const [index, { key }] of PROVIDERS.entries()) {
    expect(await modelsWithout(key)).toEqual(all.toSpliced(index, 1))
  }
})
