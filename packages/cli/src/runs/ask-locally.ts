import { setTimeout as wait } from 'node:timers/promises'
import { answerFacts, createAskModel, type KnownPrice, type RunFailed, type RunFinish } from '@rollcall/ask'
import type { Ask, Provider } from '@rollcall/core'
import { type Model, type NewRun, sourceOf } from '@rollcall/core/schema'
import { similarIds } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import { type Settings, unusableKeySentence } from '../environment.ts'
import type { ModelLookUp } from './look-up-models.ts'
import { noKeySentence, providerOf } from './model-provider.ts'
import type { RunProgress } from './run-progress.ts'

/** What an answer that has ended waits for its price. */
const PRICE_MS = 2_000
/** What a person at a terminal, who has the answers by then, may wait for the next run's sake. */
const LINGER_MS = 1_000

export interface LocalRunPorts {
  settings: Settings
  /** False in the demo. */
  hasCache: boolean
  signal: AbortSignal
  show(progress: RunProgress): void
}

/**
 * Asks all models of a run at once, with the keys of this environment, and tells it as it comes; each answer ends with
 * its facts. Lists are asked for once every model has begun to answer, or one has ended: no first token waits for a price.
 */
export async function askLocally(question: NewRun, ports: LocalRunPorts): Promise<void> {
  const { settings, hasCache, signal } = ports
  const { askModel, close } = createAskModel({ proxies: settings.proxies })
  const asked = question.models.map((id) => ({ id, provider: providerOf(id) }))
  const asks = settings.asks.filter((ask) => asked.some(({ provider }) => provider === ask.provider))
  let silent = asked.length
  let lookUp: Promise<ModelLookUp | undefined> | undefined
  const beginLookUp = () => {
    lookUp ??= signal.aborted
      ? Promise.resolve(undefined)
      : import('./look-up-models.ts').then(({ lookUpModels }) =>
          lookUpModels({ settings, asks, hasCache, signal }),
        )
    return lookUp
  }

  async function answer(id: string, provider: Provider, index: number): Promise<void> {
    let isSilent = true
    const begin = () => {
      if (!isSilent) return
      isSilent = false
      silent -= 1
      if (silent === 0) void beginLookUp()
    }
    const ask = asks.find((one) => one.provider === provider)
    const end = ask
      ? await hear(askModel({ ...toQuestion(id, ask, question), signal }), (part, text) => {
          ports.show({ event: 'text', index, part, text })
          begin()
        })
      : noKey(provider, settings)
    begin()
    const models = await withinReason(beginLookUp().then((found) => found?.modelsOf(provider.key)))
    const facts = answerFacts(id, withHint(end, id, models), priceOf(id, models), Date.now())
    ports.show({ event: 'answer', index, answer: facts })
  }

  try {
    await Promise.all(asked.map(({ id, provider }, index) => answer(id, provider, index)))
  } finally {
    await (await lookUp)?.end(process.stdout.isTTY ? LINGER_MS : 0)
    await close()
  }
}

function toQuestion(id: string, { provider, key, base }: Ask, question: NewRun) {
  return {
    provider,
    base,
    key,
    nativeModelId: id.slice(provider.key.length + 1),
    systemPrompt: question.system_prompt,
    prompt: question.prompt,
    parameters: question.parameters ?? {},
  }
}

async function hear(
  answer: ReturnType<ReturnType<typeof createAskModel>['askModel']>,
  say: (part: 'text' | 'reasoning', text: string) => void,
): Promise<RunFinish | RunFailed> {
  for await (const part of answer) {
    if (part.type === 'finish' || part.type === 'failure') return part
    say(part.type, part.text)
  }
  throw new Error('an answer ended without an end')
}

function noKey(provider: Provider, settings: Settings): RunFailed {
  const unusable = settings.unusableKeys.find((key) => key.provider === provider)
  return {
    type: 'failure',
    code: unusable ? 'misconfigured' : 'no_key',
    message: unusable ? unusableKeySentence(unusable) : noKeySentence(provider),
    http_status: null,
    retry_after_ms: null,
    first_token_ms: null,
    duration_ms: 0,
  }
}

async function withinReason<T>(pending: Promise<T>): Promise<T | undefined> {
  const over = new AbortController()
  const limit = wait(PRICE_MS, undefined, { signal: over.signal }).catch(() => undefined) // it was in time
  const value = await Promise.race([pending, limit])
  over.abort()
  return value
}

function priceOf(id: string, models: readonly Model[] = []): KnownPrice | undefined {
  const model = models.find((one) => one.id === id) ?? models.find(({ aliases }) => aliases?.includes(id))
  return model?.pricing && { pricing: model.pricing, source: sourceOf(model, 'pricing') }
}

function withHint(
  end: RunFinish | RunFailed,
  id: string,
  models: readonly Model[] = [],
): RunFinish | RunFailed {
  if (end.type === 'finish' || end.code !== 'model_not_found') return end
  const near = similarIds(
    models.map((model) => model.id),
    id,
  )
  return near.length === 0
    ? end
    : { ...end, message: `${end.message} Near it: ${near.map(visible).join(', ')}.` }
}
