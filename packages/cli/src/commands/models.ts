import {
  type Ask,
  discover,
  type Offer,
  PROVIDERS,
  type Provider,
  toAvailableModels,
  toOffer,
} from '@rollcall/core'
import type { Model } from '@rollcall/core/schema'
import { createHttpGet } from '@rollcall/network'
import { startDemo } from '../demo.ts'
import { readEnvironment, type Settings } from '../environment.ts'
import { type Output, printAnswer } from '../print/answer.ts'
import { toCsv } from '../print/csv.ts'
import { canShowLiveLines, createLiveLines } from '../print/live.ts'
import { toNoKeysText } from '../print/no-keys.ts'
import { toSafeJson, visible } from '../print/visible.ts'
import {
  isKind,
  isSortKey,
  KINDS,
  type Selection,
  SORT_KEYS,
  selectModels,
  sortModels,
} from '../select-models.ts'
import { UsageError } from '../usage-error.ts'

/** As commander hands them over. */
export interface ModelsOptions {
  json?: boolean
  csv?: boolean
  ids?: boolean
  demo?: boolean
  provider?: string[]
  kind?: string[]
  search?: string
  sort?: string
  /** milliseconds */
  timeout?: number
}

const CACHE_TTL_MS = 3_600_000
const EXIT = { answered: 0, allFailed: 1, interrupted: 130 } as const

/** Asks every provider that has a key, prints what came, returns the exit code of the contract. */
export async function modelsCommand(options: ModelsOptions): Promise<number> {
  const output = outputOf(options)
  const selection = readSelection(options)
  const wanted = readProviders(options.provider)
  const demo = options.demo ? await startDemo() : undefined
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const settings = demo?.settings ?? readEnvironment(process.env)
  const timeoutMs = options.timeout ?? settings.timeoutMs
  const network = createHttpGet({ proxies: settings.proxies })
  try {
    const isWanted = ({ provider }: { provider: Provider }) => !wanted || wanted.includes(provider)
    const asks = settings.asks.filter(isWanted)
    const unusable = settings.unusableKeys.filter(isWanted)
    if (asks.length + unusable.length === 0) {
      printNothingAsked(output, wanted ?? PROVIDERS)
      return EXIT.answered
    }

    const startedAt = performance.now()
    const live = output === 'table' && process.stdout.isTTY && canShowLiveLines(process.stderr)
    if (demo && output === 'table')
      process.stdout.write('Demo: nine simulated providers on this machine, made-up lists.\n\n')
    const offers = [
      ...unusable.map((key) => toUnusableOffer(key, timeoutMs)),
      ...(await ask(asks, { get: network.get, signal: interruption.signal, limits: { timeoutMs } }, live)),
    ].sort((a, b) => PROVIDERS.indexOf(a.provider) - PROVIDERS.indexOf(b.provider))
    if (interruption.signal.aborted) return EXIT.interrupted

    const answer = selectModels(toAvailableModels(offers), selection)
    const sort = (models: readonly Model[]) => sortModels(models, selection.sort)
    printAnswer(output, answer, sort, performance.now() - startedAt)
    return answer.statuses.some(({ status }) => status === 'fresh') ? EXIT.answered : EXIT.allFailed
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    await Promise.all([network.close(), demo?.close()])
  }
}

function outputOf(options: ModelsOptions): Output {
  const chosen = (['json', 'csv', 'ids'] as const).filter((name) => options[name])
  if (chosen.length > 1) throw new UsageError(`--${chosen.join(' and --')} exclude each other.`)
  return chosen[0] ?? 'table'
}

function readSelection({ kind = [], search, sort }: ModelsOptions): Selection {
  const kinds = kind.map((name) => {
    if (isKind(name)) return name
    throw new UsageError(`--kind ${visible(name)} is not known. Kinds are: ${KINDS.join(', ')}.`)
  })
  if (sort !== undefined && !isSortKey(sort)) {
    throw new UsageError(`--sort ${visible(sort)} is not known. Sort by: ${SORT_KEYS.join(', ')}.`)
  }
  return { kinds, ...(search === undefined ? {} : { search }), ...(sort === undefined ? {} : { sort }) }
}

function readProviders(names: readonly string[] | undefined): Provider[] | undefined {
  return names?.map((name) => {
    const provider = PROVIDERS.find(({ key }) => key === name.toLowerCase())
    if (provider) return provider
    throw new UsageError(
      `--provider ${visible(name)} is not known. Providers are: ${PROVIDERS.map(({ key }) => key).join(', ')}.`,
    )
  })
}

async function ask(
  asks: readonly Ask[],
  options: Parameters<typeof discover>[1],
  live: boolean,
): Promise<Offer[]> {
  const offers: Offer[] = []
  const timeoutMs = options.limits?.timeoutMs ?? 0
  const lines =
    live && asks.length > 0
      ? createLiveLines(
          process.stderr,
          asks.map(({ provider }) => provider.name),
        )
      : undefined
  try {
    for await (const result of discover(asks, options)) {
      const offer = toOffer(result, { timeoutMs, cacheTtlMs: CACHE_TTL_MS })
      offers.push(offer)
      lines?.finish(
        asks.findIndex(({ provider }) => provider === offer.provider),
        offer.status,
        result.durationMs,
      )
    }
  } finally {
    lines?.stop()
  }
  return offers
}

/** A key that could not be sent fails like one that was: beside the others. */
function toUnusableOffer(
  { provider, variable, problem }: Settings['unusableKeys'][number],
  timeoutMs: number,
): Offer {
  const result = {
    ask: { provider },
    finishedAt: Date.now(),
    durationMs: 0,
    failure: { code: 'misconfigured', detail: 'key_text' } as const,
  }
  const offer = toOffer(result, { timeoutMs, cacheTtlMs: CACHE_TTL_MS })
  const message = `${problem.replace('The key', variable)}, so it was not sent: set it again.`
  return { ...offer, status: { ...offer.status, message } }
}

function printNothingAsked(output: Output, providers: readonly Provider[]): void {
  if (output === 'json') process.stdout.write(`${toSafeJson(toAvailableModels([]))}\n`)
  else if (output === 'table') process.stdout.write(toNoKeysText(providers))
  else {
    process.stdout.write(output === 'csv' ? toCsv([]) : '')
    process.stderr.write(toNoKeysText(providers))
  }
}
