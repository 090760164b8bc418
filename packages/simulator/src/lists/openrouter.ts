import { createSeeded } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import { perToken } from './groq.ts'
import type { KnownModel, Modality } from './known-model.ts'
import { unixSeconds } from './known-model.ts'
import { openrouterRows } from './openrouter-rows.ts'
import { describe, families, parameterSizes, variants } from './vocabulary.ts'

const TEXT_MODELS = 414

export interface Row {
  id: string
  name: string
  released: string
  context: number | null
  /** Dollars per million tokens, or -1 where the price depends on what is chosen behind it. */
  price: readonly [number, number, number?]
  inputs?: string[]
  outputs?: string[]
  maxOutput?: number | null
  reasoning?: boolean
  tools?: boolean
  aliasOf?: [name: string, slug: string]
  expires?: string
  overrides?: Entry[]
  morePrices?: Record<string, string>
}

const parameters = [
  'frequency_penalty',
  'logit_bias',
  'max_tokens',
  'min_p',
  'presence_penalty',
  'repetition_penalty',
  'response_format',
  'seed',
  'stop',
  'structured_outputs',
  'temperature',
  'top_k',
  'top_p',
]

const small = [
  'anthropic/claude-opus-5',
  'openai/gpt-5.5',
  'openrouter/auto',
  '~anthropic/claude-haiku-latest',
  'google/gemma-4-31b-it:free',
  'deepseek/deepseek-v4-flash',
  'qwen/qwen3.7-flash',
  'openai/gpt-image-2',
]

function priceText(dollarsPerMillion: number): string {
  return dollarsPerMillion === -1 ? '-1' : perToken(dollarsPerMillion)
}

function entry(row: Row): Entry {
  const seeded = createSeeded(row.id.length * 613 + row.id.charCodeAt(2))
  const inputs = row.inputs ?? ['text']
  const outputs = row.outputs ?? ['text']
  const [prompt, completion, cached] = row.price
  const reasons = row.reasoning ?? true
  const slug =
    row.aliasOf || row.id.includes('openrouter/')
      ? row.id
      : `${row.id.split(':')[0]}-${row.released.replaceAll('-', '')}`
  return {
    id: row.id,
    canonical_slug: slug,
    ...(row.aliasOf ? { alias_target: { name: row.aliasOf[0], slug: row.aliasOf[1] } } : {}),
    hugging_face_id: seeded.chance(0.5) ? row.id.split(':')[0] : null,
    name: row.name,
    created: unixSeconds(row.released) + seeded.integer(86_400),
    description: row.aliasOf
      ? `Always leads to ${row.aliasOf[0]}, the newest of its family.`
      : describe(seeded),
    context_length: row.context,
    architecture: {
      modality: `${inputs.join('+')}->${outputs.join('+')}`,
      input_modalities: inputs,
      output_modalities: outputs,
      tokenizer: row.aliasOf ? 'Router' : 'Other',
      instruct_type: null,
    },
    pricing: {
      prompt: priceText(prompt),
      completion: priceText(completion),
      ...(cached === undefined ? {} : { input_cache_read: priceText(cached) }),
      ...row.morePrices,
      ...(row.overrides ? { overrides: row.overrides } : {}),
    },
    top_provider: {
      context_length: row.context,
      max_completion_tokens: row.maxOutput ?? null,
      is_moderated: row.id.includes('openai/') || row.id.includes('anthropic/'),
    },
    per_request_limits: null,
    supported_parameters: [
      ...parameters,
      ...((row.tools ?? true) ? ['tool_choice', 'tools'] : []),
      ...(reasons ? ['include_reasoning', 'reasoning', 'reasoning_effort'] : []),
    ].sort(),
    default_parameters: { temperature: null, top_p: null, top_k: null, frequency_penalty: null },
    supported_voices: null,
    knowledge_cutoff: seeded.chance(0.3) ? '2025-06-30' : null,
    expiration_date: row.expires ?? null,
    links: { details: `/api/v1/models/${slug}/endpoints` },
    benchmarks: {
      design_arena: [],
      artificial_analysis: { intelligence_index: 20 + seeded.integer(500) / 10 },
    },
    ...(reasons
      ? {
          reasoning: {
            mandatory: false,
            default_enabled: true,
            supported_efforts: ['high', 'medium', 'low'],
            default_effort: 'medium',
          },
        }
      : {}),
  }
}

