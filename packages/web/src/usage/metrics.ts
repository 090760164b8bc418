import { dollars, percent, seconds, tokens } from '@rollcall/core/figures'
import type { UsageFigures } from '@rollcall/core/schema'
import type { Metric } from './usage-view.ts'

/** How a part of a bar looks: what counts, what stands beside it, what went wrong. */
export type PartLook = 'main' | 'beside' | 'bad'

export interface MetricParts {
  name: string
  /** What a bar is made of, from its foot up. */
  parts: readonly { name: string; look: PartLook; of: (figures: UsageFigures) => number }[]
  /** By which bars are ordered; null where it is not known, which is not zero. */
  size: (figures: UsageFigures) => number | null
  /** A figure of the scale. */
  format: (value: number) => string
  /** The whole of it in few words. */
  text: (figures: UsageFigures) => string
  /** More about it. */
  note: (figures: UsageFigures) => string
}

export const METRIC_PARTS: Record<Metric, MetricParts> = {
  cost: {
    name: 'Cost',
    parts: [{ name: 'Cost', look: 'main', of: ({ cost }) => cost ?? 0 }],
    size: ({ cost }) => cost,
    format: dollars,
    text: costText,
    note: ({ cost_unknown }) =>
      cost_unknown > 0 ? `${cost_unknown.toLocaleString('en')} of unknown cost` : '',
  },
  tokens: {
    name: 'Tokens',
    parts: [
      { name: 'Input', look: 'main', of: (figures) => figures.tokens.input ?? 0 },
      { name: 'Output', look: 'beside', of: (figures) => figures.tokens.output ?? 0 },
    ],
    size: allTokens,
    format: tokens,
    text: (figures) => tokens(allTokens(figures) ?? undefined),
    note: ({ tokens: { input, output } }) =>
      input === null && output === null
        ? ''
        : `${tokens(input ?? undefined)} in · ${tokens(output ?? undefined)} out`,
  },
  answers: {
    name: 'Answers',
    parts: [
      { name: 'Finished', look: 'main', of: ({ finished }) => finished },
      { name: 'Failed', look: 'bad', of: ({ failed }) => failed },
      {
        name: 'Stopped or not asked',
        look: 'beside',
        of: ({ cancelled, interrupted, not_asked }) => cancelled + interrupted + not_asked,
      },
    ],
    size: (figures) => figures.answers,
    format: (value) => (Number.isInteger(value) ? value.toLocaleString('en') : ''),
    text: (figures) => figures.answers.toLocaleString('en'),
    note: ({ runs, error_rate }) =>
      [
        `${runs.toLocaleString('en')} ${runs === 1 ? 'run' : 'runs'}`,
        ...(error_rate === null ? [] : [`${percent(error_rate)} failed`]),
      ].join(' · '),
  },
  first_token: latency('First token', 'first_token_ms'),
  whole_answer: latency('Whole answer', 'duration_ms'),
}

function latency(name: string, field: 'first_token_ms' | 'duration_ms'): MetricParts {
  return {
    name,
    parts: [
      { name: 'Median', look: 'main', of: (figures) => figures[field]?.median ?? 0 },
      { name: 'p95', look: 'beside', of: ({ [field]: spread }) => (spread ? spread.p95 - spread.median : 0) },
    ],
    size: (figures) => figures[field]?.median ?? null,
    format: seconds,
    text: ({ [field]: spread }) => (spread ? seconds(spread.median) : '—'),
    note: ({ [field]: spread }) => (spread ? `median · p95 ${seconds(spread.p95)}` : ''),
  }
}

/** "$0.12", or "$0.12 +" where there is more, but not known how much. */
export function costText({ cost, cost_unknown }: Pick<UsageFigures, 'cost' | 'cost_unknown'>): string {
  return cost !== null && cost_unknown > 0 ? `${dollars(cost)} +` : dollars(cost)
}

function allTokens({ tokens: { input, output } }: UsageFigures): number | null {
  return input === null && output === null ? null : (input ?? 0) + (output ?? 0)
}
