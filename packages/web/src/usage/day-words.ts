/** "24 Nov"; with its year "24 Nov 2026". */
export function dayWords(day: string, isWhole = false): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(isWhole ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  })
}
