import { type Command, InvalidArgumentError, Option } from 'commander'

/** As commander hands them over. */
export interface FilterOptions {
  capability?: string[]
  modality?: string[]
  outputModality?: string[]
  /** tokens, in digits */
  minContext?: string
  /** tokens, in digits */
  minOutput?: string
  maxInputPrice?: string
  maxOutputPrice?: string
  releasedSince?: string
  free?: boolean
  /** False: none of them. */
  deprecated?: boolean
  favourite?: boolean
  hidden?: boolean
}

/** Whoever asks for a fact gets only models of which it is known. */
export function addFilterOptions(command: Command): void {
  const filters: Option[] = [
    new Option(
      '--capability <name>',
      'that have this: tools, vision, reasoning, open_weights, … (repeat)',
    ).argParser(collect),
    new Option('--modality <name>', 'that take text, image, audio, video or pdf (repeat)').argParser(collect),
    new Option('--output-modality <name>', 'that give it').argParser(collect),
    new Option('--min-context <tokens>', 'with a context window of at least this, such as 200k').argParser(
      tokens,
    ),
    new Option('--min-output <tokens>', 'that answer with at least this many tokens').argParser(tokens),
    new Option('--max-input-price <usd>', 'whose input costs at most this per million tokens'),
    new Option('--max-output-price <usd>', 'whose output does'),
    new Option('--released-since <day>', 'that came out on this day or later, such as 2026-01-31'),
    new Option('--free', 'that cost nothing'),
    new Option('--deprecated', 'that are deprecated, or whose end is announced'),
    new Option('--no-deprecated', 'that are not known to be').default(undefined),
  ]
  for (const option of filters)
    command.addOption(option.helpGroup('Only models (what is not known does not fit):'))
}

/** What was typed, repeated or separated by commas. */
export function collect(text: string, before: string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ]
}

/** "200000", "200k" or "1.5M" as digits. */
function tokens(text: string): string {
  const [, figure, unit = ''] = /^(\d+(?:\.\d+)?)([kKmM]?)$/.exec(text) ?? []
  if (figure === undefined)
    throw new InvalidArgumentError('Write a number of tokens, such as 200000 or 200k.')
  const factor = { '': 1, k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1
  return String(Math.round(Number(figure) * factor))
}
