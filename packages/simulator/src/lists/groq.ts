import { createSeeded } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import type { KnownModel } from './known-model.ts'
import { unixSeconds } from './known-model.ts'

interface GroqModel extends KnownModel {
  owner: string
  contextWindow: number
  maxOutput: number
  huggingFace?: string
  features?: string[]
  inputs?: string[]
  outputs?: string[]
  /** Dollars per character, for models that speak. */
  promptOnlyPrice?: string
}

const full = ['tools', 'json_mode', 'structured_outputs', 'reasoning']
const plain = ['tools', 'json_mode']

export const groqKnown: GroqModel[] = [
  model(
    'openai/gpt-oss-120b',
    'GPT OSS 120B',
    'OpenAI',
    '2025-08-05',
    131_072,
    65_536,
    [0.15, 0.6, 0.075],
    full,
  ),
  model(
    'openai/gpt-oss-20b',
    'GPT OSS 20B',
    'OpenAI',
    '2025-08-05',
    131_072,
    65_536,
    [0.075, 0.3, 0.0375],
    full,
  ),
  model(
    'openai/gpt-oss-safeguard-20b',
    'GPT OSS Safeguard 20B',
    'OpenAI',
    '2025-10-29',
    131_072,
    65_536,
    [0.075, 0.3, 0.0375],
    full,
  ),
  model(
    'llama-3.3-70b-versatile',
    'Llama 3.3 70B Versatile',
    'Meta',
    '2024-12-06',
    131_072,
    32_768,
    [0.59, 0.79],
    plain,
  ),
  model(
    'llama-3.1-8b-instant',
    'Llama 3.1 8B Instant',
    'Meta',
    '2023-09-03',
    131_072,
    131_072,
    [0.05, 0.08],
    plain,
  ),
  model(
    'meta-llama/llama-4-scout-17b-16e-instruct',
    'Llama 4 Scout 17B 16E',
    'Meta',
    '2025-04-05',
    131_072,
    8_192,
    [0.11, 0.34],
    plain,
    { inputs: ['text', 'image'], input: ['text', 'image'] },
  ),
  model(
    'meta-llama/llama-4-maverick-17b-128e-instruct',
    'Llama 4 Maverick 17B 128E',
    'Meta',
    '2025-04-05',
    131_072,
    8_192,
    [0.2, 0.6],
    plain,
    { inputs: ['text', 'image'], input: ['text', 'image'] },
  ),
  model(
    'meta-llama/llama-guard-4-12b',
    'Llama Guard 4 12B',
    'Meta',
    '2025-05-08',
    131_072,
    1_024,
    [0.2, 0.2],
    undefined,
    { inputs: ['text', 'image'], tools: false },
  ),
  model(
    'meta-llama/llama-prompt-guard-2-22m',
    'Prompt Guard 2 22M',
    'Meta',
    '2025-05-30',
    512,
    512,
    [0.03, 0.03],
    undefined,
    { tools: false },
  ),
  model(
    'meta-llama/llama-prompt-guard-2-86m',
    'Prompt Guard 2 86M',
    'Meta',
    '2025-05-30',
    512,
    512,
    [0.04, 0.04],
    undefined,
    { tools: false },
  ),
  model('qwen/qwen3-32b', 'Qwen3 32B', 'Alibaba Cloud', '2025-05-27', 131_072, 40_960, [0.29, 0.59], full),
  model('qwen/qwen3.6-27b', 'Qwen3.6 27B', 'Alibaba Cloud', '2026-06-10', 131_072, 32_768, [0.3, 2], full),
  model(
    'moonshotai/kimi-k2-instruct-0905',
    'Kimi K2 0905',
    'Moonshot AI',
    '2025-09-05',
    262_144,
    16_384,
    [1, 3, 0.5],
    plain,
  ),
  model('groq/compound', 'Compound', 'Groq', '2025-09-04', 131_072, 8_192, undefined, undefined),
  model('groq/compound-mini', 'Compound Mini', 'Groq', '2025-09-04', 131_072, 8_192, undefined, undefined),
  model('allam-2-7b', 'ALLaM 2 7B', 'SDAIA', '2025-01-23', 4_096, 4_096, undefined, undefined),
  model(
    'canopylabs/orpheus-v1-english',
    'Orpheus V1 English',
    'Canopy Labs',
    '2025-12-19',
    4_000,
    50_000,
    undefined,
    undefined,
    { outputs: ['speech'], promptOnlyPrice: '0.000022' },
  ),
  model(
    'canopylabs/orpheus-arabic-saudi',
    'Orpheus Arabic Saudi',
    'Canopy Labs',
    '2025-12-16',
    4_000,
    50_000,
    undefined,
    undefined,
    { outputs: ['speech'], promptOnlyPrice: '0.00004' },
  ),
  model('whisper-large-v3', 'Whisper Large V3', 'OpenAI', '2023-09-03', 448, 448, undefined, undefined, {
    inputs: ['audio'],
    outputs: ['transcription'],
  }),
  model(
    'whisper-large-v3-turbo',
    'Whisper Large V3 Turbo',
    'OpenAI',
    '2024-10-08',
    448,
    448,
    undefined,
    undefined,
    { inputs: ['audio'], outputs: ['transcription'] },
  ),
]

