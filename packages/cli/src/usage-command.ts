import { type Command, Option } from 'commander'
import { heading } from './print/heading.ts'

/** What a line of the table can be about. */
export const USAGE_GROUPS = ['model', 'provider', 'day'] as const

/** What runs at a server took and cost. */
export function addUsageCommand(program: Command): void {
  program
    .commandsGroup('At a server:')
    .command('usage')
    .summary('print what your runs at a server took and cost')
    .description(
      'Prints what your runs at a server took and cost: answers, errors, tokens, dollars and times, of the last 30 days unless told otherwise. Days are of UTC.',
    )
    .option('--days <count>', 'so many days, up to today or --to (30; at most 366)')
    .option('--from <day>', 'from this day on, such as 2026-01-31')
    .option('--to <day>', 'up to this day, included (today)')
    .option('-p, --provider <name>', 'only answers of this provider')
    .option('-m, --model <id>', 'only answers of this model')
    .addOption(
      new Option('--by <what>', 'what a line is about; model where it is left out').choices(USAGE_GROUPS),
    )
    .addOption(new Option('--json', 'print the whole answer as JSON').helpGroup('Output:'))
    .addOption(new Option('--csv', 'print one line per model and day as CSV').helpGroup('Output:'))
    .option('--server <url>', 'which server (ROLLCALL_SERVER, else http://127.0.0.1:3000)')
    .addHelpText('after', `\n${USAGE_HELP}`)
    .action(async (options) => {
      const { usageCommand } = await import('./commands/usage.ts')
      await usageCommand(options)
    })
}

const USAGE_HELP = `${heading('Examples:')}
  rollcall usage                               by model, the last 30 days
  rollcall usage --days 7 --by day
  rollcall usage --from 2026-01-01 --to 2026-01-31 -p openai
  rollcall usage --csv > usage.csv
  rollcall usage --json | jq .totals.cost      dollars of which it is known

An answer is one model's share of a run. What you stopped, what the server's end interrupted and what was not asked
for want of a key is no error. Times are of answers that finished; p95 is what 95 in 100 of them did not exceed.

${heading('Variables:')}
  ROLLCALL_SERVER   the server, where --server names none (http://127.0.0.1:3000)
  ROLLCALL_TOKEN    a personal access token with the scope "runs", in place of the one that is kept

${heading('Exit codes:')}
  0 done    1 it could not be done    2 wrong usage, or not signed in    130 interrupted`
