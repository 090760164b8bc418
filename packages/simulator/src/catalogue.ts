import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { acceptsGzip, encodedBody, zippedBody } from './encoded-body.ts'
import { anthropicKnown } from './lists/anthropic.ts'
import { cohereKnown } from './lists/cohere.ts'
import { fireworksKnown } from './lists/fireworks.ts'
import { googleKnown } from './lists/google.ts'
import { groqKnown } from './lists/groq.ts'
import type { KnownModel, Modality } from './lists/known-model.ts'
import { mistralKnown } from './lists/mistral.ts'
import { openaiKnown } from './lists/openai.ts'
import { openrouterKnown } from './lists/openrouter.ts'
import { togetherKnown } from './lists/together.ts'
import { standIns } from './providers/index.ts'
import type { SimulatedProvider } from './simulated-provider.ts'
import { SIMULATED_PROVIDERS } from './simulated-provider.ts'

interface Shelf {
  name: string
  npm: string
  doc: string
  api?: string
  known: () => KnownModel[]
}

const shelves: Record<SimulatedProvider, Shelf> = {
  openai: {
    name: 'OpenAI',
    npm: '@ai-sdk/openai',
    doc: 'https://platform.openai.com/docs/models',
    known: () => openaiKnown,
  },
  anthropic: {
    name: 'Anthropic',
    npm: '@ai-sdk/anthropic',
    doc: 'https://docs.anthropic.com/en/docs/about-claude/models',
    known: () => anthropicKnown,
  },
  google: {
    name: 'Google',
    npm: '@ai-sdk/google',
    doc: 'https://ai.google.dev/gemini-api/docs/pricing',
    known: () => googleKnown,
  },
  mistral: {
    name: 'Mistral',
    npm: '@ai-sdk/mistral',
    doc: 'https://docs.mistral.ai/getting-started/models/',
    known: () => mistralKnown,
  },
  groq: {
    name: 'Groq',
    npm: '@ai-sdk/groq',
    doc: 'https://console.groq.com/docs/models',
    known: () => groqKnown,
  },
  together: {
    name: 'Together AI',
    npm: '@ai-sdk/togetherai',
    doc: 'https://docs.together.ai/docs/serverless-models',
    known: togetherKnown,
  },
  cohere: {
    name: 'Cohere',
    npm: '@ai-sdk/cohere',
    doc: 'https://docs.cohere.com/docs/models',
    known: () => cohereKnown,
  },
  fireworks: {
    name: 'Fireworks AI',
    npm: '@ai-sdk/openai-compatible',
    doc: 'https://fireworks.ai/docs/',
    api: 'https://api.fireworks.ai/inference/v1/',
    known: () => fireworksKnown,
  },
  openrouter: {
    name: 'OpenRouter',
    npm: '@openrouter/ai-sdk-provider',
    doc: 'https://openrouter.ai/models',
    api: 'https://openrouter.ai/api/v1',
    known: openrouterKnown,
  },
}

function catalogueModel(model: KnownModel) {
  const input: readonly Modality[] = model.input ?? ['text']
  const [inputPrice, outputPrice, cached] = model.price ?? []
  return {
    id: model.id,
    name: model.name,
    attachment: input.length > 1,
    reasoning: model.reasoning ?? false,
    tool_call: model.tools ?? false,
    temperature: true,
    release_date: model.released,
    last_updated: model.released,
    modalities: { input, output: model.output ?? ['text'] },
    open_weights: model.openWeights ?? false,
    limit: { context: model.contextWindow ?? 0, output: model.maxOutput ?? 0 },
    ...(model.price
      ? {
          cost: {
            input: inputPrice,
            output: outputPrice,
            ...(cached === undefined ? {} : { cache_read: cached }),
          },
        }
      : {}),
  }
}

function catalogueText(): string {
  const providers = SIMULATED_PROVIDERS.map((provider) => {
    const { catalogueId: id, keyVariable } = standIns[provider]
    const { name, npm, doc, api, known } = shelves[provider]
    const models = Object.fromEntries(known().map((model) => [model.id, catalogueModel(model)]))
    return [id, { id, env: [keyVariable], npm, ...(api ? { api } : {}), name, doc, models }]
  })
  return JSON.stringify(Object.fromEntries(providers))
}

let etag: string | undefined

/** A catalogue in the shape of models.dev, for our nine; a client that has it is told so. */
export async function answerCatalogue(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = encodedBody('catalogue', catalogueText)
  etag ??= `W/"${createHash('sha256').update(body.plain).digest('hex').slice(0, 32)}"`
  const headers = { etag, 'cache-control': 'public, max-age=0, must-revalidate', vary: 'Accept-Encoding' }
  if (isKnown(request.headers['if-none-match'])) {
    response.writeHead(304, headers).end()
    return
  }
  const zips = acceptsGzip(request.headers['accept-encoding'])
  const bytes = zips ? await zippedBody(body) : body.plain
  response.writeHead(200, {
    ...headers,
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...(zips ? { 'content-encoding': 'gzip' } : {}),
  })
  response.end(bytes)
}

/** Weak comparison: the same tag with or without its W/. */
function isKnown(header: string | undefined): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return (header ?? '').split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag ?? ''))
}
