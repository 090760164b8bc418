import { styleText } from 'node:util'
import { visible } from '@rollcall/core/visible-text'
import { Command, Option } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { addFactCommands } from './fact-commands.ts'
import { milliseconds } from './milliseconds.ts'
import { heading } from './print/heading.ts'
import { addRunCommands } from './run-commands.ts'
import { addServerCommands } from './server-commands.ts'
import { addUpkeepCommands } from './upkeep-commands.ts'

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

  program
    .commandsGroup('Models:')
    .command('models')
    .summary('list every model your keys can use')
    .description('Asks all providers you hold a key for, at once, and lists every model those keys can use.')
    .option('-p, --provider <name>', 'ask only this provider (repeat, or separate with commas)', collect)
    .option('-s, --search <words>', 'only models with all these words in id, name or provider')
    .option(
      '-k, --kind <kind>',
      'only chat, completion, embedding, image, audio, video, rerank, moderation, other or unknown (repeat, or separate with commas)',
      collect,
    )
    .option('--sort <by>', 'id, name, context, price or released')
    .option('--timeout <seconds>', 'the most one provider may take (10; also 500ms)', milliseconds)
    .option('--no-catalogue', 'show only what the providers say themselves')
    .addOption(new Option('--json', 'print the whole answer as JSON').helpGroup('Output:'))
    .addOption(new Option('--csv', 'print one line per model as CSV').helpGroup('Output:'))
    .addOption(new Option('--ids', 'print one id per line').helpGroup('Output:'))
    .addOption(
      new Option('--demo', 'ask simulated providers on this machine; no key needed').helpGroup('Try it:'),
    )
    .addOption(
      new Option('--server [url]', 'ask a Rollcall server, with the keys stored there').helpGroup(
        'Ask a server:',
      ),
    )
    .addOption(new Option('--refresh', 'have the server ask every provider now').helpGroup('Ask a server:'))
    .addHelpText('after', `\n${MODELS_HELP}`)
    .action(async (options) => {
      if (options.server === undefined) {
        const { modelsCommand } = await import('./commands/models.ts')
        setExitCode(await modelsCommand(options))
      } else {
        const { serverModelsCommand } = await import('./commands/server-models.ts')
        setExitCode(await serverModelsCommand(options))
      }
    })

  addFactCommands(program, setExitCode)
  addRunCommands(program, setExitCode)
  addServerCommands(program)
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

function collect(text: string, before: string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ]
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

const MODELS_HELP = `${heading('Keys')} (from the environment; the first that is set wins, empty counts as unset):
  OPENAI_API_KEY  ANTHROPIC_API_KEY  GEMINI_API_KEY or GOOGLE_API_KEY  MISTRAL_API_KEY
  GROQ_API_KEY  TOGETHER_API_KEY  COHERE_API_KEY or CO_API_KEY  FIREWORKS_API_KEY
  OPENROUTER_API_KEY

${heading('Other variables:')}
  ROLLCALL_<PROVIDER>_BASE_URL   another address for a provider, such as a proxy of yours
  ROLLCALL_PROVIDER_TIMEOUT_MS   the most one provider may take, in milliseconds (10000)
  ROLLCALL_CATALOGUE_URL         another catalogue for what providers do not say (https://models.dev/api.json);
                                 empty: none is asked. Its copy of the day is kept in ~/.cache/rollcall.
  HTTPS_PROXY  NO_PROXY  NODE_EXTRA_CA_CERTS  NO_COLOR

${heading('With --server')} none of these keys is read: the server uses the ones stored there.
  ROLLCALL_SERVER   the server, where --server names none (http://127.0.0.1:3000)
  ROLLCALL_TOKEN    a personal access token, in place of the one that "rollcall login" keeps

${heading('Exit codes:')}
  0 at least one provider answered, or no key is set    1 all that were asked failed, or the server did
  2 wrong usage                                         130 interrupted`

const COMPLETION_HELP = `${heading('How to switch it on:')}
  bash   rollcall completion bash >> ~/.bashrc
  zsh    rollcall completion zsh > "\${fpath[1]}/_rollcall"
  fish   rollcall completion fish > ~/.config/fish/completions/rollcall.fish`