function generated(position: number): Row {
  const seeded = createSeeded(position * 19 + 11)
  const [maker, organization, family] = seeded.pick(families)
  const name = `${family} ${seeded.pick(parameterSizes)} ${seeded.pick(variants)}`
  const isFree = position % 24 === 0
  const input = (seeded.integer(200) + 2) / 100
  return {
    id: `${maker}/${name}-${position + 100}`.toLowerCase().replaceAll(' ', '-') + (isFree ? ':free' : ''),
    name: `${organization}: ${name}${isFree ? ' (free)' : ''}`,
    released: `2025-0${seeded.integer(9) + 1}-1${seeded.integer(10)}`,
    context: seeded.pick([8_192, 32_768, 131_072, 262_144, 1_048_576]),
    price: isFree ? [0, 0] : [input, input * 4, input / 10],
    inputs: seeded.chance(0.4) ? ['text', 'image'] : ['text'],
    maxOutput: seeded.pick([8_192, 16_384, 65_536, null]),
    reasoning: seeded.chance(0.6),
    tools: seeded.chance(0.82),
    ...(position % 40 === 1 ? { expires: '2098-12-31' } : {}),
    ...(position % 60 === 2 ? { expires: '2026-12-15' } : {}),
    ...(position % 7 === 3
      ? {
          overrides: [
            { min_prompt_tokens: 200_000, prompt: perToken(input * 2), completion: perToken(input * 6) },
          ],
        }
      : {}),
  }
}

export function openrouterModels(size: ListSize): Entry[] {
  if (size === 'small') return openrouterRows.filter(({ id }) => small.includes(id)).map(entry)
  const texts = openrouterRows.filter(({ outputs }) => outputs?.includes('text') ?? true).length
  const rest = Array.from({ length: TEXT_MODELS - texts }, (_, position) => generated(position))
  return [...openrouterRows, ...rest].map(entry)
}

export function openrouterFiller(index: number): Entry {
  const seeded = createSeeded(index + 10)
  const number = String(index).padStart(5, '0')
  const context = seeded.pick([32_768, 131_072, 1_048_576])
  const input = (seeded.integer(100) + 1) / 100
  return entry({
    id: `generated/model-${number}`,
    name: `Generated: Model ${number}`,
    released: '2026-05-01',
    context,
    price: [input, input * 3],
  })
}

/** What /key tells about the key that asked. */
export const openrouterKeyDetails = {
  label: 'sk-or-v1-sim...009',
  limit: null,
  limit_remaining: null,
  limit_reset: null,
  usage: 1.25,
  usage_daily: 0.02,
  usage_weekly: 0.4,
  usage_monthly: 1.1,
  byok_usage: 0,
  byok_usage_daily: 0,
  byok_usage_weekly: 0,
  byok_usage_monthly: 0,
  is_free_tier: false,
  is_management_key: false,
  is_provisioning_key: false,
  include_byok_in_limit: false,
  expires_at: null,
  rate_limit: { requests: -1, interval: '10s', note: 'This field is kept for old clients.' },
  free_model_daily_requests: { limit: 1000, used: 3, remaining: 997 },
  allowed_data_regions: [],
  organization_id: null,
  workspace_id: 'sim-workspace',
}

const catalogueModalities: Record<string, Modality> = {
  text: 'text',
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'pdf',
}

/** What the catalogue knows: the text models whose price is a price. */
export function openrouterKnown(): KnownModel[] {
  return openrouterRows
    .filter(
      ({ price, aliasOf, outputs }) => price[0] !== -1 && !aliasOf && (outputs?.includes('text') ?? true),
    )
    .map((row) => ({
      id: row.id,
      name: row.name.slice(row.name.indexOf(': ') + 2),
      released: row.released,
      price: row.price,
      reasoning: row.reasoning ?? true,
      tools: row.tools ?? true,
      input: (row.inputs ?? ['text']).map((modality) => catalogueModalities[modality] ?? 'text'),
      ...(row.context === null ? {} : { contextWindow: row.context }),
      ...(row.maxOutput ? { maxOutput: row.maxOutput } : {}),
    }))
}
