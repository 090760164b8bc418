import { type Command, InvalidArgumentError, Option } from 'commander'
import { milliseconds } from './milliseconds.ts'
import { heading } from './print/heading.ts'
import { SERVER_OPTION, SERVER_VARIABLES, serverOption } from './server-option.ts'

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
    .addOption(serverOption().helpGroup('Ask a server:'))
    .addOption(
      new Option('--demo', 'ask simulated models on this machine; no key needed').helpGroup('Try it:'),
    )
    .addHelpText('after', `\n${RUN_HELP}`)
    .action(async (words: string[], options) => {
      const { runCommand } = await import('./commands/run.ts')
      setExitCode(await runCommand(words, options))
    })

  addRunsCommands(program, setExitCode)
}

/** Runs that are kept at a server. */
function addRunsCommands(program: Command, setExitCode: (code: number) => void): void {
  const runs = program
    .command('runs')
    .summary('list, show and delete the runs kept at a server')
    .description('The runs that are kept at a server, whether they were started there or from here.')
    .usage('<command> [options]')
    .addHelpText('after', `\n${RUNS_HELP}`)
  runs
    .command('list')
    .summary('list them, the newest first')
    .description('Lists the runs that are kept at a server, the newest first.')
    .option('-s, --search <words>', 'only those with all these words in the prompt or a model id')
    .option('-p, --provider <name>', 'only those that asked this provider')
    .option('-m, --model <id>', 'only those that asked this model')
    .option('--status <status>', 'only those that are running, finished, partial, failed, cancelled, …')
    .option('--limit <count>', 'the most there may be (20; at most 200)')
    .option('--json', 'print the whole answer as JSON')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${RUNS_HELP}`)
    .action(async (options) => {
      const { listRunsCommand } = await import('./commands/runs.ts')
      setExitCode(await listRunsCommand(options))
    })
  runs
    .command('show')
    .summary('print one with its answers')
    .description('Prints one run with its whole prompts and answers.')
    .argument('<id>', 'as "rollcall runs list" has it')
    .option('--reasoning', 'print what the models thought, too')
    .option('--json', 'print it as JSON')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${RUNS_HELP}`)
    .action(async (id, options) => {
      const { showRunCommand } = await import('./commands/runs.ts')
      setExitCode(await showRunCommand(id, options))
    })
  runs
    .command('remove')
    .summary('delete some of them for good')
    .description('Deletes runs for good; one that still goes on is cancelled.')
    .argument('<ids...>', 'as "rollcall runs list" has them')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${RUNS_HELP}`)
    .action(async (ids, options) => {
      const { removeRunsCommand } = await import('./commands/runs.ts')
      setExitCode(await removeRunsCommand(ids, options))
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
  rollcall run openai/gpt-4o "One haiku." --server                 with the keys stored there, and kept there

Answers go to standard output, in the order of the models. How each ended, its times, tokens and cost go to standard
error. At a terminal nothing in an answer can act: control characters stand there as \\u{1b}. Piped, it is as it came.
Nothing is asked twice, and without a server nothing is kept.

${heading('Keys and variables')} are those of "rollcall models".

${heading('Exit codes:')}
  0 all models answered              1 at least one did not: why is said beside the others' answers
  2 wrong usage, or no key is set    130 interrupted`

const RUNS_HELP = `${heading('Examples:')}
  rollcall runs list --status failed
  rollcall runs show 0199f0c2-7d5e-7cc1-8a8f-5f0e3f1b2a3c --json | jq -r '.answers[0].text'

${SERVER_VARIABLES}

${heading('Exit codes:')}
  0 done    1 it could not be done    2 wrong usage, or not signed in    130 interrupted`
