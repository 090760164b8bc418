import {
  ApiKey,
  createRetryBudget,
  discoverAll,
  type FreshnessPolicy,
  type KnownList,
  type Lesson,
  learn,
  type ProviderResult,
} from '@rollcall/core'
import type { HttpGet } from '@rollcall/core/transport'
import type { Vault } from '../keys/vault.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/database.ts'
import { createTurns } from '../turns.ts'
import type { KeyState, ListStore } from './list-store.ts'

/** Refreshes that nobody waits for share a provider in so many calls at once; a herd of expiries is no storm. */
const AT_ONCE_BEHIND = 32

export interface RefreshPorts {
  storage: Storage
  store: ListStore
  vault: Vault
  log: Log
  get: HttpGet
  policy: FreshnessPolicy
  timeoutMs: number
  now: () => number
  random: () => number
}

interface Flight {
  version: number
  controller: AbortController
  /** What is known after it; undefined where its key was replaced or deleted meanwhile. */
  done: Promise<KnownList | undefined>
}

/**
 * Asks providers for lists, each key at most once at a time: whoever comes while it is under way shares it. A key that
 * is replaced or deleted detaches what is under way, and nothing of that is written.
 */
export function createRefresher(ports: RefreshPorts) {
  const { storage, store, vault, log, policy, now, random } = ports
  const flights = new Map<number, Flight>()
  const retryBudget = createRetryBudget()
  const turns = createTurns(AT_ONCE_BEHIND)
  let isClosed = false

  function start(state: KeyState, isBehind: boolean): Flight {
    const controller = new AbortController()
    const { signal } = controller
    const work = () => (signal.aborted ? Promise.resolve(undefined) : askAndRecord(state, signal))
    const flight: Flight = {
      version: state.version,
      controller,
      done: (isBehind ? turns.take(state.asked.target, work) : work()).finally(() => {
        if (flights.get(state.id) === flight) flights.delete(state.id)
      }),
    }
    flights.set(state.id, flight)
    return flight
  }

  async function askAndRecord(state: KeyState, signal: AbortSignal): Promise<KnownList | undefined> {
    const result = await ask(state, signal)
    if (!result || signal.aborted) return undefined
    const lesson = learn(state.known, result, policy, random)
    logResult(state, result, lesson)
    if (!(await store.record(state, lesson))) return undefined
    await storage.announce({ kind: 'lists', userId: state.userId })
    return lesson.known
  }

  async function ask(state: KeyState, signal: AbortSignal): Promise<ProviderResult | undefined> {
    const { provider, base, target } = state.asked
    const text = await vault.open(state.sealed, {
      purpose: 'api_key',
      owner: state.userId,
      provider: provider.key,
      label: state.label ?? '',
      target,
    })
    const parsed = text === undefined ? undefined : ApiKey.parse(text)
    if (!parsed || 'problem' in parsed) {
      const failure = { code: 'key_unreadable' } as const
      return { ask: { provider }, index: 0, finishedAt: now(), durationMs: 0, failure }
    }
    const asks = [{ provider, key: parsed.key, label: state.label, ...(base === undefined ? {} : { base }) }]
    const [result] = await discoverAll(asks, {
      get: ports.get,
      signal,
      limits: { timeoutMs: ports.timeoutMs },
      retryBudget,
      now,
      random,
      onBug: (_provider, error) => log.bug(error, { event: 'discovery_bug', provider: provider.key }),
    })
    return result
  }

  function logResult(state: KeyState, result: ProviderResult, { known }: Lesson): void {
    const isGood = known.trouble === null
    log[isGood ? 'debug' : 'info']({
      event: isGood ? 'list_ok' : 'list_failed',
      provider: state.asked.provider.key,
      user_id: state.userId,
      key_id: state.id,
      ms: Math.round(result.durationMs),
      code: known.trouble?.code,
      http_status: known.trouble?.httpStatus,
      model_count: known.list?.modelCount,
    })
  }

  function share(state: KeyState, isBehind: boolean): Promise<KnownList | undefined> {
    if (isClosed) return Promise.resolve(undefined)
    const flight = flights.get(state.id)
    if (flight?.version === state.version) return flight.done
    flight?.controller.abort()
    return start(state, isBehind).done
  }

  // the key is gone or another one now: its call is ended, and what it brings is not kept
  const stopListening = storage.onChange((change) => {
    if (change.kind !== 'keys') return
    flights.get(change.keyId)?.controller.abort()
    flights.delete(change.keyId)
  })

  return {
    /** What is known after asking, or after what is under way for this key already; undefined where it is gone. */
    refresh: (state: KeyState): Promise<KnownList | undefined> => share(state, false),

    /** The same where nobody waits for it: in turn with others, and trouble of ours goes to the log. */
    refreshBehind(state: KeyState): void {
      share(state, true).catch((error) =>
        log.bug(error, { event: 'refresh_behind_failed', key_id: state.id }),
      )
    },

    isUnderWay: (keyId: number): boolean => flights.has(keyId),

    /** Ends every call. */
    async close(): Promise<void> {
      isClosed = true
      stopListening()
      const open = [...flights.values()]
      for (const { controller } of open) controller.abort()
      await Promise.allSettled(open.map(({ done }) => done))
    },
  }
}

export type Refresher = ReturnType<typeof createRefresher>
