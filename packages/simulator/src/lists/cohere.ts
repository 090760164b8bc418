import { createSeeded } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import type { KnownModel } from './known-model.ts'

export const cohereKnown: KnownModel[] = [
  command('command-a-03-2025', 'Command A', '2025-03-13', 256_000, 8_000, [2.5, 10]),
  {
    ...command(
      'command-a-reasoning-08-2025',
      'Command A Reasoning',
      '2025-08-21',
      256_000,
      32_000,
      [2.5, 10],
    ),
    reasoning: true,
  },
  {
    ...command('command-a-vision-07-2025', 'Command A Vision', '2025-07-31', 128_000, 8_000, [2.5, 10]),
    input: ['text', 'image'],
    tools: false,
  },
  command('command-a-translate-08-2025', 'Command A Translate', '2025-08-28', 8_000, 8_000, [2.5, 10]),
  command('command-r-08-2024', 'Command R', '2024-08-30', 128_000, 4_000, [0.15, 0.6]),
  command('command-r-plus-08-2024', 'Command R+', '2024-08-30', 128_000, 4_000, [2.5, 10]),
  command('command-r7b-12-2024', 'Command R7B', '2024-12-13', 128_000, 4_000, [0.0375, 0.15]),
]

function command(
  id: string,
  name: string,
  released: string,
  contextWindow: number,
  maxOutput: number,
  price: [number, number],
): KnownModel {
  return { id, name, released, contextWindow, maxOutput, price, tools: true, openWeights: true }
}

const tools = ['json_mode', 'json_schema', 'strict_tools', 'safety_modes', 'tools']
const older = ['logprobs', ...tools]

type Row = [
  name: string,
  endpoints: string[],
  context: number,
  features?: string[] | undefined,
  defaults?: string[],
]

const listed: Row[] = [
  ['embed-english-light-v3.0', ['embed'], 512],
  [
    'command-a-vision-07-2025',
    ['chat'],
    128_000,
    ['vision', 'logprobs', 'json_mode', 'json_schema', 'safety_modes'],
  ],
  ['embed-multilingual-v2.0', ['embed'], 256],
  ['rerank-v4.0-fast', ['rerank'], 32_768],
  ['rerank-multilingual-v3.0', ['rerank'], 4_096],
  ['c4ai-aya-vision-8b', ['chat'], 16_384, ['logprobs', 'vision']],
  ['command-a-reasoning-08-2025', ['chat'], 288_768, [...tools, 'reasoning']],
  ['embed-multilingual-light-v3.0-image', ['embed_image'], 0],
  ['c4ai-aya-vision-32b', ['chat'], 16_384, ['logprobs', 'vision']],
  ['embed-english-light-v3.0-image', ['embed_image'], 0],
  ['embed-english-v3.0-image', ['embed_image'], 0],
  ['c4ai-aya-expanse-8b', ['generate', 'chat'], 8_192],
  ['command-r-08-2024', ['generate', 'chat', 'summarize'], 132_096, older],
  ['command-r7b-arabic-02-2025', ['generate', 'chat'], 128_000, older],
  ['rerank-v4.0-pro', ['rerank'], 32_768],
  ['embed-english-v3.0', ['embed'], 512],
  ['c4ai-aya-expanse-32b', ['generate', 'chat'], 128_000],
  ['command-r7b-12-2024', ['generate', 'chat'], 132_000, older],
  ['embed-v4.0', ['embed'], 8_192],
  ['embed-multilingual-v3.0-image', ['embed_image'], 0],
  ['embed-english-v2.0', ['embed'], 512],
  ['command-a-translate-08-2025', ['chat'], 8_992, tools.filter((feature) => feature !== 'strict_tools')],
  ['embed-multilingual-light-v3.0', ['embed'], 512],
  ['embed-multilingual-v3.0', ['embed'], 512],
  ['embed-english-light-v2.0', ['embed'], 512],
  ['rerank-english-v3.0', ['rerank'], 4_096],
  ['command-a-03-2025', ['chat'], 288_000, [...tools, 'tool_choice', 'citations'], ['chat', 'generate']],
  ['command-r-plus-08-2024', ['generate', 'chat', 'summarize'], 132_096, older],
  ['rerank-v3.5', ['rerank'], 4_096, undefined, ['rerank']],
  ['cohere-transcribe-03-2026', ['transcriptions'], 0],
  ['north-mini-code-1-0', ['chat'], 256_000, [...tools, 'reasoning', 'tool_choice']],
]

const small = [
  'command-a-03-2025',
  'command-r-plus-08-2024',
  'embed-english-v3.0-image',
  'embed-v4.0',
  'rerank-v3.5',
  'cohere-transcribe-03-2026',
]

function entry([name, endpoints, context, features, defaults]: Row): Entry {
  const hasTokenizer = context > 0
  return {
    name,
    endpoints,
    finetuned: false,
    context_length: context,
    tokenizer_url: hasTokenizer ? `https://storage.example/tokenizers/${name}.json` : '',
    features: features ?? null,
    default_endpoints: defaults ?? [],
    ...(endpoints.includes('chat') ? { sampling_defaults: { temperature: 0.3, p: 0.75 } } : {}),
  }
}

export function cohereModels(size: ListSize): Entry[] {
  return listed.filter(([name]) => size === 'realistic' || small.includes(name)).map(entry)
}

export function cohereFiller(index: number): Entry {
  const seeded = createSeeded(index + 6)
  const context = seeded.pick([8_192, 128_000, 256_000])
  return entry([`command-preview-${String(index).padStart(5, '0')}`, ['chat'], context, tools])
}
