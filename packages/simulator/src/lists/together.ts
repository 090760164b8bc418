import { createSeeded, hexadecimal } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import type { KnownModel } from './known-model.ts'
import { unixSeconds } from './known-model.ts'
import { families, parameterSizes, variants } from './vocabulary.ts'

type Row = [
  id: string,
  organization: string,
  type: string,
  context: number | undefined,
  input: number,
  output: number,
  released?: string | undefined,
  template?: 'short' | 'middle' | 'long' | undefined,
]

const FULL_LIST = 280

/** 0 and 0 is how Together lists what runs only on dedicated endpoints, or is priced another way. */
const listed: Row[] = [
  ['zai-org/GLM-5.1', 'Z.ai', 'chat', 202_752, 1.4, 4.4],
  ['zai-org/GLM-5.2', 'Z.ai', 'chat', 262_144, 1.4, 4.4, '2026-06-16'],
  ['MiniMaxAI/MiniMax-M2.7', 'MiniMaxAI', 'chat', 196_608, 0.3, 1.2],
  ['MiniMaxAI/MiniMax-M3', 'MiniMaxAI', 'chat', 524_288, 0.3, 1.2, '2026-06-02'],
  ['google/gemma-4-31B-it', 'Google', 'chat', 262_144, 0.2, 0.5],
  [
    'google/gemma-3n-E4B-it',
    'Google',
    'chat',
    32_768,
    0.06000000000000001,
    0.12000000000000001,
    '2025-06-26',
  ],
  ['Qwen/Qwen3.5-397B-A17B', 'Qwen', 'chat', 262_144, 0.6, 3.6, '2026-04-01'],
  ['Qwen/Qwen3.5-9B', 'Qwen', 'chat', 262_144, 0.1, 0.15, '2026-04-07'],
  ['Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8', 'Qwen', 'chat', 262_144, 2, 2, '2025-07-23'],
  ['Qwen/Qwen3-235B-A22B-Instruct-2507-tput', 'Qwen', 'chat', 262_144, 0.2, 0.6, '2025-07-22'],
  ['Qwen/Qwen3-VL-8B-Instruct', 'Qwen', 'chat', 262_144, 0.18000000000000002, 0.68],
  ['Qwen/Qwen2.5-7B-Instruct-Turbo', 'Qwen', 'chat', 32_768, 0.3, 0.3, '2024-10-11', 'middle'],
  ['moonshotai/Kimi-K2.6', 'Moonshot AI', 'chat', 262_144, 1.2, 4.5, '2026-04-20'],
  ['moonshotai/Kimi-K2.5', 'Moonshot AI', 'chat', 262_144, 0.5, 2.8],
  ['openai/gpt-oss-120b', 'OpenAI', 'chat', 131_072, 0.15, 0.6, '2025-08-05'],
  ['openai/gpt-oss-20b', 'OpenAI', 'chat', 131_072, 0.05, 0.2, '2026-03-25'],
  ['deepseek-ai/DeepSeek-V4-Pro', 'DeepSeek', 'chat', 524_288, 2.0999999999999996, 4.4, '2026-04-24'],
  ['deepseek-ai/DeepSeek-V3.1', 'DeepSeek', 'chat', 131_072, 0.6, 1.7, '2026-03-25'],
  ['deepseek-ai/DeepSeek-R1', 'DeepSeek', 'chat', 163_840, 3, 7, '2025-01-20', 'middle'],
  ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'Meta', 'chat', 131_072, 0.88, 0.88, '2024-12-06', 'long'],
  [
    'meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo',
    'Meta',
    'chat',
    131_072,
    0.18000000000000002,
    0.18000000000000002,
    '2025-03-05',
    'long',
  ],
  [
    'meta-llama/Meta-Llama-3-8B-Instruct-Lite',
    'Meta',
    'chat',
    8_192,
    0.13999999999999999,
    0.13999999999999999,
    undefined,
    'short',
  ],
  [
    'meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8',
    'Meta',
    'chat',
    1_048_576,
    0.27,
    0.85,
    '2025-04-05',
    'long',
  ],
  ['mistralai/Mistral-Small-24B-Instruct-2501', 'mistralai', 'chat', 32_768, 0.1, 0.3, '2025-01-30', 'long'],
  ['mistralai/Mixtral-8x7B-Instruct-v0.1', 'mistralai', 'chat', 32_768, 0.6, 0.6, '2023-12-12', 'short'],
  ['LiquidAI/LFM2-24B-A2B', 'LiquidAI', 'chat', 32_768, 0.030000000000000002, 0.12000000000000001],
  ['deepcogito/cogito-v2-1-671b', 'Deep Cogito', 'chat', 163_840, 1.25, 1.25],
  ['essentialai/rnj-1-instruct', 'Essential AI', 'chat', 32_768, 0.15, 0.15],
  ['nim/meta/llama-3.1-70b-instruct', 'NVIDIA', 'chat', 16_384, 0, 0, '2025-03-14'],
  ['Qwen/Qwen3-Next-80B-A3B-Instruct-FP8', 'Qwen', 'chat', 0, 0, 0, '2025-09-24'],
  ['facebook/cwm', 'Meta', 'code', 131_072, 0, 0, '2025-10-09'],
  ['meta-llama/Meta-Llama-3.1-8B', 'Meta', 'language', 16_384, 0.2, 0.2, '2024-04-18'],
  ['deepseek-ai/DeepSeek-V3-Base', 'DeepSeek', 'language', 0, 0, 0, '2025-09-09'],
  ['meta-llama/Llama-Guard-4-12B', 'Meta', 'moderation', 1_048_576, 0.2, 0.2, '2025-04-30', 'long'],
  ['Salesforce/Llama-Rank-V1', 'Salesforce', 'rerank', 8_192, 0.1, 0.1, '2024-08-15', 'short'],
  ['mixedbread-ai/mxbai-rerank-large-v2', 'Mixedbread', 'rerank', 32_768, 0, 0, '2025-10-23'],
  ['intfloat/multilingual-e5-large-instruct', 'intfloat', 'embedding', 514, 0.02, 0.02, '2025-04-24'],
  ['BAAI/bge-base-en-v1.5', 'BAAI', 'embedding', 512, 0.008, 0.008, '2023-11-11'],
  ['hexgrad/Kokoro-82M', 'Hexgrad', 'audio', undefined, 4, 0, '2026-03-10'],
  ['canopylabs/orpheus-3b-0.1-ft', 'Canopy Labs', 'audio', undefined, 15, 0, '2025-08-20'],
  ['cartesia/sonic-3', 'Cartesia', 'audio', 448, 65, 0, '2026-03-25'],
  ['cartesia/sonic', 'Cartesia', 'audio', 0, 65, 0, '2026-03-16'],
  ['openai/whisper-large-v3', 'OpenAI', 'transcribe', undefined, 0.27, 0.85, '2025-05-28'],
  ['nvidia/parakeet-tdt-0.6b-v3', 'NVIDIA', 'transcribe', 448, 0, 0],
  ['black-forest-labs/FLUX.1-schnell', 'Black Forest Labs', 'image', undefined, 0, 0],
  ['black-forest-labs/FLUX.2-pro', 'Black Forest Labs', 'image', undefined, 0, 0, '2025-11-24'],
  ['google/imagen-4.0-ultra', 'Google', 'image', undefined, 0, 0, '2025-10-08'],
  ['ByteDance-Seed/Seedream-4.0', 'ByteDance', 'image', undefined, 0, 0, '2025-10-08'],
  ['openai/sora-2', 'OpenAI', 'video', undefined, 0, 0, '2025-10-14'],
  ['google/veo-3.0-fast-audio', 'Google', 'video', undefined, 0, 0, '2025-10-08'],
  ['kwaivgI/kling-2.1-pro', 'Kuaishou', 'video', undefined, 0, 0, '2025-10-08'],
  ['Wan-AI/wan2.7-t2v', 'Wan AI', 'video', undefined, 0, 0, '2026-04-03'],
]

