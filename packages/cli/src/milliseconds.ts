import { InvalidArgumentError } from 'commander'

/** "5", "2.5" (seconds) or "500ms" as milliseconds. */
export function milliseconds(text: string): number {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? []
  const value = Math.round(Number(figure) * (unit === 'ms' ? 1 : 1000))
  if (figure === undefined || value < 1 || value > 600_000) {
    throw new InvalidArgumentError(
      'Write seconds, such as 5 or 2.5, or milliseconds, such as 500ms; at most 600 s.',
    )
  }
  return value
}
