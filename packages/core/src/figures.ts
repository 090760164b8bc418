/** "128k", "1.05M"; unknown is "—". */
export function tokens(count: number | undefined): string {
  if (count === undefined) return '—'
  if (count >= 999_500) return `${Number((count / 1_000_000).toPrecision(3))}M`
  return count >= 1_000 ? `${Math.round(count / 1_000)}k` : String(count)
}

/** "$0.15", "$15", "free"; unknown is "—". */
export function usd(perMillion: number | undefined): string {
  if (perMillion === undefined) return '—'
  if (perMillion === 0) return 'free'
  const rounded = Number(perMillion.toPrecision(4))
  return `$${Number.isInteger(rounded) ? rounded : rounded < 0.1 ? rounded : rounded.toFixed(2)}`
}

export function day(moment: string | undefined): string {
  return moment?.slice(0, 10) ?? '—'
}

export function models(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'model' : 'models'}`
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

/** What something cost: "$0.0021", "$1,234.50", "$0"; unknown is "—". */
export function dollars(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return '—'
  if (usd === 0) return '$0'
  const digits =
    usd < 0.01
      ? { maximumSignificantDigits: 3 }
      : { minimumFractionDigits: 2, maximumFractionDigits: usd < 1 ? 3 : 2 }
  return `$${usd.toLocaleString('en', digits)}`
}

/** A part of a whole: "2.1%", "0%", "<0.1%"; unknown is "—". */
export function percent(part: number | null): string {
  if (part === null) return '—'
  return part > 0 && part < 0.001 ? '<0.1%' : `${Number((part * 100).toFixed(1))}%`
}