const small = [
  'MiniMaxAI/MiniMax-M3',
  'google/gemma-3n-E4B-it',
  'meta-llama/Meta-Llama-3-8B-Instruct-Lite',
  'nim/meta/llama-3.1-70b-instruct',
  'Salesforce/Llama-Rank-V1',
  'hexgrad/Kokoro-82M',
  'black-forest-labs/FLUX.1-schnell',
]

const turn = `{%- for message in messages %}{%- if message.role == 'user' %}{{- '<|turn|>user\\n' + message.content + '<|end|>\\n' }}{%- elif message.role == 'assistant' %}{{- '<|turn|>assistant\\n' }}{%- if message.tool_calls %}{%- for call in message.tool_calls %}{{- '<|call|>' + call.name + (call.arguments | tojson) }}{%- endfor %}{%- endif %}{{- message.content + '<|end|>\\n' }}{%- endif %}{%- endfor %}`

const templateLength = { short: 380, middle: 1_900, long: 3_600 }

/** Chat templates are most of this list's bytes on the wire. */
function chatTemplate(kind: keyof typeof templateLength, id: string): string {
  const length = templateLength[kind]
  return `{# ${id} #}${turn.repeat(Math.ceil(length / turn.length))}`.slice(0, length)
}

function entry([id, organization, type, context, input, output, released, template]: Row): Entry {
  const seeded = createSeeded(id.length * 7_919 + id.charCodeAt(0))
  const isEndpoint = seeded.chance(0.55)
  const display = id.slice(id.indexOf('/') + 1).replaceAll('-', ' ')
  return {
    id,
    ...(isEndpoint ? { uuid: `endpoint-${hexadecimal(id.length * 31 + (context ?? 1), 32)}` } : {}),
    object: 'model',
    created: released ? unixSeconds(released) + seeded.integer(86_400) : 0,
    type,
    running: false,
    ...(seeded.chance(0.9) ? { display_name: display } : {}),
    ...(seeded.chance(0.85) ? { organization } : {}),
    ...(seeded.chance(0.7) ? { link: `https://huggingface.co/${id}` } : {}),
    ...(seeded.chance(0.4) ? { license: 'apache-2.0' } : {}),
    ...(context === undefined ? {} : { context_length: context }),
    config: {
      chat_template: template ? chatTemplate(template, id) : null,
      stop: ['<|end|>'],
      bos_token: template ? '<|begin|>' : null,
      eos_token: '<|end|>',
    },
    pricing: {
      hourly: 0,
      input,
      output,
      base: 0,
      finetune: 0,
      ...(input > 0.25 && type === 'chat' ? { cached_input: input * 0.2 } : {}),
      image_pixel: 0,
      transcribe: 0,
      image: 0,
      video: 0,
    },
  }
}

