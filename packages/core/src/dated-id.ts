/** How a date stands at the end of an id, and where in it year and month do; four digits without a year say none. */
const STAMPS: readonly [form: RegExp, year: number, month: number][] = [
  [/-(20\d{2})-(\d{2})-\d{2}$/, 1, 2],
  [/-(20\d{2})(\d{2})\d{2}$/, 1, 2],
  [/-(\d{2})-(20\d{2})$/, 2, 1],
  [/-(2\d)(0[1-9]|1[0-2])$/, 1, 2],
]

/** An id that ends in a date: what stands before it, and its month. */
export interface Stamp {
  undated: string
  /** `2025-08` of `gpt-5-2025-08-07`, `mistral-medium-2508`, `command-a-08-2025`. */
  month: string
}

/** The date that an id ends in, where it names a year: `-0905` may be anything. */
export function stampOf(id: string): Stamp | undefined {
  if (!endsInDigits(id)) return undefined
  for (const [form, year, month] of STAMPS) {
    const parts = form.exec(id)
    if (parts)
      return { undated: id.slice(0, parts.index), month: `${parts[year]?.padStart(4, '20')}-${parts[month]}` }
  }
  return undefined
}

/** The month that an id names as its own. */
export function monthOf(id: string): string | undefined {
  return stampOf(id)?.month
}

/** Most ids do not, and need no closer look. */
function endsInDigits(id: string): boolean {
  return isDigit(id.charCodeAt(id.length - 1)) && isDigit(id.charCodeAt(id.length - 2))
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Months between two dates that begin with year and month. */
export function monthsApart(a: string, b: string): number {
  const months = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
  return Math.abs(months(a) - months(b))
}
