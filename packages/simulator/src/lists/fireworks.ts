import { createSeeded } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import type { KnownModel } from './known-model.ts'
import { describe, families, parameterSizes, variants } from './vocabulary.ts'

const FULL_LIST = 300

interface FireworksModel extends KnownModel {
  kind: string
  contextWindow: number
  serverless: boolean
  state?: string
  retires?: { year: number; month: number; day: number }
  huggingFace?: string
}

export const fireworksKnown: FireworksModel[] = [
  model('kimi-k2p6', 'Kimi K2.6', '2026-04-17', 262_144, [0.95, 4, 0.16], { input: ['text', 'image'] }),
  model('kimi-k2p5', 'Kimi K2.5', '2026-01-27', 262_144, [0.6, 3, 0.1], { input: ['text', 'image'] }),
  model('deepseek-v4-pro', 'DeepSeek V4 Pro', '2026-04-24', 1_048_576, [1.74, 3.48, 0.14]),
  model('deepseek-v4-flash', 'DeepSeek V4 Flash', '2026-04-24', 1_048_576, [0.14, 0.28, 0.03]),
  model('deepseek-v3p2', 'DeepSeek V3.2', '2025-12-01', 163_840, [0.56, 1.68, 0.28], {
    retires: { year: 2026, month: 12, day: 15 },
  }),
  model('glm-5p2', 'GLM-5.2', '2026-06-16', 202_752, [1.4, 4.4, 0.26]),
  model('glm-5p1', 'GLM-5.1', '2026-04-07', 202_752, [1.4, 4.4, 0.26]),
  model('gpt-oss-120b', 'OpenAI gpt-oss-120b', '2025-08-05', 131_072, [0.15, 0.6, 0.015]),
  model('gpt-oss-20b', 'OpenAI gpt-oss-20b', '2025-08-05', 131_072, [0.07, 0.3, 0.035], { tools: false }),
  model('minimax-m2p7', 'MiniMax-M2.7', '2026-03-18', 196_608, [0.3, 1.2, 0.06]),
  model('minimax-m3', 'MiniMax-M3', '2026-06-01', 524_288, [0.3, 1.2, 0.06], { input: ['text', 'image'] }),
  model('qwen3p7-plus', 'Qwen3.7 Plus', '2026-06-09', 0, [0.4, 1.6, 0.08], {
    kind: 'CUSTOM_MODEL',
    input: ['text', 'image'],
  }),
  model('qwen3p6-plus', 'Qwen3.6 Plus', '2026-04-02', 1_000_000, [0.5, 3, 0.1], { kind: 'CUSTOM_MODEL' }),
  model('llama-v3p3-70b-instruct', 'Llama 3.3 70B Instruct', '2024-12-06', 131_072, [0.9, 0.9], {
    reasoning: false,
  }),
  model('qwen3-embedding-8b', 'Qwen3 Embedding 8B', '2025-08-20', 40_960, [0.1, 0], {
    kind: 'EMBEDDING_MODEL',
    tools: false,
  }),
  model('qwen3-reranker-8b', 'Qwen3 Reranker 8B', '2025-10-07', 40_960, [0.2, 0], {
    kind: 'EMBEDDING_MODEL',
    tools: false,
  }),
  model('flux-1-schnell-fp8', 'FLUX.1 [schnell] FP8', '2024-10-30', 0, undefined, {
    kind: 'FLUMINA_BASE_MODEL',
    tools: false,
  }),
  model('flux-kontext-pro', 'Flux Kontext Pro', '2025-06-10', 0, undefined, {
    kind: 'FLUMINA_BASE_MODEL',
    tools: false,
  }),
  model('kimi-k2-thinking', 'Kimi K2 Thinking', '2025-11-06', 0, undefined, { serverless: false }),
  model('deepseek-r1-0528', 'Deepseek R1 05/28', '2025-05-28', 163_840, undefined, {
    serverless: false,
    state: 'DEPRECATED',
  }),
  model('glm-4p6', 'GLM-4.6', '2025-10-01', 202_752, undefined, { serverless: false, state: 'DEPRECATED' }),
  model('qwen3-235b-a22b', 'Qwen3 235B A22B', '2025-04-29', 131_072, undefined, {
    serverless: false,
    state: 'UPLOADING',
  }),
]

