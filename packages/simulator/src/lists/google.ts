import { createSeeded } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import type { KnownModel, Modality } from './known-model.ts'

const every: Modality[] = ['text', 'image', 'audio', 'video', 'pdf']
const MILLION = 1_048_576

const chat = ['generateContent', 'countTokens', 'createCachedContent', 'batchGenerateContent']
const plain = ['generateContent', 'countTokens']
const batch = ['generateContent', 'countTokens', 'batchGenerateContent']
const embed = ['embedContent', 'countTextTokens', 'countTokens', 'asyncBatchEmbedContent']
const live = ['countTokens', 'bidiGenerateContent']

export const googleKnown: KnownModel[] = [
  gemini('gemini-3.6-flash', 'Gemini 3.6 Flash', '2026-07-21', [1.5, 7.5, 0.15]),
  gemini('gemini-3.5-flash', 'Gemini 3.5 Flash', '2026-05-19', [1.5, 9, 0.15]),
  gemini('gemini-3.5-flash-lite', 'Gemini 3.5 Flash-Lite', '2026-07-21', [0.3, 2.5, 0.03]),
  gemini('gemini-3.1-pro-preview', 'Gemini 3.1 Pro Preview', '2026-02-19', [2, 12, 0.2]),
  gemini('gemini-3.1-flash-lite', 'Gemini 3.1 Flash Lite', '2026-05-07', [0.25, 1.5, 0.025]),
  gemini('gemini-3-flash-preview', 'Gemini 3 Flash Preview', '2025-12-17', [0.5, 3, 0.05]),
  gemini('gemini-2.5-pro', 'Gemini 2.5 Pro', '2025-06-17', [1.25, 10, 0.31]),
  gemini('gemini-2.5-flash', 'Gemini 2.5 Flash', '2025-06-17', [0.3, 2.5, 0.075]),
  gemini('gemini-2.5-flash-lite', 'Gemini 2.5 Flash-Lite', '2025-07-22', [0.1, 0.4, 0.025]),
  {
    id: 'gemini-embedding-001',
    name: 'Gemini Embedding 001',
    released: '2025-07-14',
    contextWindow: 2_048,
    price: [0.15, 0],
  },
]

function gemini(id: string, name: string, released: string, price: [number, number, number]): KnownModel {
  return {
    id,
    name,
    released,
    contextWindow: MILLION,
    maxOutput: 65_536,
    price,
    input: every,
    reasoning: true,
    tools: true,
  }
}

type Row = [
  id: string,
  name: string,
  inputLimit: number,
  outputLimit: number,
  methods: string[],
  thinking?: boolean | undefined,
  hasNoSampling?: 'no sampling',
]

