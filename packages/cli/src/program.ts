import { styleText } from 'node:util'
import { visible } from '@rollcall/core/visible-text'
import { Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { addFactCommands } from './fact-commands.ts'
import { addModelsCommand } from './models-command.ts'
import { heading } from './print/heading.ts'
import { addRunCommands } from './run-commands.ts'
import { addServerCommands } from './server-commands.ts'
import { addUpkeepCommands } from './upkeep-commands.ts'
import { addUsageCommand } from './usage-command.ts'

/**
 * What can be typed. Whatever a command needs is loaded when it runs, so that help is there at once.
 * `setExitCode` is told how it ended.
 */
export function createProgram(setExitCode: (code: number) => void): Command {
  const program = new Command('rollcall')
    .description('Every model your keys can use, right now.')
    .usage('<command> [options]')
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .commandsGroup('More:')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({
      styleTitle: (text) => styleText('bold', text),
      styleCommandText: (text) => styleText('cyan', text),
      styleOptionText: (text) => styleText('cyan', text),
      showGlobalOptions: false,
    })
    .showHelpAfterError('Run it with --help to see what it understands.')
    .exitOverride()
    // what was typed may hold anything, also when it is quoted back
    .configureOutput({ outputError: (text, write) => write(text.split('\n').map(visible).join('\n')) })
    .addHelpText('after', `\n${EXAMPLES}`)

  program.commandsGroup('Models:')
  addModelsCommand(program, setExitCode)
  addFactCommands(program, setExitCode)
  addRunCommands(program, setExitCode)
  addServerCommands(program, setExitCode)
  addUsageCommand(program)
  addUpkeepCommands(program, setExitCode)

  program
    .commandsGroup('More:')
    .command('completion')
    .summary('print a completion script for bash, zsh or fish')
    .description('Prints a script that lets your shell complete commands, options and their values.')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText('after', `\n${COMPLETION_HELP}`)
    .action(async (shell: string) => {
      const { completionCommand } = await import('./commands/completion.ts')
      completionCommand(program, shell)
    })
  return program
}

const EXAMPLES = `${heading('Examples:')}
  rollcall models --demo                       look around, no key needed
  rollcall models                              everything your keys can use
  rollcall models -p openai,groq --kind chat   two providers, chat models only
  rollcall models --search "claude haiku"      who has it?
  rollcall models --sort price | head          the cheapest first
  rollcall show openai/gpt-4o                  all that is known of it, and who says so
  rollcall compare openai/gpt-4o mistral/mistral-large-latest
  rollcall run openai/gpt-4o "Why is the sky blue?"
  rollcall models --json | jq .statuses        for programs
  rollcall login && rollcall models --server   what the keys stored at your server can use

Keys are read from OPENAI_API_KEY, ANTHROPIC_API_KEY and so on; "rollcall models --help" names them all.`

const COMPLETION_HELP = `${heading('How to switch it on:')}
  bash   rollcall completion bash >> ~/.bashrc
  zsh    rollcall completion zsh > "\${fpath[1]}/_rollcall"
  fish   rollcall completion fish > ~/.config/fish/completions/rollcall.fish`
