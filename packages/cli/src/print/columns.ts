import stringWidth from 'string-width'

const GAP = 2

/** Aligned lines; the last column is as long as it is. */
export function toColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))),
  )
  return rows
    .map((row) =>
      row
        .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - stringWidth(text) + GAP))
        .join('')
        .trimEnd(),
    )
    .join('\n')
}
