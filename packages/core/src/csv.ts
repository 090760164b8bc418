export type CsvColumn<Row> = readonly [title: string, value: (row: Row) => string | number | null | undefined]

/** RFC 4180, one line per row under a line of titles. Unknown is an empty field. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return csvHead(columns) + csvLines(columns, rows)
}

/** The line of titles, for what is written piece by piece. */
export function csvHead<Row>(columns: readonly CsvColumn<Row>[]): string {
  return `${columns.map(([title]) => title).join(',')}\r\n`
}

export function csvLines<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return rows.map((row) => `${columns.map(([, value]) => field(value(row) ?? '')).join(',')}\r\n`).join('')
}

/** A spreadsheet would run what begins like a formula, so such text gets an apostrophe in front. */
function field(value: string | number): string {
  // 1e-7 as people and spreadsheets write it
  if (typeof value === 'number') {
    return value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