const listed: Row[] = [
  ['gemini-3.6-flash', 'Gemini 3.6 Flash', MILLION, 65_536, chat, true],
  ['gemini-3.5-flash', 'Gemini 3.5 Flash', MILLION, 65_536, chat, true],
  ['gemini-3.5-flash-lite', 'Gemini 3.5 Flash-Lite', MILLION, 65_536, chat, true],
  ['gemini-2.5-flash', 'Gemini 2.5 Flash', MILLION, 65_536, chat, true],
  ['gemini-2.5-pro', 'Gemini 2.5 Pro', MILLION, 65_536, chat, true],
  ['gemini-2.5-flash-lite', 'Gemini 2.5 Flash-Lite', MILLION, 65_536, chat, true],
  ['gemini-2.0-flash', 'Gemini 2.0 Flash', MILLION, 8_192, chat],
  ['gemini-2.0-flash-001', 'Gemini 2.0 Flash 001', MILLION, 8_192, chat],
  ['gemini-2.0-flash-lite', 'Gemini 2.0 Flash-Lite', MILLION, 8_192, chat],
  ['gemini-2.0-flash-lite-001', 'Gemini 2.0 Flash-Lite 001', MILLION, 8_192, chat],
  ['gemini-2.5-flash-preview-tts', 'Gemini 2.5 Flash Preview TTS', 8_192, 16_384, plain],
  ['gemini-2.5-pro-preview-tts', 'Gemini 2.5 Pro Preview TTS', 8_192, 16_384, batch],
  ['gemini-3.1-flash-tts-preview', 'Gemini 3.1 Flash TTS Preview', 8_192, 16_384, batch, true],
  ['gemma-3-4b-it', 'Gemma 3 4B', 32_768, 8_192, plain],
  ['gemma-3-12b-it', 'Gemma 3 12B', 32_768, 8_192, plain],
  ['gemma-3-27b-it', 'Gemma 3 27B', 131_072, 8_192, plain],
  ['gemma-3n-e4b-it', 'Gemma 3n E4B', 8_192, 2_048, plain],
  ['gemma-4-26b-a4b-it', 'Gemma 4 26B A4B IT', 262_144, 32_768, plain, true],
  ['gemma-4-31b-it', 'Gemma 4 31B IT', 262_144, 32_768, plain, true],
  ['gemini-flash-latest', 'Gemini Flash Latest', MILLION, 65_536, chat, true],
  ['gemini-flash-lite-latest', 'Gemini Flash-Lite Latest', MILLION, 65_536, chat, true],
  ['gemini-pro-latest', 'Gemini Pro Latest', MILLION, 65_536, chat, true],
  ['gemini-2.5-flash-image', 'Nano Banana', 32_768, 32_768, batch],
  ['gemini-3-flash-preview', 'Gemini 3 Flash Preview', MILLION, 65_536, chat, true],
  ['gemini-3.1-pro-preview', 'Gemini 3.1 Pro Preview', MILLION, 65_536, chat, true],
  ['gemini-3.1-pro-preview-customtools', 'Gemini 3.1 Pro Preview Custom Tools', MILLION, 65_536, chat, true],
  ['gemini-3.1-flash-lite-preview', 'Gemini 3.1 Flash Lite Preview', MILLION, 65_536, chat, true],
  ['gemini-3.1-flash-lite', 'Gemini 3.1 Flash Lite', MILLION, 65_536, chat, true],
  ['gemini-3-pro-image-preview', 'Nano Banana Pro', 131_072, 32_768, batch, true],
  ['gemini-3-pro-image', 'Nano Banana Pro', 131_072, 32_768, batch, true],
  ['nano-banana-pro-preview', 'Nano Banana Pro', 131_072, 32_768, batch, true],
  ['gemini-3.1-flash-image-preview', 'Nano Banana 2', 65_536, 65_536, batch, true],
  ['gemini-3.1-flash-image', 'Nano Banana 2', 65_536, 65_536, batch, true],
  ['lyria-3-clip-preview', 'Lyria 3 Clip Preview', MILLION, 65_536, plain],
  ['lyria-3-pro-preview', 'Lyria 3 Pro Preview', MILLION, 65_536, plain],
  ['gemini-robotics-er-1.5-preview', 'Gemini Robotics-ER 1.5 Preview', MILLION, 65_536, plain, true],
  ['gemini-robotics-er-1.6-preview', 'Gemini Robotics-ER 1.6 Preview', 131_072, 65_536, chat, true],
  [
    'gemini-2.5-computer-use-preview-10-2025',
    'Gemini 2.5 Computer Use Preview 10-2025',
    131_072,
    65_536,
    plain,
    true,
  ],
  ['antigravity-preview-05-2026', 'Antigravity Agent Preview', 131_072, 65_536, plain],
  [
    'deep-research-max-preview-04-2026',
    'Deep Research Max Preview (Apr-21-2026)',
    131_072,
    65_536,
    plain,
    true,
  ],
  ['deep-research-preview-04-2026', 'Deep Research Preview (Apr-21-2026)', 131_072, 65_536, plain, true],
  [
    'deep-research-pro-preview-12-2025',
    'Deep Research Pro Preview (Dec-12-2025)',
    131_072,
    65_536,
    plain,
    true,
  ],
  ['gemini-embedding-001', 'Gemini Embedding 001', 2_048, 1, embed, undefined, 'no sampling'],
  ['gemini-embedding-2-preview', 'Gemini Embedding 2 Preview', 8_192, 1, embed, undefined, 'no sampling'],
  ['gemini-embedding-2', 'Gemini Embedding 2', 8_192, 1, embed, undefined, 'no sampling'],
  ['aqa', 'Attributed Question Answering', 7_168, 1_024, ['generateAnswer']],
  ['imagen-4.0-generate-001', 'Imagen 4', 480, 8_192, ['predict'], undefined, 'no sampling'],
  ['imagen-4.0-ultra-generate-001', 'Imagen 4 Ultra', 480, 8_192, ['predict'], undefined, 'no sampling'],
  ['imagen-4.0-fast-generate-001', 'Imagen 4 Fast', 480, 8_192, ['predict'], undefined, 'no sampling'],
  ['veo-2.0-generate-001', 'Veo 2', 480, 8_192, ['predictLongRunning']],
  ['veo-3.0-generate-001', 'Veo 3', 480, 8_192, ['predictLongRunning']],
  ['veo-3.0-fast-generate-001', 'Veo 3 fast', 480, 8_192, ['predictLongRunning']],
  ['veo-3.1-generate-preview', 'Veo 3.1', 480, 8_192, ['predictLongRunning']],
  ['veo-3.1-fast-generate-preview', 'Veo 3.1 fast', 480, 8_192, ['predictLongRunning']],
  ['veo-3.1-lite-generate-preview', 'Veo 3.1 lite', 480, 8_192, ['predictLongRunning']],
  [
    'gemini-2.5-flash-native-audio-latest',
    'Gemini 2.5 Flash Native Audio Latest',
    131_072,
    8_192,
    live,
    true,
  ],
  [
    'gemini-2.5-flash-native-audio-preview-09-2025',
    'Gemini 2.5 Flash Native Audio Preview 09-2025',
    131_072,
    8_192,
    live,
    true,
  ],
  [
    'gemini-2.5-flash-native-audio-preview-12-2025',
    'Gemini 2.5 Flash Native Audio Preview 12-2025',
    131_072,
    8_192,
    live,
    true,
  ],
  [
    'gemini-3.1-flash-live-preview',
    'Gemini 3.1 Flash Live Preview',
    131_072,
    65_536,
    ['bidiGenerateContent'],
  ],
]