const small = [
  'openai/gpt-oss-120b',
  'meta-llama/llama-4-scout-17b-16e-instruct',
  'meta-llama/llama-prompt-guard-2-22m',
  'groq/compound',
  'canopylabs/orpheus-v1-english',
  'whisper-large-v3',
]

function model(
  id: string,
  name: string,
  owner: string,
  released: string,
  contextWindow: number,
  maxOutput: number,
  price: readonly [number, number, number?] | undefined,
  features: string[] | undefined,
  more: Partial<GroqModel> = {},
): GroqModel {
  return {
    id,
    name,
    owner,
    released,
    contextWindow,
    maxOutput,
    tools: true,
    openWeights: owner !== 'Groq',
    reasoning: features === full,
    ...(price && { price }),
    ...(features && { features }),
    ...more,
  }
}

/** A decimal without an exponent, as the wire has it: 0.15 dollars per million is 0.00000015 per token. */
export function perToken(dollarsPerMillion: number): string {
  return (dollarsPerMillion / 1_000_000).toFixed(14).replace(/0+$/, '').replace(/\.$/, '')
}

function pricing({ price, promptOnlyPrice }: GroqModel): Entry {
  if (promptOnlyPrice) return { pricing: { prompt: promptOnlyPrice } }
  if (!price) return {}
  const [prompt, completion, cached] = price
  return {
    pricing: {
      prompt: perToken(prompt),
      completion: perToken(completion),
      image: '0',
      request: '0',
      input_cache_read: perToken(cached ?? 0),
    },
  }
}

function entry(known: GroqModel): Entry {
  const outputs = known.outputs ?? ['text']
  return {
    id: known.id,
    object: 'model',
    created: unixSeconds(known.released),
    owned_by: known.owner,
    active: true,
    context_window: known.contextWindow,
    public_apps: null,
    max_completion_tokens: known.maxOutput,
    name: known.name,
    hugging_face_id: known.openWeights ? known.id : null,
    context_length: known.contextWindow,
    max_output_length: known.maxOutput,
    input_modalities: known.inputs ?? ['text'],
    output_modalities: outputs,
    ...(known.features ? { supported_features: known.features } : { supported_features: null }),
    supported_sampling_parameters:
      outputs[0] === 'text' ? ['temperature', 'top_p', 'stop', 'seed', 'max_tokens'] : [],
    ...pricing(known),
  }
}

export function groqModels(size: ListSize): Entry[] {
  return groqKnown.filter(({ id }) => size === 'realistic' || small.includes(id)).map(entry)
}

export function groqFiller(index: number): Entry {
  const seeded = createSeeded(index + 5)
  const number = String(index).padStart(5, '0')
  const owner = seeded.pick(['Meta', 'OpenAI', 'Alibaba Cloud', 'Moonshot AI'])
  const price = [seeded.integer(100) / 100, seeded.integer(300) / 100] as const
  const context = seeded.pick([8_192, 131_072, 262_144])
  return entry(
    model(
      `preview/fast-${number}`,
      `Fast Preview ${number}`,
      owner,
      '2026-08-01',
      context,
      8_192,
      price,
      plain,
    ),
  )
}
