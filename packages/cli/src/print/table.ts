import { styleText } from 'node:util'
import type { Model } from '@rollcall/core/schema'
import stringWidth from 'string-width'
import { day, tokens, usd } from './figures.ts'
import { visible } from './visible.ts'

interface Column {
  title: string
  value: (model: Model) => string
  align: 'left' | 'right'
  /** May be cut down to this many cells; absent: never cut. */
  least?: number
  /** Columns with the highest number go first when the width is short. */
  dispensable: number
}

const COLUMNS: readonly Column[] = [
  { title: 'MODEL', value: (model) => visible(model.id), align: 'left', least: 44, dispensable: 0 },
  { title: 'NAME', value: (model) => visible(model.name), align: 'left', least: 16, dispensable: 2 },
  { title: 'KIND', value: (model) => model.kind ?? '—', align: 'left', dispensable: 1 },
  { title: 'CONTEXT', value: (model) => tokens(model.context_window), align: 'right', dispensable: 3 },
  { title: 'MAX OUT', value: (model) => tokens(model.max_output_tokens), align: 'right', dispensable: 7 },
  { title: 'IN $/M', value: (model) => usd(model.pricing?.input), align: 'right', dispensable: 4 },
  { title: 'OUT $/M', value: (model) => usd(model.pricing?.output), align: 'right', dispensable: 5 },
  { title: 'RELEASED', value: (model) => day(model.released_at), align: 'left', dispensable: 6 },
]
const GAP = 2
const SEGMENTER = new Intl.Segmenter()

/** One aligned line per model, under one line of titles, no line wider than `width` cells. */
export function toTable(models: readonly Model[], width: number): string {
  const { columns, widths } = fit(models, width)
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => aligned(text, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join(' '.repeat(GAP))
      .trimEnd()
  const titles = styleText('bold', line(columns.map(({ title }) => title)))
  return [titles, ...models.map((model) => line(columns.map(({ value }) => value(model))))].join('\n')
}

function aligned(text: string, width: number, align: 'left' | 'right'): string {
  const whole = cut(text, width)
  const space = ' '.repeat(Math.max(width - cells(whole), 0))
  return align === 'left' ? whole + space : space + whole
}

/** Cut between characters as people see them, with an ellipsis for the rest. */
function cut(text: string, width: number): string {
  if (cells(text) <= width) return text
  let whole = ''
  for (const { segment } of SEGMENTER.segment(text)) {
    if (cells(whole + segment) > width - 1) break
    whole += segment
  }
  return `${whole}…`
}

/** Leaves out what is dispensable, then cuts the widest texts, until the columns fit. */
function fit(models: readonly Model[], width: number): { columns: Column[]; widths: number[] } {
  const natural = new Map(
    COLUMNS.map((column) => [
      column,
      models.reduce((most, model) => Math.max(most, cells(column.value(model))), column.title.length),
    ]),
  )
  const leastOf = (column: Column) =>
    Math.min(natural.get(column) ?? 0, column.least ?? Number.POSITIVE_INFINITY)
  let columns = [...COLUMNS]
  const total = (measure: (column: Column) => number) =>
    columns.reduce((sum, column) => sum + measure(column) + GAP, -GAP)
  while (columns.length > 1 && total(leastOf) > width) {
    const first = columns.reduce((a, b) => (b.dispensable > a.dispensable ? b : a))
    columns = columns.filter((column) => column !== first)
  }
  const widths = columns.map((column) => natural.get(column) ?? 0)
  let excess = widths.reduce((sum, cellCount) => sum + cellCount + GAP, -GAP) - width
  // the name gives way before the id, which people copy
  for (const title of ['NAME', 'MODEL']) {
    const index = columns.findIndex((column) => column.title === title)
    const column = columns[index]
    if (!column || excess <= 0) continue
    const least = columns.length === 1 ? Math.max(width, 4) : leastOf(column)
    const taken = Math.min(excess, Math.max((widths[index] ?? 0) - least, 0))
    widths[index] = (widths[index] ?? 0) - taken
    excess -= taken
  }
  return { columns, widths }
}

/** Terminal cells: East Asian characters and emoji take two. Almost all ids and names are plain ASCII. */
function cells(text: string): number {
  return /^[\x20-\x7e—…]*$/.test(text) ? text.length : stringWidth(text)
}
