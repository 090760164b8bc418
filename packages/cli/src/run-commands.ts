import { type Command, InvalidArgumentError, Option } from 'commander'
import { milliseconds } from './milliseconds.ts'
import { heading } from './print/heading.ts'

/** What asks models. */
export function addRunCommands(program: Command, setExitCode: (code: number) => void): void {
  program
    .commandsGroup('Runs:')
    .command('run')
    .summary('ask one model, or up to four at once, and print what they say')
    .description('Asks one model, or up to four at once, and prints what they say as it comes.')
    .usage('[options] <model> [prompt]')
    .argument(
      '[words...]',
      'a model, such as openai/gpt-4o, then the prompt; "-" or none: read it from stdin',
    )
    .option(
      '-m, --model <id>',
      'a model, where there are several (repeat); all words then are the prompt',
      collect,
    )
    .option('-s, --system <text>', 'a system prompt')
    .option('-t, --temperature <number>', 'from 0 to 2', number)
    .option('--top-p <number>', 'from 0 to 1', number)
    .option('--max-output-tokens <count>', 'the most an answer may have', number)
    .option('--timeout <seconds>', 'the most an answer may take (300; also 90s, at least 1)', milliseconds)
    .addOption(new Option('--reasoning', 'print what a model thinks, too').helpGroup('Output:'))
    .addOption(new Option('--json', 'print the whole run as JSON at its end').helpGroup('Output:'))
    .addOption(
      new Option('--ndjson', 'print each event as one line of JSON, as it comes').helpGroup('Output:'),
    )
    .addOption(
      new Option('--demo', 'ask simulated models on this machine; no key needed').helpGroup('Try it:'),
    )
    .addHelpText('after', `\n${RUN_HELP}`)
    .action(async (words: string[], options) => {
      const { runCommand } = await import('./commands/run.ts')
      setExitCode(await runCommand(words, options))
    })
}

function collect(id: string, before: string[] = []): string[] {
  return [...before, id]
}

function number(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError('Write a number, such as 1 or 0.7.')
  return Number(text)
}

const RUN_HELP = `${heading('Examples:')}
  rollcall run openai/gpt-4o "Why is the sky blue?"
  rollcall run -m openai/gpt-4o -m groq/llama-3.3-70b-versatile "Why is the sky blue?"
  git diff | rollcall run openai/gpt-4o "Write a commit message."   what is piped in comes after the prompt
  rollcall run openai/gpt-4o - < question.txt
  rollcall run openai/gpt-4o "One haiku." --json | jq -r '.answers[0].text'
  rollcall run openai/gpt-4o "One haiku." --demo

Answers go to standard output, in the order of the models. How each ended, its times, tokens and cost go to standard
error. At a terminal nothing in an answer can act: control characters stand there as \\u{1b}. Piped, it is as it came.
Nothing is asked twice, and nothing is kept.

${heading('Keys and variables')} are those of "rollcall models".

${heading('Exit codes:')}
  0 all models answered              1 at least one did not: why is said beside the others' answers
  2 wrong usage, or no key is set    130 interrupted`
