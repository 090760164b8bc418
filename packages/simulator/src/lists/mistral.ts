import { createSeeded } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import type { KnownModel, Modality } from './known-model.ts'

const seeing: Modality[] = ['text', 'image']

export const mistralKnown: KnownModel[] = [
  known('mistral-medium-2604', 'Mistral Medium 3.5', '2026-04-30', 262_144, [1.5, 7.5], seeing),
  known('mistral-medium-2508', 'Mistral Medium 3.1', '2025-08-12', 131_072, [0.4, 2], seeing),
  known('mistral-large-2512', 'Mistral Large 3', '2025-12-02', 262_144, [0.5, 1.5], seeing),
  known('mistral-small-2603', 'Mistral Small 4', '2026-03-16', 262_144, [0.15, 0.6], seeing),
  known('magistral-medium-2509', 'Magistral Medium 1.2', '2025-09-18', 131_072, [2, 5], seeing, true),
  known('codestral-2508', 'Codestral', '2025-07-30', 256_000, [0.3, 0.9]),
  known('devstral-2512', 'Devstral 2', '2025-12-09', 262_144, [0.4, 2]),
  known('ministral-3b-2512', 'Ministral 3 3B', '2025-12-02', 131_072, [0.1, 0.1], seeing),
  known('ministral-8b-2512', 'Ministral 3 8B', '2025-12-02', 262_144, [0.15, 0.15], seeing),
  known('open-mistral-nemo', 'Mistral Nemo', '2024-07-18', 131_072, [0.15, 0.15]),
  {
    id: 'mistral-embed',
    name: 'Mistral Embed',
    released: '2023-12-11',
    contextWindow: 8_192,
    price: [0.1, 0],
  },
]

function known(
  id: string,
  name: string,
  released: string,
  contextWindow: number,
  price: [number, number],
  input?: Modality[],
  reasoning = false,
): KnownModel {
  return {
    id,
    name,
    released,
    contextWindow,
    price,
    reasoning,
    tools: true,
    openWeights: true,
    ...(input && { input }),
  }
}

const nothing = {
  completion_chat: false,
  function_calling: false,
  reasoning: false,
  completion_fim: false,
  fine_tuning: false,
  vision: false,
  ocr: false,
  classification: false,
  moderation: false,
  audio: false,
  audio_transcription: false,
  audio_transcription_realtime: false,
  audio_speech: false,
  unified_resources: false,
}

type Capability = keyof typeof nothing

interface Model {
  /** The canonical id first, then its aliases; each becomes an entry of its own. */
  ids: string[]
  about: string
  context: number
  can: Capability[]
  temperature?: number
  retires?: string
  replacement?: string
}

const chat: Capability[] = ['completion_chat', 'function_calling']
const seeingChat: Capability[] = [...chat, 'vision']

