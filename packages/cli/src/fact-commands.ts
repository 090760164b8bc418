import { type Command, Option } from 'commander'
import { milliseconds } from './milliseconds.ts'
import { heading } from './print/heading.ts'
import { serverOption } from './server-option.ts'

/** What looks at single models. */
export function addFactCommands(program: Command, setExitCode: (code: number) => void): void {
  addFactOptions(program.command('show'))
    .summary('print all that is known of one model, and where it comes from')
    .description(
      'Prints all that is known of one model, where each figure comes from, and which of your other providers serve the same one.',
    )
    .argument('<model>', 'such as openai/gpt-4o')
    .action(async (model: string, options) => {
      const { showCommand } = await import('./commands/show.ts')
      setExitCode(await showCommand(model, options))
    })

  addFactOptions(program.command('compare'))
    .summary('print 2 to 6 models side by side')
    .description('Prints 2 to 6 models side by side: ≠ marks what differs, ✓ the best of it.')
    .argument('<models...>', 'such as openai/gpt-4o mistral/mistral-large-latest')
    .action(async (models: string[], options) => {
      const { compareCommand } = await import('./commands/compare.ts')
      setExitCode(await compareCommand(models, options))
    })
}

function addFactOptions(command: Command): Command {
  return command
    .option('--timeout <seconds>', 'the most one provider may take (10; also 500ms)', milliseconds)
    .option('--no-catalogue', 'show only what the providers say themselves')
    .option('--json', 'print it as JSON')
    .addOption(serverOption())
    .addOption(new Option('--demo', 'ask simulated providers on this machine; no key needed'))
    .addHelpText('after', `\n${HELP}`)
}

const HELP = `${heading('Keys and variables')} are those of "rollcall models", with --server too.

${heading('Exit codes:')}
  0 done    1 such a model was not found    2 wrong usage, or no key is set    130 interrupted`
