import { createSeeded } from '../seeded.ts'
import type { Entry, ListSize } from '../stand-in.ts'
import type { KnownModel, Modality } from './known-model.ts'

const input: Modality[] = ['text', 'image', 'pdf']

interface Claude extends KnownModel {
  line: 'haiku' | 'sonnet' | 'opus' | 'fable'
  contextWindow: number
  maxOutput: number
  reasoning: boolean
  adaptive?: true
  deprecated?: string
  retires?: string
  isRetired?: true
}

export const anthropicKnown: Claude[] = [
  claude('claude-opus-5', 'Claude Opus 5', 'opus', '2026-07-24', 1_000_000, 128_000, [5, 25, 0.5], {
    adaptive: true,
  }),
  claude('claude-sonnet-5', 'Claude Sonnet 5', 'sonnet', '2026-06-30', 1_000_000, 128_000, [2, 10, 0.2], {
    adaptive: true,
  }),
  claude('claude-fable-5', 'Claude Fable 5', 'fable', '2026-06-09', 1_000_000, 128_000, [10, 50, 1], {
    adaptive: true,
  }),
  claude('claude-opus-4-8', 'Claude Opus 4.8', 'opus', '2026-05-27', 1_000_000, 128_000, [5, 25, 0.5], {
    adaptive: true,
  }),
  claude('claude-opus-4-7', 'Claude Opus 4.7', 'opus', '2026-04-16', 1_000_000, 128_000, [5, 25, 0.5], {
    adaptive: true,
  }),
  claude('claude-sonnet-4-6', 'Claude Sonnet 4.6', 'sonnet', '2026-02-17', 1_000_000, 64_000, [3, 15, 0.3], {
    adaptive: true,
  }),
  claude('claude-opus-4-6', 'Claude Opus 4.6', 'opus', '2026-02-04', 1_000_000, 128_000, [5, 25, 0.5], {
    adaptive: true,
  }),
  claude('claude-opus-4-5-20251101', 'Claude Opus 4.5', 'opus', '2025-11-24', 200_000, 64_000, [5, 25, 0.5]),
  claude(
    'claude-haiku-4-5-20251001',
    'Claude Haiku 4.5',
    'haiku',
    '2025-10-15',
    200_000,
    64_000,
    [1, 5, 0.1],
  ),
  claude(
    'claude-sonnet-4-5-20250929',
    'Claude Sonnet 4.5',
    'sonnet',
    '2025-09-29',
    1_000_000,
    64_000,
    [3, 15, 0.3],
  ),
  claude(
    'claude-opus-4-1-20250805',
    'Claude Opus 4.1',
    'opus',
    '2025-08-05',
    200_000,
    32_000,
    [15, 75, 1.5],
    {
      deprecated: '2026-06-01T00:00:00Z',
      retires: '2026-12-05T00:00:00Z',
    },
  ),
  claude(
    'claude-3-haiku-20240307',
    'Claude Haiku 3',
    'haiku',
    '2024-03-07',
    200_000,
    4_096,
    [0.25, 1.25, 0.03],
    {
      reasoning: false,
      deprecated: '2026-02-19T00:00:00Z',
      retires: '2026-10-20T00:00:00Z',
    },
  ),
  claude('claude-3-opus-20240229', 'Claude Opus 3', 'opus', '2024-02-29', 200_000, 4_096, [15, 75, 1.5], {
    reasoning: false,
    deprecated: '2025-06-30T00:00:00Z',
    retires: '2026-01-05T00:00:00Z',
    isRetired: true,
  }),
]

const small = [
  'claude-opus-5',
  'claude-sonnet-5',
  'claude-haiku-4-5-20251001',
  'claude-3-haiku-20240307',
  'claude-3-opus-20240229',
]

function claude(
  id: string,
  name: string,
  line: Claude['line'],
  released: string,
  contextWindow: number,
  maxOutput: number,
  price: readonly [number, number, number],
  more: Partial<Claude> = {},
): Claude {
  return {
    id,
    name,
    line,
    released,
    contextWindow,
    maxOutput,
    price,
    input,
    reasoning: true,
    tools: true,
    ...more,
  }
}

const supported = (value: boolean) => ({ supported: value })

function capabilities(model: Claude) {
  const isNew = model.adaptive === true
  return {
    batch: supported(true),
    citations: supported(true),
    code_execution: supported(model.reasoning),
    context_management: {
      ...supported(model.reasoning),
      clear_tool_uses_20250919: supported(model.reasoning),
      clear_thinking_20251015: supported(model.reasoning),
      compact_20260112: supported(isNew),
    },
    effort: {
      ...supported(isNew),
      low: supported(isNew),
      medium: supported(isNew),
      high: supported(isNew),
      xhigh: supported(isNew && model.released >= '2026-04'),
      max: supported(isNew),
    },
    image_input: supported(true),
    pdf_input: supported(model.released >= '2024-10'),
    server_tools: supported(model.reasoning),
    structured_outputs: supported(model.released >= '2025-09'),
    thinking: {
      ...supported(model.reasoning),
      types: {
        enabled: supported(model.reasoning && !isNew),
        adaptive: supported(isNew),
        disabled: supported(true),
        between_tools: supported(isNew),
      },
    },
  }
}

function entry(model: Claude): Entry {
  const lifecycle = model.deprecated ? 'deprecated' : 'active'
  return {
    type: 'model',
    id: model.id,
    display_name: model.name,
    created_at: `${model.released}T00:00:00Z`,
    max_input_tokens: model.contextWindow,
    max_tokens: model.maxOutput,
    capabilities: capabilities(model),
    lifecycle: model.isRetired ? 'retired' : lifecycle,
    deprecated_at: model.deprecated ?? null,
    retires_at: model.retires ?? null,
    line: model.line,
  }
}

export function anthropicModels(size: ListSize): Entry[] {
  return anthropicKnown.filter(({ id }) => size === 'realistic' || small.includes(id)).map(entry)
}

export function anthropicFiller(index: number): Entry {
  const seeded = createSeeded(index + 2)
  const line = seeded.pick(['haiku', 'sonnet', 'opus', 'fable'] as const)
  const number = String(index).padStart(5, '0')
  return entry(
    claude(
      `claude-generated-${line}-${number}`,
      `Claude Generated ${line} ${number}`,
      line,
      '2026-08-01',
      seeded.pick([200_000, 500_000, 1_000_000]),
      seeded.pick([32_000, 64_000, 128_000]),
      [1, 5, 0.1],
    ),
  )
}
