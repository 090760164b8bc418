import { day, usd } from '@rollcall/core/figures'
import { type Model, sourceOf } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { Unknown } from './model-cells.tsx'
import { CAPABILITIES } from './model-view.ts'
import { sourceWords } from './source-words.ts'

interface Fact {
  title: string
  /** As `sources` name it, also a part: `pricing.input`. */
  field: string
  /** Undefined: unknown. */
  value: string | undefined
}

/** Every field, also those of which nothing is known, each with who says so. */
export function ModelFacts({ model, providerName }: { model: Model; providerName: string }) {
  return (
    <section aria-label="Facts">
      <h3 className="mb-1 text-sm">Facts</h3>
      <dl>
        {factsOf(model).map(({ title, field, value }) => (
          <div
            key={title}
            className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 border-line border-b py-1.5 last:border-b-0 min-[26rem]:grid-cols-[9rem_minmax(0,1fr)_auto]"
          >
            <dt className="text-ink-muted">{title}</dt>
            <dd className="tabular-nums [overflow-wrap:anywhere]">
              {value === undefined ? <Unknown /> : visible(value)}
            </dd>
            {value !== undefined && (
              <dd className="text-ink-muted text-xs leading-5 max-[26rem]:col-start-2">
                {sourceInWords(model, field, providerName)}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  )
}

function factsOf(model: Model): Fact[] {
  const { capabilities, modalities, pricing } = model
  return [
    { title: 'Kind', field: 'kind', value: model.kind === 'unknown' ? undefined : model.kind },
    { title: 'Context window', field: 'context_window', value: tokens(model.context_window) },
    { title: 'Max output', field: 'max_output_tokens', value: tokens(model.max_output_tokens) },
    { title: 'Input price', field: 'pricing.input', value: price(pricing?.input) },
    { title: 'Output price', field: 'pricing.output', value: price(pricing?.output) },
    { title: 'Cached input price', field: 'pricing.cached_input', value: price(pricing?.cached_input) },
    { title: 'Takes', field: 'modalities.input', value: modalities?.input?.join(', ') },
    { title: 'Gives', field: 'modalities.output', value: modalities?.output?.join(', ') },
    ...capabilityFacts(capabilities),
    { title: 'Released', field: 'released_at', value: date(model.released_at) },
    {
      title: 'Deprecated',
      field: model.deprecated_at === undefined ? 'deprecated' : 'deprecated_at',
      value: date(model.deprecated_at) ?? yes(model.deprecated),
    },
    { title: 'Retires', field: 'retires_at', value: date(model.retires_at) },
  ]
}

/** The four one filters by, then whatever else its provider states. */
function capabilityFacts(capabilities: Model['capabilities'] = {}): Fact[] {
  const named = CAPABILITIES.map(({ capability, words }) => [capability, words] as const)
  const usual = new Set<string>(named.map(([capability]) => capability))
  const further = Object.keys(capabilities)
    .filter((name) => !usual.has(name))
    .map((name) => [name, inWords(name)] as const)
  return [...named, ...further].map(([capability, title]) => ({
    title,
    field: `capabilities.${capability}`,
    value: Object.hasOwn(capabilities, capability) ? (capabilities[capability] ? 'yes' : 'no') : undefined,
  }))
}

function sourceInWords(model: Model, field: string, providerName: string): string {
  const source = sourceOf(model, field)
  return !source && field === 'kind' ? '' : sourceWords(source, providerName)
}

/** "json_mode" as people write it. */
function inWords(name: string): string {
  const words = visible(name).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function tokens(count: number | undefined): string | undefined {
  return count === undefined ? undefined : `${count.toLocaleString('en')} tokens`
}

function price(perMillion: number | undefined): string | undefined {
  if (perMillion === undefined) return undefined
  return perMillion === 0 ? 'free' : `${usd(perMillion)} per million tokens`
}

function date(moment: string | undefined): string | undefined {
  return moment === undefined ? undefined : day(moment)
}

function yes(flag: boolean | undefined): string | undefined {
  return flag ? 'yes' : undefined
}