const small = [
  'gemini-3.5-flash',
  'gemini-2.5-pro',
  'gemini-2.5-flash-preview-tts',
  'gemini-3-pro-image',
  'nano-banana-pro-preview',
  'gemini-embedding-001',
  'veo-3.1-generate-preview',
]

function entry([
  id,
  displayName,
  inputTokenLimit,
  outputTokenLimit,
  methods,
  thinking,
  noSampling,
]: Row): Entry {
  return {
    name: `models/${id}`,
    version: /\d/.exec(id)?.[0] === '3' ? '3.0' : '001',
    displayName,
    description: `${displayName}, as the simulator pretends to offer it.`,
    inputTokenLimit,
    outputTokenLimit,
    supportedGenerationMethods: methods,
    ...(noSampling ? {} : { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2 }),
    ...(thinking === undefined ? {} : { thinking }),
  }
}

export function googleModels(size: ListSize): Entry[] {
  return listed.filter(([id]) => size === 'realistic' || small.includes(id)).map(entry)
}

export function googleFiller(index: number): Entry {
  const seeded = createSeeded(index + 3)
  const number = String(index).padStart(5, '0')
  const line = seeded.pick(['pro', 'flash', 'flash-lite'])
  const limit = seeded.pick([131_072, 262_144, MILLION])
  return entry([`gemini-4-${line}-exp-${number}`, `Gemini 4 ${line} ${number}`, limit, 65_536, chat, true])
}
