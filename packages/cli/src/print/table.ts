import { styleText } from 'node:util'
import { day, tokens, usd } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import type { SortKey } from '@rollcall/core/select-models'
import { escaped, visible } from '@rollcall/core/visible-text'
import stringWidth from 'string-width'

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
  {
    title: 'MODEL',
    value: (model) => visible(model.id).replace(ODD_SPACE, escaped),
    align: 'left',
    least: 20,
    dispensable: 0,
  },
  { title: 'NAME', value: (model) => visible(model.name), align: 'left', least: 16, dispensable: 6 },
  { title: 'KIND', value: kindOf, align: 'left', dispensable: 1 },
  { title: 'CONTEXT', value: (model) => tokens(model.context_window), align: 'right', dispensable: 2 },
  { title: 'MAX OUT', value: (model) => tokens(model.max_output_tokens), align: 'right', dispensable: 8 },
  { title: 'IN $/M', value: (model) => usd(model.pricing?.input), align: 'right', dispensable: 3 },
  { title: 'OUT $/M', value: (model) => usd(model.pricing?.output), align: 'right', dispensable: 4 },
  { title: 'RELEASED', value: (model) => day(model.released_at), align: 'left', dispensable: 7 },
]
/** What one sorts by, one wants to see. */
const SORTED: Readonly<Partial<Record<SortKey, string>>> = {
  id: 'MODEL',
  name: 'NAME',
  context: 'CONTEXT',
  price: 'IN $/M',
  released: 'RELEASED',
}
/** Without a limit, one very long text must not push all the others away. */
const MOST_PADDED = 72
const GAP = 2
/** In an id, any space but the plain one is a trap. */
const ODD_SPACE = /(?! )\p{Zs}/gu
const SEGMENTER = new Intl.Segmenter()

/** One aligned line per model, under one line of titles, no line wider than `width` cells. */
export function toTable(models: readonly Model[], width: number, sort?: SortKey): string {
  const { columns, widths } = fit(models, width, sort)
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => {
        const column = widths[index] ?? 0
        const shown = width === Number.POSITIVE_INFINITY ? text : cut(text, column)
        return padded(shown, column, columns[index]?.align ?? 'left')
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  const titles = styleText('bold', line(columns.map(({ title }) => title)))
  return [titles, ...models.map((model) => line(columns.map(({ value }) => value(model))))].join('\n')
}

/** From a provider's dated list, not from its own mouth today. */
export function isStatic({ sources }: Model): boolean {
  return sources?.name?.from === 'static'
}

/** The mark stands where every width has room for it. */
function kindOf(model: Model): string {
  return `${model.kind ?? '—'}${isStatic(model) ? ' (static)' : ''}`
}

function padded(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(width - cells(text), 0))
  return align === 'left' ? text + space : space + text
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

/** Leaves columns out, the most dispensable first, until the ids stand whole; only what is then too wide is cut. */
function fit(
  models: readonly Model[],
  width: number,
  sort: SortKey | undefined,
): { columns: Column[]; widths: number[] } {
  const natural = new Map(
    COLUMNS.map((column) => {
      const widest = models.reduce(
        (most, model) => Math.max(most, cells(column.value(model))),
        column.title.length,
      )
      return [column, width === Number.POSITIVE_INFINITY ? Math.min(widest, MOST_PADDED) : widest]
    }),
  )
  const naturalOf = (column: Column) => natural.get(column) ?? 0
  // a name may be shortened, an id only when it would take most of the line
  const leastOf = (column: Column) =>
    column.title === 'MODEL'
      ? Math.min(naturalOf(column), Math.max(column.least ?? 0, Math.floor(width * 0.7)))
      : Math.min(naturalOf(column), column.least ?? Number.POSITIVE_INFINITY)
  const dispensability = (column: Column) =>
    sort && SORTED[sort] === column.title ? 0.5 : column.dispensable
  // in a terminal, a column of dashes only takes the place of one that says something
  let columns = COLUMNS.filter(
    (column) =>
      width === Number.POSITIVE_INFINITY ||
      dispensability(column) < 1 ||
      models.some((model) => column.value(model) !== '—'),
  )
  const total = (measure: (column: Column) => number) =>
    columns.reduce((sum, column) => sum + measure(column) + GAP, -GAP)
  while (columns.length > 1 && total(leastOf) > width) {
    const first = columns.reduce((a, b) => (dispensability(b) > dispensability(a) ? b : a))
    columns = columns.filter((column) => column !== first)
  }
  const widths = columns.map(naturalOf)
  let excess = widths.reduce((sum, cellCount) => sum + cellCount + GAP, -GAP) - width
  for (const title of ['NAME', 'MODEL']) {
    const index = columns.findIndex((column) => column.title === title)
    const column = columns[index]
    if (!column || excess <= 0) continue
    const least = columns.length === 1 ? Math.max(width, 1) : leastOf(column)
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