const generatedTypes: [type: string, count: number][] = [
  ['video', 34],
  ['image', 26],
  ['audio', 11],
  ['language', 12],
  ['transcribe', 5],
]

function generated(position: number): Row {
  const seeded = createSeeded(position * 13 + 7)
  let before = 0
  for (const [type, count] of generatedTypes) {
    before += count
    if (position >= before) continue
    const maker = seeded.pick([
      'pixverse',
      'vidu',
      'minimax',
      'rime-labs',
      'HiDream-ai',
      'ideogram',
      'kwaivgI',
    ])
    const context = type === 'language' ? 32_768 : seeded.chance(0.4) ? 448 : undefined
    return [`${maker}/${type}-${position + 1}.${seeded.integer(9)}`, maker, type, context, 0, 0, '2025-10-08']
  }
  const [maker, organization, family] = seeded.pick(families)
  const id = `${maker}/${family}-${seeded.pick(parameterSizes)}-${seeded.pick(variants)}-${2401 + position}`
  const isServerless = seeded.chance(0.4)
  const price = isServerless ? Number((seeded.integer(140) / 100 + 0.02).toFixed(2)) : 0
  const template = seeded.pick(['short', 'middle', 'middle', 'long', 'long', undefined] as const)
  const released = seeded.chance(0.9) ? `2025-0${seeded.integer(9) + 1}-1${seeded.integer(10)}` : undefined
  return [
    id,
    organization,
    'chat',
    seeded.pick([8_192, 32_768, 40_960, 131_072, 262_144]),
    price,
    price * 3,
    released,
    template,
  ]
}

export function togetherModels(size: ListSize): Entry[] {
  if (size === 'small') return listed.filter(([id]) => small.includes(id)).map(entry)
  const rest = Array.from({ length: FULL_LIST - listed.length }, (_, position) => generated(position))
  return [...listed, ...rest].map(entry)
}

export function togetherFiller(index: number): Entry {
  const seeded = createSeeded(index + 8)
  const [maker, organization, family] = seeded.pick(families)
  const id = `${maker}/${family}-Generated-${String(index).padStart(5, '0')}`
  return entry([id, organization, 'chat', seeded.pick([32_768, 131_072]), 0.2, 0.6, '2026-05-01'])
}

/** What the catalogue knows: those that have a price. */
export function togetherKnown(): KnownModel[] {
  return listed
    .filter(([, , type, , input]) => type === 'chat' && input > 0)
    .map(([id, , , context, input, output, released]) => ({
      id,
      name: id.slice(id.indexOf('/') + 1).replaceAll('-', ' '),
      released: released ?? '2026-01-01',
      price: [Number(input.toPrecision(6)), Number(output.toPrecision(6))],
      tools: true,
      openWeights: true,
      ...(context === undefined ? {} : { contextWindow: context }),
    }))
}