const small = [
  'kimi-k2p6',
  'deepseek-v3p2',
  'qwen3p7-plus',
  'qwen3-embedding-8b',
  'flux-1-schnell-fp8',
  'gpt-oss-120b',
  'kimi-k2-thinking',
  'glm-4p6',
]

function model(
  shortId: string,
  name: string,
  released: string,
  contextWindow: number,
  price?: readonly [number, number, number?],
  more: Partial<FireworksModel> = {},
): FireworksModel {
  return {
    id: `accounts/fireworks/models/${shortId}`,
    name,
    released,
    contextWindow,
    kind: 'HF_BASE_MODEL',
    serverless: true,
    reasoning: true,
    tools: true,
    openWeights: true,
    ...(price && { price }),
    ...more,
  }
}

function entry(known: FireworksModel): Entry {
  const seeded = createSeeded(known.id.length * 101 + known.contextWindow)
  const isImageMaker = known.kind.startsWith('FLUMINA')
  return {
    name: known.id,
    displayName: known.name,
    description: describe(seeded),
    createTime: `${known.released}T18:19:37.425817Z`,
    updateTime: `${known.released}T20:02:11.102938Z`,
    createdBy: '',
    state: known.state ?? 'READY',
    status: { code: 'OK', message: '' },
    kind: known.kind,
    githubUrl: '',
    huggingFaceUrl:
      known.kind === 'CUSTOM_MODEL' ? '' : `https://huggingface.co/models/${known.name.replaceAll(' ', '-')}`,
    baseModelDetails: {
      checkpointFormat: 'HUGGINGFACE',
      defaultPrecision: 'FP8_MM',
      modelType: 'deepseek_v3',
      moe: known.reasoning === true,
      parameterCount: String(7_000_000_000 + seeded.integer(600) * 1_000_000_000),
      supportsFireattention: true,
      tunable: false,
      worldSize: 1,
    },
    peftDetails: null,
    teftDetails: null,
    public: true,
    conversationConfig: isImageMaker ? null : { style: 'jinja', system: '', template: '' },
    contextLength: known.contextWindow,
    supportsImageInput: known.input?.includes('image') ?? false,
    supportsTools: known.tools === true,
    supportsLora: false,
    supportsServerless: known.serverless,
    importedFrom: '',
    fineTuningJob: '',
    defaultDraftModel: '',
    deployedModelRefs: [],
    deprecationDate: known.retires ?? null,
    calibrated: true,
    tunable: false,
    rlTunable: false,
    trainingContextLength: 0,
    snapshotType: 'FULL_SNAPSHOT',
    defaultSamplingParams: {},
    useHfApplyChatTemplate: true,
  }
}

function generated(position: number): FireworksModel {
  const seeded = createSeeded(position * 17 + 3)
  const [, , family] = seeded.pick(families)
  const name = `${family} ${seeded.pick(parameterSizes)} ${seeded.pick(variants)}`
  const shortId = `${name.toLowerCase().replaceAll('.', 'p').replaceAll(' ', '-')}-${position + 100}`
  const kind = seeded.pick([
    'HF_BASE_MODEL',
    'HF_BASE_MODEL',
    'HF_BASE_MODEL',
    'HF_PEFT_ADDON',
    'FLUMINA_ADDON',
    'EMBEDDING_MODEL',
  ])
  return model(
    shortId,
    name,
    `2025-0${seeded.integer(9) + 1}-1${seeded.integer(10)}`,
    seeded.pick([8_192, 32_768, 131_072]),
    undefined,
    {
      kind,
      serverless: false,
      tools: seeded.chance(0.5),
      state: seeded.chance(0.2) ? 'DEPRECATED' : 'READY',
    },
  )
}

export function fireworksModels(size: ListSize): Entry[] {
  if (size === 'small') {
    return fireworksKnown.filter(({ id }) => small.includes(id.slice(id.lastIndexOf('/') + 1))).map(entry)
  }
  const rest = Array.from({ length: FULL_LIST - fireworksKnown.length }, (_, position) => generated(position))
  return [...fireworksKnown, ...rest].map(entry)
}

export function fireworksFiller(index: number): Entry {
  const seeded = createSeeded(index + 9)
  const number = String(index).padStart(5, '0')
  return entry(
    model(
      `generated-${number}`,
      `Generated ${number}`,
      '2026-05-01',
      seeded.pick([32_768, 131_072, 262_144]),
    ),
  )
}
