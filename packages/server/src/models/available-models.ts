import {
  applyCorrections,
  changesAt,
  type FreshnessPolicy,
  listStatus,
  type Offer,
  staticModels,
  toAvailableModels,
  whenToAsk,
} from '@rollcall/core'
import { CUSTOM_PROVIDER, type Kind, type Model, type ProviderStatus } from '@rollcall/core/schema'
import type { EnrichedLists } from '../facts/enriched-lists.ts'
import type { MarkStore } from '../marks/mark-store.ts'
import type { KeyState, ListStore } from './list-store.ts'
import type { Refresher } from './refresh.ts'

export interface Selection {
  isForced: boolean
  /** None: all. */
  providers?: readonly string[] | undefined
  /** None: all. */
  kinds?: readonly Kind[] | undefined
}

export interface AvailableModelsPorts {
  store: ListStore
  refresher: Refresher
  facts: EnrichedLists
  marks: Pick<MarkStore, 'corrections'>
  policy: FreshnessPolicy
  timeoutMs: number
  now: () => number
}

/** One key's part of the answer. `models` is the JSON of an array. */
export interface Part {
  state: KeyState
  status: ProviderStatus
  models: string
  /** The same without what its reader has set right. */
  uncorrected: string
}

export interface Collected {
  parts: Part[]
  /** Something in it was fetched for it, which is true of this very call alone. */
  isFresh: boolean
  /** When time alone makes it another one. */
  holdsUntil: number
}

/** The main path: which keys has this user, what is known already and how old is it, who must be asked? */
export function createAvailableModels(ports: AvailableModelsPorts) {
  const { store, refresher, facts, marks, policy, timeoutMs, now } = ports

  const keysOf = (userId: string, { providers }: Selection): Promise<KeyState[]> =>
    store.ofUser(userId, providers)

  /** What is offered for a key as it is known; undefined where its provider was not asked yet. */
  async function partOf(state: KeyState, isJustFetched: boolean): Promise<Part | undefined> {
    const { provider, base } = state.asked
    const view = listStatus(
      state.known,
      { provider, base, label: state.label },
      { now: now(), isJustFetched, timeoutMs, policy },
    )
    if (!view) return undefined
    const { status, offered } = view
    const uncorrected = await textOf(state, offered)
    // the list was replaced between two reads: what there is now is asked for again
    if (uncorrected === undefined) {
      const fresh = await asItIsNow(state)
      return fresh && partOf(fresh, false)
    }
    return { state, status, models: await corrected(state, uncorrected), uncorrected }
  }

  async function corrected({ userId, asked }: KeyState, models: string): Promise<string> {
    const corrections = await marks.corrections(userId)
    const isTouched = Object.keys(corrections).some((id) => id.startsWith(`${asked.provider.key}/`))
    return isTouched ? JSON.stringify(applyCorrections(JSON.parse(models), corrections).models) : models
  }

  /** Undefined where it is gone: after a restore its number may stand for another user's key. */
  async function asItIsNow({ id, userId }: KeyState): Promise<KeyState | undefined> {
    const state = await store.ofKey(id)
    return state?.userId === userId ? state : undefined
  }

  async function textOf(
    state: KeyState,
    offered: 'believed' | 'static' | 'none',
  ): Promise<string | undefined> {
    const { content, asked } = state
    if (offered === 'static') return facts.ofModels(staticModels(asked.provider, now()))
    return offered === 'believed' && content ? facts.ofList(content, () => store.text(content)) : '[]'
  }

  /** Asks for one key's list and gives its part; undefined where the key is gone by then. */
  async function ask(state: KeyState): Promise<Part | undefined> {
    const known = await refresher.refresh(state)
    const after = await asItIsNow(state)
    if (!after) return undefined
    // replaced meanwhile: what is asked with the new key is waited for
    if (!known && after.version !== state.version) return ask(after)
    // what was fetched, and not just kept
    return partOf(after, known?.trouble === null)
  }

  return {
    keysOf,
    partOf,
    ask,

    /** Whether there is an answer of its provider to wait for, be it that somebody else has asked. */
    isAsked: (state: KeyState, isForced: boolean): boolean =>
      whenToAsk(state.known, now(), policy, isForced) !== 'later' || refresher.isUnderWay(state.id),

    /** Every key's part: known ones at once, asked ones as soon as all have answered. Starts what goes on behind. */
    async collect(userId: string, selection: Selection): Promise<Collected> {
      const states = await keysOf(userId, selection)
      let isFresh = false
      let isRefreshing = false
      const collected = await Promise.all(
        states.map(async (state) => {
          const when = whenToAsk(state.known, now(), policy, selection.isForced)
          if (when === 'now') {
            isFresh = true
            return ask(state)
          }
          if (when === 'behind') {
            isRefreshing = true
            refresher.refreshInTurn(state)
          }
          return partOf(state, false)
        }),
      )
      const parts = collected.filter((part) => part !== undefined)
      const changes = parts.map(({ state }) => changesAt(state.known, now(), policy))
      // what goes on behind may come to nothing, and is to be asked for again then
      if (isRefreshing) changes.push(now() + policy.failureTtlMs)
      return { parts, isFresh, holdsUntil: Math.min(...changes) }
    },
  }
}

export type AvailableModelsPath = ReturnType<typeof createAvailableModels>

/** The answer's JSON. Lists are put in as they are stored, read only where something is to be left out or joined. */
export function toAnswerText(parts: readonly Part[], kinds: readonly Kind[] | undefined): string {
  const keys = parts.map(({ state }) => state.asked.provider.key)
  if (kinds || new Set(keys).size < keys.length) return JSON.stringify(toParsedAnswer(parts, kinds))
  const providers = parts.flatMap(({ state: { asked }, models }) =>
    models === '[]'
      ? []
      : [
          `{"name":${JSON.stringify(asked.provider.name)},"provider_key":"${asked.provider.key}","models":${models}}`,
        ],
  )
  return `{"providers":[${[...providers, JSON.stringify(CUSTOM_PROVIDER)].join(',')}],"statuses":${JSON.stringify(parts.map(({ status }) => status))}}`
}

function toParsedAnswer(parts: readonly Part[], kinds: readonly Kind[] | undefined) {
  const offers = parts.map(({ state, status, models }): Offer => {
    const all = JSON.parse(models) as Model[]
    const wanted = kinds ? all.filter(({ kind }) => kinds.includes(kind ?? 'unknown')) : all
    return { provider: state.asked.provider, models: wanted, status }
  })
  return toAvailableModels(offers)
}
