import { day, usd } from './figures.ts'
import { sourceOf } from './schema/facts.ts'
import type { FactSource, Model } from './schema/model.ts'
import { visible } from './visible-text.ts'

/** One line of what is known of a model; `value` is undefined where it is not known. */
export interface Fact {
  /** As in `sources`. */
  field: string
  title: string
  value: string | undefined
  /** Undefined: the provider's own word, or not known. */
  source: FactSource | undefined
  /** For comparing: the more the better, whatever it is. Undefined where nothing is better than anything. */
  rank: number | undefined
}

interface FactLine {
  field: string
  title: string
  value: (model: Model) => string | undefined
  rank?: (model: Model) => number | undefined
}

const number = (count: number | undefined) => count?.toLocaleString('en')
const price = (perMillion: number | undefined) => (perMillion === undefined ? undefined : usd(perMillion))
const date = (moment: string | undefined) => (moment === undefined ? undefined : day(moment))
const negative = (value: number | undefined) => (value === undefined ? undefined : -value)

const LINES: readonly FactLine[] = [
  { field: 'name', title: 'name', value: ({ name }) => visible(name) },
  { field: 'kind', title: 'kind', value: ({ kind }) => (kind === 'unknown' ? undefined : kind) },
  {
    field: 'context_window',
    title: 'context window',
    value: (model) => number(model.context_window),
    rank: (model) => model.context_window,
  },
  {
    field: 'max_output_tokens',
    title: 'max output tokens',
    value: (model) => number(model.max_output_tokens),
    rank: (model) => model.max_output_tokens,
  },
  priceLine('input', 'input $/M'),
  priceLine('output', 'output $/M'),
  priceLine('cached_input', 'cached input $/M'),
  { field: 'modalities.input', title: 'takes', value: ({ modalities }) => modalities?.input?.join(', ') },
  { field: 'modalities.output', title: 'gives', value: ({ modalities }) => modalities?.output?.join(', ') },
  {
    field: 'released_at',
    title: 'released',
    value: (model) => date(model.released_at),
    rank: (model) => (model.released_at === undefined ? undefined : Date.parse(day(model.released_at))),
  },
  { field: 'deprecated', title: 'deprecated', value: ({ deprecated }) => yesOrNo(deprecated) },
  { field: 'deprecated_at', title: 'deprecated since', value: (model) => date(model.deprecated_at) },
  { field: 'retires_at', title: 'retires', value: (model) => date(model.retires_at) },
  {
    field: 'replacement',
    title: 'replacement',
    value: ({ replacement }) => replacement && visible(replacement),
  },
  { field: 'aliases', title: 'aliases', value: ({ aliases }) => aliases?.map(visible).join(', ') },
  { field: 'snapshot_of', title: 'snapshot of', value: ({ snapshot_of: alias }) => alias && visible(alias) },
]

/** These are not left out when nobody says them. */
const ALWAYS = [
  'name',
  'kind',
  'context_window',
  'max_output_tokens',
  'pricing.input',
  'pricing.output',
  'released_at',
]

function priceLine(part: 'input' | 'output' | 'cached_input', title: string): FactLine {
  return {
    field: `pricing.${part}`,
    title,
    value: ({ pricing }) => price(pricing?.[part]),
    rank: ({ pricing }) => negative(pricing?.[part]),
  }
}

/** The same lines for each of some models: all that is known of any of them, and the usual figures in any case. */
export function factsOf(models: readonly Model[]): Fact[][] {
  const capabilities = [...new Set(models.flatMap((model) => Object.keys(model.capabilities ?? {})))]
  const lines = [
    ...LINES,
    ...capabilities.map((name): FactLine => {
      const can = ({ capabilities: all = {} }: Model) => (Object.hasOwn(all, name) ? all[name] : undefined)
      return {
        field: `capabilities.${name}`,
        title: visible(name).replaceAll('_', ' '),
        value: (model) => yesOrNo(can(model)),
        rank: (model) => (can(model) === undefined ? undefined : Number(can(model))),
      }
    }),
  ]
  const isWorthALine = ({ field, value }: FactLine) =>
    ALWAYS.includes(field) || models.some((model) => value(model) !== undefined)
  return lines.filter(isWorthALine).map(({ field, title, value, rank }) =>
    models.map((model) => {
      const said = value(model)
      const source = said === undefined ? undefined : sourceOf(model, field)
      return { field, title, value: said, source, rank: rank?.(model) }
    }),
  )
}

function yesOrNo(flag: boolean | undefined): string | undefined {
  if (flag === undefined) return undefined
  return flag ? 'yes' : 'no'
}
