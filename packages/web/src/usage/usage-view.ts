import { MOST_USAGE_DAYS, type UsageQuery } from '@rollcall/core/schema'

export const METRICS = ['cost', 'tokens', 'answers', 'first_token', 'whole_answer'] as const
export type Metric = (typeof METRICS)[number]
const GROUPS = ['model', 'provider', 'day'] as const
export type Group = (typeof GROUPS)[number]
const COLUMNS = [
  'name',
  'answers',
  'errors',
  'input',
  'output',
  'cost',
  'first_token',
  'first_token_p95',
  'whole_answer',
  'whole_answer_p95',
] as const
export type Column = (typeof COLUMNS)[number]
export interface Sort {
  by: Column
  isDescending: boolean
}

const USUAL_DAYS = 30
/** So many days up to today, or from one day to another. */
type Range = { days: number } | { from: string; to: string }

/** What the page of usage shows: all of it stands in the address, so that a link reproduces it. */
export interface UsageView {
  range: Range
  provider: string | undefined
  model: string | undefined
  metric: Metric
  /** What a bar is about. */
  bars: Exclude<Group, 'day'>
  /** What a row of the table is about. */
  by: Group
  sort: Sort | undefined
}

/** Reads the query of an address. What is unknown or broken is passed over; the rest holds. */
export function readView(given: URLSearchParams): UsageView {
  return {
    range: readRange(given),
    provider: given.get('provider') || undefined,
    model: given.get('model') || undefined,
    metric: oneOf(METRICS, given.get('show')) ?? 'cost',
    bars: given.get('bars') === 'provider' ? 'provider' : 'model',
    by: oneOf(GROUPS, given.get('by')) ?? 'model',
    sort: readSort(given.get('sort')),
  }
}

/** The parameters of an address; none where everything is as usual. */
export function writeView({ range, provider, model, metric, bars, by, sort }: UsageView) {
  const parameters: Record<string, string | undefined> = {
    days: 'days' in range && range.days !== USUAL_DAYS ? `${range.days}` : undefined,
    from: 'from' in range ? range.from : undefined,
    to: 'to' in range ? range.to : undefined,
    provider,
    model,
    show: metric === 'cost' ? undefined : metric,
    bars: bars === 'model' ? undefined : bars,
    by: by === 'model' ? undefined : by,
    sort: sort && `${sort.isDescending ? '-' : ''}${sort.by}`,
  }
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** What is asked of the server. */
export function toQuery({ range, provider, model }: Pick<UsageView, 'range' | 'provider' | 'model'>) {
  return {
    ...range,
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
  } satisfies UsageQuery
}

/** Why these are no range, in one sentence; undefined where they are one. */
export function problemOfRange(from: string, to: string): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Choose a first and a last day.'
  if (from > to) return 'The first day is after the last one.'
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  return days > MOST_USAGE_DAYS ? `At most ${MOST_USAGE_DAYS} days at a time.` : undefined
}

function readRange(given: URLSearchParams): Range {
  const [from, to] = [given.get('from') ?? '', given.get('to') ?? '']
  if (problemOfRange(from, to) === undefined) return { from, to }
  const days = given.get('days') ?? ''
  const count = /^\d{1,3}$/.test(days) ? Number(days) : 0
  return { days: count >= 1 && count <= MOST_USAGE_DAYS ? count : USUAL_DAYS }
}

function readSort(text: string | null): Sort | undefined {
  const by = oneOf(COLUMNS, text?.replace(/^-/, '') ?? null)
  return by && { by, isDescending: text?.startsWith('-') ?? false }
}

function isDay(text: string): boolean {
  return /^[12]\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

function oneOf<T extends string>(names: readonly T[], text: string | null): T | undefined {
  return names.find((name) => name === text)
}