const models: Model[] = [
  {
    ids: ['mistral-medium-2604', 'mistral-medium-latest', 'mistral-medium', 'mistral-vibe-cli-with-tools'],
    about: 'A medium model that sees and reasons.',
    context: 262_144,
    can: [...seeingChat, 'reasoning'],
    temperature: 0.3,
  },
  {
    ids: ['mistral-medium-2508'],
    about: 'The medium model of August 2025.',
    context: 131_072,
    can: seeingChat,
    temperature: 0.3,
    retires: '2027-02-28T12:00:00Z',
    replacement: 'mistral-medium-latest',
  },
  {
    ids: ['mistral-medium-2505'],
    about: 'The medium model of May 2025.',
    context: 131_072,
    can: seeingChat,
    temperature: 0.3,
    retires: '2026-12-31T12:00:00Z',
    replacement: 'mistral-medium-latest',
  },
  {
    ids: ['mistral-large-2512', 'mistral-large-latest'],
    about: 'The large model, with open weights.',
    context: 262_144,
    can: seeingChat,
    temperature: 0.3,
  },
  {
    ids: ['mistral-large-2411'],
    about: 'The large model of November 2024.',
    context: 131_072,
    can: chat,
    temperature: 0.7,
    retires: '2026-12-31T12:00:00Z',
    replacement: 'mistral-large-latest',
  },
  {
    ids: ['pixtral-large-2411'],
    about: 'A large model that sees.',
    context: 131_072,
    can: seeingChat,
    temperature: 0.7,
    retires: '2026-12-31T12:00:00Z',
    replacement: 'mistral-large-latest',
  },
  {
    ids: ['mistral-small-2603', 'mistral-small-latest', 'mistral-small'],
    about: 'A small model for everyday work.',
    context: 262_144,
    can: [...seeingChat, 'reasoning'],
    temperature: 0.3,
  },
  {
    ids: ['mistral-small-2506'],
    about: 'The small model of June 2025.',
    context: 131_072,
    can: seeingChat,
    temperature: 0.3,
    retires: '2026-12-31T12:00:00Z',
    replacement: 'mistral-small-latest',
  },
  {
    ids: ['open-mistral-nemo', 'open-mistral-nemo-2407', 'mistral-tiny-2407', 'mistral-tiny-latest'],
    about: 'A multilingual open model of 12 billion parameters.',
    context: 131_072,
    can: [...chat, 'fine_tuning'],
    temperature: 0.3,
  },
  {
    ids: ['codestral-2508', 'codestral-latest'],
    about: 'Writes and completes code.',
    context: 256_000,
    can: [...chat, 'completion_fim'],
    temperature: 0.3,
  },
  {
    ids: ['devstral-2512', 'devstral-latest', 'devstral-medium-latest', 'mistral-vibe-cli-latest'],
    about: 'Works on whole code bases.',
    context: 262_144,
    can: chat,
    temperature: 0.2,
  },
  {
    ids: ['labs-devstral-small-2512', 'devstral-small-latest'],
    about: 'A small model for code, on trial.',
    context: 262_144,
    can: seeingChat,
    temperature: 0.2,
  },
  {
    ids: ['magistral-medium-2509', 'magistral-medium-latest'],
    about: 'A medium model that thinks before it answers.',
    context: 131_072,
    can: [...seeingChat, 'reasoning'],
    temperature: 0.7,
  },
  {
    ids: ['magistral-small-2509', 'magistral-small-latest'],
    about: 'A small model that thinks before it answers.',
    context: 131_072,
    can: [...seeingChat, 'reasoning'],
    temperature: 0.7,
  },
  {
    ids: ['ministral-3b-2512', 'ministral-3b-latest'],
    about: 'Three billion parameters, for the edge.',
    context: 131_072,
    can: seeingChat,
    temperature: 0.3,
  },
  {
    ids: ['ministral-8b-2512', 'ministral-8b-latest'],
    about: 'Eight billion parameters, for the edge.',
    context: 262_144,
    can: seeingChat,
    temperature: 0.3,
  },
  {
    ids: ['ministral-14b-2512', 'ministral-14b-latest'],
    about: 'Fourteen billion parameters, for the edge.',
    context: 262_144,
    can: seeingChat,
    temperature: 0.3,
  },
  {
    ids: ['glm-5-2', 'zai-glm-5-2'],
    about: 'A guest from another vendor.',
    context: 202_752,
    can: [...chat, 'reasoning'],
    temperature: 1,
  },
  {
    ids: ['voxtral-small-2507', 'voxtral-small-latest'],
    about: 'Listens and answers.',
    context: 32_768,
    can: [...chat, 'audio'],
    temperature: 0.2,
  },
  {
    ids: ['voxtral-mini-2507', 'voxtral-mini-latest'],
    about: 'Listens and answers, small.',
    context: 32_768,
    can: ['completion_chat', 'audio'],
    temperature: 0.2,
  },
  {
    ids: ['voxtral-mini-2602', 'voxtral-mini-latest'],
    about: 'Writes down what it hears.',
    context: 16_384,
    can: ['audio_transcription'],
    temperature: 0,
  },
  {
    ids: ['voxtral-mini-transcribe-2507', 'voxtral-mini-2507'],
    about: 'Writes down what it hears, older.',
    context: 16_384,
    can: ['audio_transcription'],
    temperature: 0,
  },
  { ids: ['mistral-embed-2312', 'mistral-embed'], about: 'Embeds text.', context: 8_192, can: [] },
  { ids: ['codestral-embed-2505', 'codestral-embed'], about: 'Embeds code.', context: 8_192, can: [] },
  {
    ids: ['mistral-moderation-2603', 'mistral-moderation-latest'],
    about: 'Judges text.',
    context: 131_072,
    can: ['classification', 'moderation'],
  },
  {
    ids: ['mistral-ocr-2512', 'mistral-ocr-latest'],
    about: 'Reads documents.',
    context: 16_384,
    can: ['vision', 'ocr'],
    temperature: 0,
  },
  {
    ids: ['mistral-ocr-2505'],
    about: 'Reads documents, older.',
    context: 16_384,
    can: ['vision', 'ocr'],
    temperature: 0,
    retires: '2026-12-31T12:00:00Z',
    replacement: 'mistral-ocr-latest',
  },
]

const small = ['mistral-medium-2604', 'mistral-small-2506', 'voxtral-mini-2507', 'voxtral-mini-2602']

function entries({ ids, about, context, can, temperature, retires, replacement }: Model): Entry[] {
  const capabilities = { ...nothing, ...Object.fromEntries(can.map((capability) => [capability, true])) }
  return ids.map((id) => ({
    id,
    object: 'model',
    created: 0,
    owned_by: 'mistralai',
    capabilities,
    name: ids[0],
    description: about,
    max_context_length: context,
    aliases: ids.filter((other) => other !== id),
    deprecation: retires ?? null,
    deprecation_replacement_model: replacement ?? null,
    default_model_temperature: temperature ?? null,
    type: 'base',
  }))
}

export function mistralModels(size: ListSize): Entry[] {
  return models
    .filter(({ ids }) => size === 'realistic' || small.includes(ids[0] ?? ''))
    .flatMap((model) => {
      const made = entries(model)
      return size === 'realistic' ? made : made.slice(0, 2)
    })
}

export function mistralFiller(index: number): Entry {
  const seeded = createSeeded(index + 4)
  const line = seeded.pick(['mistral', 'ministral', 'devstral', 'magistral'])
  const id = `${line}-preview-${String(index).padStart(5, '0')}`
  const context = seeded.pick([32_768, 131_072, 262_144])
  const [made = {}] = entries({
    ids: [id],
    about: 'A generated model.',
    context,
    can: chat,
    temperature: 0.3,
  })
  return made
}
