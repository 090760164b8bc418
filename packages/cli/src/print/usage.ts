import { styleText } from 'node:util'
import { dollars, percent, seconds } from '@rollcall/core/figures'
import type { Usage, UsageFigures } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import stringWidth from 'string-width'
import type { USAGE_GROUPS } from '../usage-command.ts'

interface Column {
  title: string
  value: (figures: UsageFigures) => string
  /** Columns with the highest number go first when the width is short. */
  dispensable: number
}

const COLUMNS: readonly Column[] = [
  { title: 'ANSWERS', value: ({ answers }) => grouped(answers), dispensable: 2 },
  { title: 'ERRORS', value: ({ error_rate }) => percent(error_rate), dispensable: 1 },
  { title: 'TOKENS IN', value: ({ tokens }) => grouped(tokens.input), dispensable: 3 },
  { title: 'TOKENS OUT', value: ({ tokens }) => grouped(tokens.output), dispensable: 4 },
  { title: 'COST', value: costOf, dispensable: 0 },
  { title: 'FIRST TOKEN', value: ({ first_token_ms }) => time(first_token_ms?.median), dispensable: 5 },
  { title: 'P95', value: ({ first_token_ms }) => time(first_token_ms?.p95), dispensable: 7 },
  { title: 'WHOLE', value: ({ duration_ms }) => time(duration_ms?.median), dispensable: 6 },
  { title: 'P95', value: ({ duration_ms }) => time(duration_ms?.p95), dispensable: 8 },
]
const GAP = 2

/** One line per model, provider or day under a line of titles, and their sum; no line wider than it must be. */
export function toUsageTable(
  { totals, days, providers, models }: Usage,
  by: (typeof USAGE_GROUPS)[number],
  width: number,
): string {
  const lines: [name: string, figures: UsageFigures][] = {
    day: () => days.map((figures): [string, UsageFigures] => [figures.day, figures]),
    provider: () => providers.map((figures): [string, UsageFigures] => [visible(figures.provider), figures]),
    model: () => models.map((figures): [string, UsageFigures] => [visible(figures.model), figures]),
  }[by]()
  lines.push(['ALL', totals])
  const nameWidth = widest([by, ...lines.map(([name]) => name)])
  const measured = COLUMNS.map((column) => {
    const texts = lines.map(([, figures]) => column.value(figures))
    return { column, texts, cells: widest([column.title, ...texts]) }
  })
  const shown = fit(measured, width - nameWidth)
  const line = (name: string, texts: readonly string[]) =>
    [padEnd(name, nameWidth), ...texts.map((text, index) => text.padStart(shown[index]?.cells ?? 0))].join(
      ' '.repeat(GAP),
    )
  const titles = line(
    by.toUpperCase(),
    shown.map(({ column }) => column.title),
  )
  return [
    styleText('bold', titles),
    ...lines.map(([name], row) => {
      const text = line(
        name,
        shown.map(({ texts }) => texts[row] ?? ''),
      )
      return row === lines.length - 1 ? styleText('bold', text) : text
    }),
  ].join('\n')
}

/** What the sums lack. */
export function remarksOn({ totals }: Usage): string[] {
  const { cost_unknown: costs, tokens_unknown: tokens } = totals
  const answers = (count: number) => `${grouped(count)} ${count === 1 ? 'answer' : 'answers'}`
  return [
    ...(costs > 0 ? [`+ The cost of ${answers(costs)} is not known, and in no sum.`] : []),
    ...(tokens > 0 ? [`The tokens of ${answers(tokens)} are not known, or not all of them.`] : []),
  ]
}

function fit<T extends { column: Column; cells: number }>(all: readonly T[], width: number): T[] {
  let some = [...all]
  while (some.length > 1 && some.reduce((sum, { cells }) => sum + cells + GAP, 0) > width) {
    const first = some.reduce((a, b) => (b.column.dispensable > a.column.dispensable ? b : a))
    some = some.filter((one) => one !== first)
  }
  return some
}

function costOf({ cost, cost_unknown }: UsageFigures): string {
  return cost !== null && cost_unknown > 0 ? `${dollars(cost)}+` : dollars(cost)
}

function time(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '—' : seconds(milliseconds)
}

function grouped(count: number | null): string {
  return count?.toLocaleString('en') ?? '—'
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0)
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}
