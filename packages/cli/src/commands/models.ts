import {
  type Ask,
  discover,
  type Offer,
  PROVIDERS,
  type Provider,
  toAvailableModels,
  toOffer,
} from '@rollcall/core'
import { selectModels } from '@rollcall/core/select-models'
import { createHttpGet } from '@rollcall/network'
import { startDemo } from '../demo.ts'
import { readEnvironment, type UnusableKey } from '../environment.ts'
import { listenForInterruption } from '../interruption.ts'
import { EXIT, type ModelsOptions, outputOf, readProviders, readSelection } from '../models-options.ts'
import { type Output, printAnswer } from '../print/answer.ts'
import { toCsv } from '../print/csv.ts'
import { createLiveLines } from '../print/live.ts'
import { toNoKeysText } from '../print/no-keys.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { UsageError } from '../usage-error.ts'

const CACHE_TTL_MS = 3_600_000

/** Asks every provider that has a key, prints what came, returns the documented exit code. */
export async function modelsCommand(options: ModelsOptions): Promise<number> {
  if (options.refresh)
    throw new UsageError('--refresh goes with --server: without one, every list is asked for anew.')
  const output = outputOf(options)
  const selection = readSelection(options)
  const wanted = readProviders(options.provider)
  const demo = options.demo ? await startDemo() : undefined
  const settings = demo?.settings ?? readEnvironment(process.env)
  const timeoutMs = options.timeout ?? settings.timeoutMs
  const network = createHttpGet({ proxies: settings.proxies })
  const interruption = listenForInterruption()
  try {
    const isWanted = ({ provider }: { provider: Provider }) => !wanted || wanted.includes(provider)
    const asks = settings.asks.filter(isWanted)
    const unusable = settings.unusableKeys.filter(isWanted)
    const withKey = [...asks, ...unusable].map(({ provider }) => provider)
    if (withKey.length === 0) {
      printNothingAsked(output, wanted)
      return EXIT.answered
    }

    const startedAt = performance.now()
    if (demo && output === 'table') {
      process.stdout.write('Demo: simulated providers, made-up lists.\n\n')
    }
    const offers = await ask(asks, unusable, output === 'table', {
      get: network.get,
      signal: interruption.signal,
      limits: { timeoutMs },
    })
    if (interruption.exitCode !== undefined) return interruption.exitCode

    const answer = selectModels(toAvailableModels(offers), selection)
    const notAsked = (wanted ?? [])
      .filter((provider) => !withKey.includes(provider))
      .map(({ name, keyVariables }) => `${name} was not asked: set ${keyVariables.join(' or ')}.`)
    printAnswer(output, answer, { notAsked, tookMs: performance.now() - startedAt, sort: selection.sort })
    return answer.statuses.some(({ status }) => status === 'fresh') ? EXIT.answered : EXIT.allFailed
  } finally {
    interruption.stopListening()
    await Promise.all([network.close(), demo?.close()])
  }
}

/** All offers, in the order of the registry; told line by line as they come where that is wanted and possible. */
async function ask(
  asks: readonly Ask[],
  unusable: readonly UnusableKey[],
  isTable: boolean,
  options: Parameters<typeof discover>[1],
): Promise<Offer[]> {
  const { stdout, stderr } = process
  const timeoutMs = options.limits?.timeoutMs ?? 0
  const names = [...asks, ...unusable].map(({ provider }) => provider.name)
  const lines = isTable && stdout.isTTY && stderr.isTTY ? createLiveLines(stderr, names) : undefined
  const offers: Offer[] = unusable.map((key, index) => {
    const offer = toUnusableOffer(key, timeoutMs)
    lines?.finish(asks.length + index, { status: offer.status, durationMs: 0 })
    return offer
  })
  try {
    for await (const result of discover(asks, options)) {
      const offer = toOffer(result, { timeoutMs, cacheTtlMs: CACHE_TTL_MS })
      offers.push(offer)
      lines?.finish(result.index, { status: offer.status, durationMs: result.durationMs })
    }
  } finally {
    lines?.stop()
  }
  return offers.sort((a, b) => PROVIDERS.indexOf(a.provider) - PROVIDERS.indexOf(b.provider))
}

/** A key that could not be sent fails like one that was: beside the others. */
function toUnusableOffer({ provider, variable, problem }: UnusableKey, timeoutMs: number): Offer {
  const result = {
    ask: { provider },
    index: 0,
    finishedAt: Date.now(),
    durationMs: 0,
    failure: { code: 'misconfigured', detail: 'key_text' } as const,
  }
  const offer = toOffer(result, { timeoutMs, cacheTtlMs: CACHE_TTL_MS })
  const message = `${problem.replace('The key', variable)}, so it was not sent: set it again.`
  return { ...offer, status: { ...offer.status, message } }
}

function printNothingAsked(output: Output, wanted: readonly Provider[] | undefined): void {
  const text = toNoKeysText(wanted ?? PROVIDERS, wanted !== undefined)
  if (output === 'json') process.stdout.write(`${toSafeJson(toAvailableModels([]))}\n`)
  else if (output === 'csv') process.stdout.write(toCsv([]))
  const stream = output === 'table' ? process.stdout : process.stderr
  if (output !== 'json' || wanted) stream.write(text)
}
