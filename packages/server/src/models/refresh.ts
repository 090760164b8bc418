import {
  createRetryBudget,
  discoverAll,
  type FreshnessPolicy,
  type KnownList,
  learn,
  type ProviderResult,
  whenToAsk,
} from '@rollcall/core'
import type { HttpGet } from '@rollcall/core/transport'
import { openKey } from '../keys/open-key.ts'
import type { Vault } from '../keys/vault.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/database.ts'
import { createTurns } from '../turns.ts'
import type { KeyState, ListStore } from './list-store.ts'

/** Of refreshes that nobody waits for, so many at once go to a provider; a herd of expiries is no storm. */
const AT_ONCE_IN_TURN = 32
/** Another process that has an answer writes it down within this. */
const MOST_TO_RECORD_MS = 2_000
/** How often one looks whether another process still asks. */
const LOOK_AGAIN_MS = 500

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
  /** Of the key and how it is asked with. */
  fingerprint: Uint8Array
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
  const inTurn = new Set<number>()
  const retryBudget = createRetryBudget()
  const turns = createTurns(AT_ONCE_IN_TURN)
  let isClosed = false

  async function refresh(state: KeyState): Promise<KnownList | undefined> {
    const underWay = flights.get(state.id)
    if (underWay?.version === state.version && isSameKey(underWay, state)) return underWay.done
    // this state was read before the key was replaced
    if (isClosed || (underWay && underWay.version > state.version)) return undefined
    underWay?.controller.abort()
    const controller = new AbortController()
    const flight: Flight = {
      version: state.version,
      fingerprint: state.fingerprint,
      controller,
      done: askOrHear(state, controller.signal).finally(() => {
        if (flights.get(state.id) === flight) flights.delete(state.id)
      }),
    }
    flights.set(state.id, flight)
    return flight.done
  }

  /**
   * Of processes on one database, one asks for a key's list at a time, and the others hear what it learns. One that
   * died holds up nobody; one that seems alive, for no longer than an answer may take.
   */
  async function askOrHear(state: KeyState, signal: AbortSignal): Promise<KnownList | undefined> {
    if (!storage.claim) return askAndRecord(state, signal)
    const patience = performance.now() + ports.timeoutMs + MOST_TO_RECORD_MS
    while (!signal.aborted) {
      const release = await storage.claim(`list of key ${state.id}.${state.version}`)
      try {
        const current = await store.ofKey(state.id)
        if (current?.version !== state.version) return undefined
        // another process has asked since this was wanted
        if (JSON.stringify(current.known) !== JSON.stringify(state.known)) return current.known
        if (release || performance.now() > patience) return await askAndRecord(state, signal)
      } finally {
        release?.()
      }
      await newsOf(state.userId, signal)
    }
    return undefined
  }

  /** Or a moment without any. */
  function newsOf(userId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = () => {
        clearTimeout(timer)
        stopListening()
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const timer = setTimeout(stop, LOOK_AGAIN_MS)
      signal.addEventListener('abort', stop, { once: true })
      const stopListening = storage.onChange((change) => {
        if (!('userId' in change) || change.userId === userId) stop()
      })
    })
  }

  async function askAndRecord(state: KeyState, signal: AbortSignal): Promise<KnownList | undefined> {
    const result = await ask(state, signal)
    if (!result || signal.aborted) return undefined
    const known = await store.record(state, result, (before) => learn(before, result, policy, random))
    if (!known) return undefined
    logOutcome(state, known, result.durationMs)
    await storage.announce({ kind: 'lists', userId: state.userId })
    return known
  }

  async function ask(state: KeyState, signal: AbortSignal): Promise<ProviderResult | undefined> {
    const { provider, base } = state.asked
    const key = await openKey(vault, state)
    if (!key) {
      const failure = { code: 'key_unreadable' } as const
      return { ask: { provider }, index: 0, finishedAt: now(), durationMs: 0, failure }
    }
    const asks = [{ provider, key, label: state.label, ...(base === undefined ? {} : { base }) }]
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

  function logOutcome(state: KeyState, { list, trouble }: KnownList, durationMs: number): void {
    log[trouble ? 'info' : 'debug']({
      event: trouble ? 'list_failed' : 'list_ok',
      provider: state.asked.provider.key,
      user_id: state.userId,
      key_id: state.id,
      ms: Math.round(durationMs),
      code: trouble?.code,
      http_status: trouble?.httpStatus,
      model_count: list?.modelCount,
    })
  }

  /** By the time its turn comes, the key may be gone, or somebody who would not wait has asked already. */
  async function refreshIfStillDue(keyId: number): Promise<void> {
    inTurn.delete(keyId)
    if (isClosed) return
    const state = await store.ofKey(keyId)
    if (state && whenToAsk(state.known, now(), policy) !== 'later') await refresh(state)
  }

  /** News was lost, or a backup was restored: is it still the key that is being asked with? */
  async function endIfOther(keyId: number, flight: Flight): Promise<void> {
    const state = await store.ofKey(keyId)
    if (state && isSameKey(flight, state)) return
    flight.controller.abort()
    if (flights.get(keyId) === flight) flights.delete(keyId)
  }

  function logTrouble(keyId: number) {
    return (error: unknown) => log.bug(error, { event: 'refresh_failed', key_id: keyId })
  }

  // the key is gone or another one now: its call is ended, and what it brings is not kept
  const stopListening = storage.onChange((change) => {
    if (change.kind === 'everything') {
      for (const [keyId, flight] of flights) endIfOther(keyId, flight).catch(logTrouble(keyId))
      return
    }
    if (change.kind !== 'keys') return
    const flight = flights.get(change.keyId)
    // news of the very version that is being asked with may come late
    if (!flight || (change.version !== undefined && change.version <= flight.version)) return
    flight.controller.abort()
    flights.delete(change.keyId)
  })

  return {
    /** What is known after asking, or after what is under way for this key already; undefined where it is another now. */
    refresh,

    /** The same where nobody waits for it: trouble of ours goes to the log. */
    refreshBehind(state: KeyState): void {
      refresh(state).catch(logTrouble(state.id))
    },

    /** Where it can wait until others of the same provider are done. */
    refreshInTurn({ id, asked }: KeyState): void {
      if (inTurn.has(id) || flights.has(id)) return
      inTurn.add(id)
      turns.take(asked.target, () => refreshIfStillDue(id)).catch(logTrouble(id))
    },

    isUnderWay: (keyId: number): boolean => flights.has(keyId) || inTurn.has(keyId),

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

/** Also where a restore has given its number to another one. */
function isSameKey(flight: Flight, { fingerprint }: KeyState): boolean {
  return Buffer.compare(flight.fingerprint, fingerprint) === 0
}
