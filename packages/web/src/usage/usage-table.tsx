import { percent, seconds } from '@rollcall/core/figures'
import type { Usage, UsageFigures } from '@rollcall/core/schema'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { Card } from '../ui/page.tsx'
import { costText } from './metrics.ts'
import { Segments } from './segments.tsx'
import type { Column, Group, Sort, UsageView } from './usage-view.ts'

interface Figure {
  column: Column
  title: string
  /** Null where it is not known: that comes last, whichever way one sorts. */
  size: (figures: UsageFigures) => number | null
  text: (figures: UsageFigures) => string
  /** The one beside it belongs to it. */
  isAside?: boolean
}

const FIGURES: readonly Figure[] = [
  {
    column: 'answers',
    title: 'Answers',
    size: ({ answers }) => answers,
    text: ({ answers }) => grouped(answers),
  },
  {
    column: 'errors',
    title: 'Errors',
    size: ({ error_rate }) => error_rate,
    text: ({ error_rate }) => percent(error_rate),
  },
  {
    column: 'input',
    title: 'Tokens in',
    size: ({ tokens }) => tokens.input,
    text: ({ tokens }) => grouped(tokens.input),
  },
  {
    column: 'output',
    title: 'Tokens out',
    size: ({ tokens }) => tokens.output,
    text: ({ tokens }) => grouped(tokens.output),
  },
  { column: 'cost', title: 'Cost', size: ({ cost }) => cost, text: costText },
  time('first_token', 'First token', ({ first_token_ms }) => first_token_ms?.median),
  { ...time('first_token_p95', 'p95', ({ first_token_ms }) => first_token_ms?.p95), isAside: true },
  time('whole_answer', 'Whole answer', ({ duration_ms }) => duration_ms?.median),
  { ...time('whole_answer_p95', 'p95', ({ duration_ms }) => duration_ms?.p95), isAside: true },
]
const TITLES: Record<Group, string> = { model: 'Model', provider: 'Provider', day: 'Day' }
const USUAL_SORT: Record<Group, Sort> = {
  model: { by: 'answers', isDescending: true },
  provider: { by: 'answers', isDescending: true },
  day: { by: 'name', isDescending: true },
}

/** All figures of each model, provider or day, and their sum. */
export function UsageTable({
  usage,
  by,
  sort = USUAL_SORT[by],
  nameOf,
  onChange,
}: {
  usage: Usage
  by: Group
  sort: Sort | undefined
  nameOf: (provider: string) => string
  onChange: (part: Partial<UsageView>) => void
}) {
  const rows = sorted(rowsOf(usage, by, nameOf), sort)
  const press = (column: Column) => {
    const isDescending = sort.by === column ? !sort.isDescending : column !== 'name'
    onChange({ sort: { by: column, isDescending } })
  }
  const titleOf = (column: Column, title: string, label = title) => (
    <Title
      key={column}
      title={title}
      label={label}
      isFigure={column !== 'name'}
      sort={sort.by === column ? sort : undefined}
      onPress={() => press(column)}
    />
  )
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Segments
        legend="A row for each"
        name="by"
        value={by}
        options={[
          ['model', 'By model'],
          ['provider', 'By provider'],
          ['day', 'By day'],
        ]}
        onChange={(next) => onChange({ by: next, sort: undefined })}
      />
      <Card>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
        <section aria-label={`Usage by ${by}`} tabIndex={0} className="overflow-x-auto rounded-lg">
          <table className="w-full border-collapse whitespace-nowrap">
            <thead className="text-ink-muted text-xs">
              <tr className="h-9">
                {titleOf('name', TITLES[by])}
                {FIGURES.map(({ column, title, isAside }, index) =>
                  titleOf(column, title, isAside ? `${FIGURES[index - 1]?.title}, ${title}` : title),
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, name, figures }) => (
                <Row key={key} figures={figures}>
                  <InertText
                    className={classNames(
                      'block max-w-64 truncate max-sm:max-w-36',
                      by === 'model' && 'font-mono text-xs',
                    )}
                  >
                    {name}
                  </InertText>
                </Row>
              ))}
            </tbody>
            <tfoot className="font-medium">
              <Row figures={usage.totals}>All</Row>
            </tfoot>
          </table>
        </section>
      </Card>
    </div>
  )
}

function Row({ figures, children }: { figures: UsageFigures; children: React.ReactNode }) {
  return (
    <tr className="h-9 border-line border-t hover:bg-hover">
      <th scope="row" className="px-3 text-left [font-weight:inherit]">
        {children}
      </th>
      {FIGURES.map(({ column, text, isAside }) => (
        <td
          key={column}
          className={classNames('pr-3 text-right tabular-nums', isAside ? 'pl-0 text-ink-muted' : 'pl-3')}
        >
          {text(figures)}
        </td>
      ))}
    </tr>
  )
}

function Title({
  title,
  label,
  isFigure,
  sort,
  onPress,
}: {
  title: string
  label: string
  isFigure: boolean
  sort: Sort | undefined
  onPress: () => void
}) {
  const Icon = sort?.isDescending === false ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      aria-sort={!sort ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
      className={classNames('px-2 font-medium', isFigure ? 'text-right' : 'text-left')}
    >
      <button
        type="button"
        aria-label={label}
        onClick={onPress}
        className={classNames(
          'group relative inline-flex h-7 items-center rounded-sm px-1 hover:bg-hover hover:text-ink',
          sort && 'text-ink',
        )}
      >
        {title}
        <Icon
          aria-hidden
          size={12}
          className={classNames(
            'absolute',
            isFigure ? 'right-full' : 'left-full',
            !sort && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
          )}
        />
      </button>
    </th>
  )
}

interface UsageLine {
  key: string
  name: string
  figures: UsageFigures
}

function rowsOf(
  { days, providers, models }: Usage,
  by: Group,
  nameOf: (provider: string) => string,
): UsageLine[] {
  switch (by) {
    case 'model':
      return models.map((figures) => ({ key: figures.model, name: figures.model, figures }))
    case 'provider':
      return providers.map((figures) => ({ key: figures.provider, name: nameOf(figures.provider), figures }))
    case 'day':
      return days.map((figures) => ({ key: figures.day, name: figures.day, figures }))
  }
}

function sorted(lines: readonly UsageLine[], { by, isDescending }: Sort): UsageLine[] {
  const turn = isDescending ? -1 : 1
  const byName = (a: UsageLine, b: UsageLine) => a.name.localeCompare(b.name, 'en')
  const size = FIGURES.find(({ column }) => column === by)?.size
  if (!size) return lines.toSorted((a, b) => turn * byName(a, b))
  return lines.toSorted((a, b) => {
    const [left, right] = [size(a.figures), size(b.figures)]
    if (left === null || right === null) return left === right ? byName(a, b) : left === null ? 1 : -1
    return turn * (left - right) || byName(a, b)
  })
}

function time(column: Column, title: string, of: (figures: UsageFigures) => number | undefined): Figure {
  return {
    column,
    title,
    size: (figures) => of(figures) ?? null,
    text: (figures) => {
      const milliseconds = of(figures)
      return milliseconds === undefined ? '—' : seconds(milliseconds)
    },
  }
}

function grouped(count: number | null): string {
  return count?.toLocaleString('en') ?? '—'
}
